"""What a citation is, and how much each kind of citation says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

# Shares of a full citation. A number and a full title name one section; quoted wording or an
# indicator may be mentioned in passing; a page holds two or three sections; a bare figure may be
# a coincidence.
WEIGHTS: Final[dict[str, float]] = {
    "citation": 1.0,
    "title": 0.9,
    "quote": 0.6,
    "page": 0.6,
    "indicator": 0.6,
    "target": 0.6,
}
# Citations that a person would call one; figures and quoted words may be chance.
EXPLICIT: Final = frozenset({"citation", "title", "page"})


class Citation(NamedTuple):
    """A place in a text that points into the plan.

    ``kind`` is a key of ``WEIGHTS``; ``codes`` are the sections (or the one chapter) meant;
    ``start``/``end`` is the span in the original text; ``counterpart`` what it answers to in the
    plan; ``weight`` how much it says, 0 to 1.
    """

    kind: str
    codes: tuple[str, ...]
    start: int
    end: int
    text: str
    counterpart: str
    weight: float


# A citation of all its fields at once, in a third of the time of naming them to the class.
citation_of: Final[Callable[[tuple[str, tuple[str, ...], int, int, str, str, float]], Citation]] = (
    partial(tuple.__new__, Citation)
)
