"""What is timed: the product beside a plain way of doing the same, each in a fresh process.

``python -m benchmarks NAME --n N [N ...]`` prints one JSON object a line. Imports, dictionaries and
caches are warmed on a few other comments first and not counted, on both sides; everything that
depends on the plan and the comments is.
"""
