"""Quotation marks of a text: which open and close the outer quotes."""

from __future__ import annotations

import re
from typing import Final

OPEN: Final = "\x01"
CLOSE: Final = "\x02"
LONGEST_QUOTE: Final = 300  # characters; a longer one is an unclosed mark
_LONGEST_TWIN: Final = 60  # characters between two equal marks, typed for a pair
_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
ANY_QUOTE: Final = re.compile('[“”「」『』‘’"]')  # without one, nothing is quoted
_MARKS: Final = re.compile('[“”「」『』‘’"\n]')


def quoted(aligned: str) -> str:
    """Return the text with its outer quotation marks as ``OPEN`` and ``CLOSE``, same length.

    A mark that is not closed within a line stays as it is; two equal ones near each other count as
    a pair (”力争”). Takes one pass, whatever the text.
    """
    if _is_plain(aligned):
        return aligned.replace("“", OPEN).replace("”", CLOSE)
    return paired(aligned)


def _is_plain(aligned: str) -> bool:
    """Tell whether all marks are “ and ”, in turn, each pair in one line and not too long.

    So they are in nearly every text, which then needs no pairing.
    """
    if len(aligned) > LONGEST_QUOTE or "“”" in aligned:
        return False
    marks = "".join(_MARKS.findall(aligned))
    return "“\n" not in marks and not marks.replace("\n", "").replace("“”", "")


def paired(aligned: str) -> str:
    """Return what :func:`quoted` does, whatever the marks are."""
    pairs: list[tuple[int, int]] = []
    line: list[tuple[int, str]] = []
    for match in _MARKS.finditer(aligned):
        if match.group() == "\n":
            pairs += _outer(line)
            line = []
        else:
            line.append((match.start(), match.group()))
    pairs += _outer(line)
    return _marked(aligned, pairs) if pairs else aligned


def _outer(line: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return the outer pairs of the marks of one line, in order."""
    open_marks: list[tuple[int, str]] = []
    stray: list[tuple[int, str]] = []
    closed: list[tuple[int, int, int]] = []
    for place, char in line:
        if open_marks and char == _PAIRS[open_marks[-1][1]]:
            start, _ = open_marks.pop()
            closed.append((start, place, open_marks[-1][0] if open_marks else -1))
        elif char in _PAIRS:
            open_marks.append((place, char))
        else:
            stray.append((place, char))
    unclosed = {place for place, _ in open_marks}
    outer = [(a, b) for a, b, around in closed if around < 0 or around in unclosed]
    if not outer:
        outer = _twins(open_marks) or _twins(stray)
    return sorted((a, b) for a, b in outer if 1 < b - a <= LONGEST_QUOTE + 1)


def _twins(marks: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Pair equal marks, two by two."""
    both = zip(marks[::2], marks[1::2], strict=False)
    return [
        (start, end)
        for (start, one), (end, other) in both
        if one == other and end - start <= _LONGEST_TWIN
    ]


def _marked(aligned: str, pairs: list[tuple[int, int]]) -> str:
    parts, done = list[str](), 0
    for start, end in pairs:
        if start >= done:
            parts += (aligned[done:start], OPEN, aligned[start + 1 : end], CLOSE)
            done = end + 1
    return "".join((*parts, aligned[done:]))
