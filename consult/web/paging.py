"""The page of a list that an address asks for."""

from __future__ import annotations

from flask import request

_LAST_PAGE = 1_000_000
_DIGITS = 7


def page_asked() -> int:
    """Return the page, from 1; anything that is no number asks for the first."""
    asked = request.args.get("page", "1")
    whole = asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS
    return min(int(asked), _LAST_PAGE) if whole else 1
