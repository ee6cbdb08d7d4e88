"""Mark the words of a search in a text: the text itself stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.normalise import align
from consult.services.explain import Piece


def highlight(text: str, query: str, tokens: Sequence[str]) -> tuple[Piece, ...]:
    """Return a text in pieces; those that were searched for carry the mark 1.

    A phrase that stands there as it was typed is marked whole, else each of its words.
    """
    aligned = align(text)
    marks = [False] * len(text)
    for phrase in query.split():
        typed = align(phrase)
        for words in (typed,) if typed in aligned else tokens:
            _mark(marks, aligned, align(words))
    return _pieces(text, marks)


def _mark(marks: list[bool], text: str, words: str) -> None:
    place = text.find(words) if words else -1
    while place >= 0:
        marks[place : place + len(words)] = [True] * len(words)
        place = text.find(words, place + len(words))


def _pieces(text: str, marks: Sequence[bool]) -> tuple[Piece, ...]:
    edges = [i for i in range(1, len(text)) if marks[i] is not marks[i - 1]]
    starts = [0, *edges] if text else []
    return tuple(
        Piece(text[a:b], (1,) if marks[a] else ())
        for a, b in zip(starts, [*edges, len(text)], strict=False)
    )
