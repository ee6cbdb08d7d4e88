"""Lists in a text, found by the marks of their points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from consult.analysis.split_styles import LAST, STYLES, Place, Style

_BREAK: Final = frozenset("。！？!?；;：:…")
_CLOSERS: Final = frozenset("”’」』)）】》\"'")


@dataclass(frozen=True, slots=True)
class Mark:
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


def _marks(text: str, style: Style) -> Iterator[Mark]:
    for match in style.pattern.finditer(text):
        line, sentence = _context(text, match.start())
        fits = {Place.LINE: line, Place.SENTENCE: sentence, Place.ANYWHERE: True}[style.place]
        if fits:
            yield Mark(match.start(), style.value(match.group(1)), line)


def _rising(marks: list[Mark]) -> list[Mark]:
    """Return the first run that starts at 1 and rises, by 1 or (a number forgotten) by 2."""
    chain: list[Mark] = []
    for mark in marks:
        if not chain:
            chain = [mark] if mark.value == 1 else []
        elif 0 < mark.value - chain[-1].value <= 2 or mark.value >= LAST > chain[-1].value:
            chain.append(mark)
    return chain


def _may_open(text: str, style: Style) -> bool:
    for opener in style.openers:  # noqa: SIM110 - a loop takes a third of the time of any()
        if opener in text:
            return True
    return False


def lists(text: str) -> list[tuple[Style, list[Mark]]]:
    """Return every list of at least two marks of one style, in the order they start.

    Of a style that repeats (a list inside each item) only the first run counts.
    """
    found = []
    for style in STYLES:
        if not _may_open(text, style):
            continue
        marks = list(_marks(text, style))
        chain = marks if style.name == "bullet" else _rising(marks)
        if len(chain) > 1 and all(a.start < b.start for a, b in pairwise(chain)):
            found.append((style, chain))
    return sorted(found, key=lambda entry: entry[1][0].start)
