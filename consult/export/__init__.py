"""Digest and register as files: docx, xlsx, csv, json; values in, the same bytes out."""
