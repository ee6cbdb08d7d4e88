"""Samples (抽样核对): comments, pairs and labels, judged by two people who see no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ItemKind(StrEnum):
    """What is asked about an item, in the order in which it is asked."""

    SECTION = "section"
    PAIR = "pair"
    LABEL = "label"


class SampleState(StrEnum):
    """Open until both have judged everything; dropped ones come to nothing."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


SAME, DIFFERENT = "same", "different"
RIGHT, WRONG = "right", "wrong"
ANSWERS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.PAIR: (SAME, DIFFERENT),
    ItemKind.LABEL: (RIGHT, WRONG),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many comments, pairs and labels a sample is to hold."""

    comments: int = 60
    pairs: int = 60
    labels: int = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to judge. ``comment`` and ``other`` are numbers, ``theme`` an id; 0: none.

    ``stratum`` is the section it was drawn from, ``machine`` what the machine said when it was
    drawn; neither may be shown to those who judge.
    """

    id: int
    kind: ItemKind
    comment: int
    other: int
    theme: int
    stratum: str
    machine: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, by whom, with which seed, from which run, and who judges it."""

    id: int
    consultation: int
    state: SampleState
    created: datetime
    actor: str
    seed: str
    run: int
    coders: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what the two people said (empty: nothing yet)."""

    item: Item
    first: str
    second: str
