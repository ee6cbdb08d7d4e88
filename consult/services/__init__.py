"""One verb per module: each owns its transaction, its place in time and its event."""
