"""A text as its readers see it: aligned and cut into sentences, once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from consult.analysis.asks import sentences
from consult.analysis.normalise import align

if TYPE_CHECKING:
    from consult.analysis.normalise_batch import Batch


class Reading(NamedTuple):
    """A text, its aligned form, and the spans of the sentences of both."""

    text: str
    aligned: str
    sentences: tuple[tuple[int, int], ...]


def reading(text: str) -> Reading:
    """Return what the readers of one text need."""
    aligned = align(text)
    return Reading(text, aligned, tuple(sentences(aligned)))


def readings(texts: Sequence[str]) -> list[Reading]:
    """Return the reading of each text."""
    return [reading(text) for text in texts]


def readings_in(batch: Batch) -> list[Reading]:
    """Return the reading of each text of a batch."""
    return [
        Reading(text, aligned, tuple(sentences(aligned)))
        for text, aligned in zip(batch.texts, batch.aligned, strict=True)
    ]
