"""The world's formats in: drafts, corpora and submissions as values of the domain."""
