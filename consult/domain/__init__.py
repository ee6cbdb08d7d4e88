"""The values and rules of a public consultation: plain Python, no third-party import."""
