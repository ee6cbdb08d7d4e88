"""What changed in a digest since the last one that was issued (与上次摘要相比)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Novelty(StrEnum):
    """What became of an ask since the last digest that was issued (与上次摘要相比).

    ``regrouped``: a new line, but comments of it stood in others then.
    """

    NEW = "new"
    GROWN = "grown"
    REGROUPED = "regrouped"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class GoneLine:
    """An ask of the last digest that is no line of this one.

    ``label`` is empty where no theme of that number is left; ``standing`` are those of its comments
    that are still listed, ``into`` the label of the ask that most of them are in now.
    """

    section: str
    place: str
    label: str
    numbers: tuple[int, ...]
    standing: tuple[int, ...]
    into: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last digest that was issued: its number, when, of which run.

    ``added`` are comments that it did not have, ``gone`` those of it that are no longer listed.
    """

    number: int
    at: datetime
    run: int
    comments: int
    added: tuple[int, ...]
    gone: tuple[int, ...]
    lines: tuple[GoneLine, ...] = ()
