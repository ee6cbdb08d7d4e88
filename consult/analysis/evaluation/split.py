"""Splitting of submissions against the labelled parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from consult.analysis.evaluation.gold import GoldRow
from consult.analysis.evaluation.pairs import f1, ratio

OVERLAP: Final = 0.8  # intersection over union from which two spans count as the same


class Spanned(Protocol):
    """A span of a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


Splitter = Callable[[str], Sequence[Spanned]]
Place = tuple[int, int]


def evaluate_split(rows: Sequence[GoldRow], splitter: Splitter) -> dict[str, float]:
    """Return exact and overlapping span F1 over lines with parts, and ``single_kept``.

    Spans are counted over all lines together. ``single_kept`` is the share of the other lines that
    stay one comment.
    """
    exact = near = wanted = made = 0
    single = kept = 0
    for row in rows:
        spans = splitter(row.text)
        if not row.parts:
            single += 1
            kept += len(spans) == 1
            continue
        true = [trimmed(row.text, part.start, part.end) for part in row.parts]
        found = [trimmed(row.text, span.start, span.end) for span in spans]
        exact += len(set(true) & set(found))
        near += _overlapping(true, found)
        wanted += len(true)
        made += len(found)
    return {
        "span_f1": f1(ratio(exact, made), ratio(exact, wanted)),
        "overlap_f1": f1(ratio(near, made), ratio(near, wanted)),
        "single_kept": ratio(kept, single),
    }


def trimmed(text: str, start: int, end: int) -> Place:
    """Return the span without white space and punctuation at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _overlapping(true: Sequence[Place], found: Sequence[Place]) -> int:
    """Count the true spans that a found one covers; above one half, no span can serve two."""
    return sum(any(_shared(one, other) >= OVERLAP for other in found) for one in true)


def _shared(one: Place, other: Place) -> float:
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return ratio(both, (one[1] - one[0]) + (other[1] - other[0]) - both)
