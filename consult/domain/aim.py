"""Aims (意向): which way a comment wants a figure or an indicator of the draft to go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """What is to happen to a target (目标调整方向)."""

    RAISE = "raise"
    LOWER = "lower"
    ADD = "add"
    DELETE = "delete"
    CLARIFY = "clarify"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a comment wants of one target.

    ``subject`` is the indicator, or the words that name what is counted, as the comment writes
    them; ``before`` and ``asked`` are the figures it gives (45岁 → 50岁), empty where it gives
    none. ``start``/``end`` is the place of the sentence in the comment's text.
    """

    direction: Direction
    subject: str
    before: str
    asked: str
    start: int
    end: int
