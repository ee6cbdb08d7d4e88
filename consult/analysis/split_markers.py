"""Lists in a text, found by the marks of their points."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from consult.analysis.split_styles import LAST, Place, Style

_FEWEST: Final = 2  # marks of a list
_BREAK: Final = frozenset("。！？!?；;：:…")
_CLOSERS: Final = frozenset("”’」』)）】》\"'")


class Mark(NamedTuple):
    """A mark found: where it starts, what it counts, and whether it opens a line."""

    start: int
    value: float
    opens_line: bool


def _context(text: str, position: int) -> tuple[bool, bool]:
    """Tell whether a line and whether a sentence starts at the position."""
    before = position
    while before and text[before - 1] in " \t\u3000\ufeff":
        before -= 1
    if not before or text[before - 1] == "\n":
        return True, True
    while before and text[before - 1] in _CLOSERS:
        before -= 1
    if not before:
        return False, False
    last = text[before - 1]
    return False, last in _BREAK or (last == "." and not text[before - 2 : before - 1].isdecimal())


def _marks(text: str, style: Style) -> list[Mark]:
    """Return the marks that stand where they may; none where there are too few for a list."""
    matches = list(style.pattern.finditer(text))
    if len(matches) < _FEWEST:  # mostly so
        return []
    marks = []
    for match in matches:
        line, sentence = _context(text, match.start())
        if style.place is Place.ANYWHERE or (line if style.place is Place.LINE else sentence):
            marks.append(Mark(match.start(), style.value(match.group(1)), line))
    return marks


def _rising(marks: list[Mark]) -> list[Mark]:
    """Return the first run that starts at 1 and rises, by 1 or (a number forgotten) by 2."""
    chain: list[Mark] = []
    for mark in marks:
        if not chain:
            chain = [mark] if mark.value == 1 else []
        elif 0 < mark.value - chain[-1].value <= 2 or mark.value >= LAST > chain[-1].value:
            chain.append(mark)
    return chain


def _chain(text: str, style: Style) -> list[Mark]:
    """Return the marks that make up a list of this style; none where there are too few."""
    marks = _marks(text, style)
    chain = marks if style.name == "bullet" else _rising(marks)
    rises = all(a.start < b.start for a, b in pairwise(chain))
    return chain if len(chain) >= _FEWEST and rises else []


def lists(text: str, styles: Iterable[Style]) -> list[tuple[Style, list[Mark]]]:
    """Return every list of at least two marks of one of these styles, in the order they start.

    Of a style that repeats (a list inside each item) only the first run counts.
    """
    found = [
        (style, chain)
        for style in styles
        if any(opener in text for opener in style.openers) and (chain := _chain(text, style))
    ]
    return sorted(found, key=lambda entry: entry[1][0].start)
