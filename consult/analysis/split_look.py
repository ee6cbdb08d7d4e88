"""One look at a text for all that split it: which of their marks and words it can hold at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from operator import or_
from typing import Final, NamedTuple

from consult.analysis.normalise_batch import aligned
from consult.analysis.screen import Screen
from consult.analysis.split_points import ADDS
from consult.analysis.split_runs import OPENS
from consult.analysis.split_styles import STYLES, Style

# Texts looked at together: the arrays of more do not stay in the processor's cache, which takes
# three times as long.
_TOGETHER: Final = 500
_SCREEN: Final = Screen((*(style.first for style in STYLES), ADDS, OPENS))
_ADDS: Final = _SCREEN.need(ADDS)
_OPENS: Final = _SCREEN.need(OPENS)
_STYLES: Final = tuple((_SCREEN.need(style.first), style) for style in STYLES)
_ANY_STYLE: Final = reduce(or_, (need for need, _ in _STYLES))


class Look(NamedTuple):
    """A text, its aligned form, and what the screen has seen in that."""

    text: str
    aligned: str
    seen: int

    @property
    def may_add(self) -> bool:
        """Whether words that add a point may stand in the text."""
        return self.seen & _ADDS == _ADDS

    @property
    def may_open(self) -> bool:
        """Whether words that open a point inside of a sentence may stand in the text."""
        return self.seen & _OPENS == _OPENS

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles of which the text may hold a list."""
        return _styles(self.seen & _ANY_STYLE)


@cache
def _styles(seen: int) -> tuple[Style, ...]:
    return tuple(style for need, style in _STYLES if seen & need)


def look_at(text: str) -> Look:
    """Look at one text."""
    return next(look_at_all([text]))


def look_at_all(texts: Sequence[str]) -> Iterator[Look]:
    """Look at texts: together they take a tenth of the time that each would take alone."""
    for begin in range(0, len(texts), _TOGETHER):
        some = texts[begin : begin + _TOGETHER]
        own = aligned(some)
        yield from map(Look, some, own, _SCREEN.look(own))
