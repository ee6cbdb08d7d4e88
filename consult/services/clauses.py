"""The clauses of a comment: between them staff may cut it."""

from __future__ import annotations

import re
from typing import Final

# A clause ends behind these marks; what follows them directly belongs to it (quotes, brackets).
_END: Final = re.compile(r"[，,。；;！!？?：:\n]+[”’」』）)\]】\s]*")


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Return the clauses of a text as (start, end), in order; together they are the whole text."""
    found, start = [], 0
    for mark in _END.finditer(text):
        if text[start : mark.end()].strip():
            found.append((start, mark.end()))
            start = mark.end()
    if start < len(text):
        if text[start:].strip() or not found:
            found.append((start, len(text)))
        else:
            found[-1] = (found[-1][0], len(text))
    return tuple(found)
