"""Text in, values out: split, citations, mapping, families, themes, digest words."""
