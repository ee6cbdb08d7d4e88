"""What is to come first: 先补后做 and 先做后补 want the reverse."""

from __future__ import annotations

import re
from typing import Final

_ORDER: Final = re.compile(r"先(?!后)([^,。;!?先后]{1,6})[,]?[再后](?![再后])([^,。;!?先后]{1,2})")
_HEAD: Final = 2  # characters by which a step is known


def orders(aligned: str) -> dict[str, int]:
    """Return an axis for every two steps put in order, and +1 or -1 by which comes first."""
    if "先" not in aligned:
        return {}
    found = {}
    for first, second in _ORDER.findall(aligned):
        size = min(_HEAD, len(first), len(second))
        one, other = first[:size], second[:size]
        if one != other:
            low, high = sorted((one, other))
            found[f"order:{low}:{high}"] = 1 if one == low else -1
    return found
