"""Antonyms of one character, put for each other at the same place: 多立小项目, 少立小项目."""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = ("多少", "早晚", "高低", "长短", "快慢", "宽严", "松严", "增减", "升降")
_ANY: Final = frozenset("".join(_PAIRS))
# What turns a character round: too much of it, or none of it.
_TURNED: Final = re.compile(r"(?:太|过|偏|嫌|不|莫|别|不要|不能|不宜|不该)\w?$")
_BEFORE: Final = 3


def exchanged(words: str, other: str) -> bool:
    """Tell whether one of two alike aligned clauses has an antonym where the other has its pair.

    The character before or behind must be the same, and neither clause hold both.
    """
    if _ANY.isdisjoint(words) or _ANY.isdisjoint(other):
        return False
    return any(
        _put_for(words, other, one, two) or _put_for(words, other, two, one) for one, two in _PAIRS
    )


def _put_for(words: str, other: str, one: str, two: str) -> bool:
    if one not in words or two not in other or two in words or one in other:
        return False
    ours, theirs = words.index(one), other.index(two)
    before = words[max(0, ours - 1) : ours], other[max(0, theirs - 1) : theirs]
    behind = words[ours + 1 : ours + 2], other[theirs + 1 : theirs + 2]
    if not (before[0] and before[0] == before[1]) and not (behind[0] and behind[0] == behind[1]):
        return False
    return _turned(words, ours) == _turned(other, theirs)


def _turned(words: str, place: int) -> bool:
    return _TURNED.search(words, max(0, place - _BEFORE), place) is not None
