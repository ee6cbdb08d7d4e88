"""Divide submissions into comments, keeping the numbers that comments have already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.analysis.split import split
from consult.analysis.split_matters import Scorer
from consult.domain.comment import Comment, Part, Submission
from consult.services.resplit import reconcile

Progress = Callable[[str, int, int], None]
_CHUNK = 500  # submissions between two reports of progress


@dataclass(frozen=True, slots=True)
class Divided:
    """The comments of all submissions, new ones with number 0, and the numbers superseded."""

    points: tuple[Comment, ...]
    superseded: tuple[int, ...]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def points_of(item: Submission, scorer: Scorer | None = None) -> list[tuple[int, int]]:
    """Return the spans of the points of a submission; each of its parts is split for itself."""
    parts = item.parts or (Part(0, len(item.text)),)
    return [
        (part.start + span.start, part.start + span.end)
        for part in parts
        for span in split(item.text[part.start : part.end], scorer)
    ]


def divide(
    received: Sequence[Submission],
    existing: Sequence[Comment],
    progress: Progress,
    scorer: Scorer | None = None,
) -> Divided:
    """Split every submission; equal spans keep their numbers, those staff acted on are frozen.

    ``scorer`` finds a change of matter that nothing marks. Equal texts are split once.
    """
    by_submission: dict[int, list[Comment]] = {}
    for comment in existing:
        by_submission.setdefault(comment.submission, []).append(comment)
    points: list[Comment] = []
    superseded: list[int] = []
    known: dict[tuple[str, tuple[Part, ...]], list[tuple[int, int]]] = {}
    for done, item in enumerate(received, 1):
        key = (item.text, item.parts)
        if key not in known:
            known[key] = points_of(item, scorer)
        spans = known[key]
        result = reconcile(by_submission.get(item.id, []), spans)
        fresh = [Comment(0, item.id, a, b, item.text[a:b]) for a, b in result.added]
        points += sorted([*result.kept, *fresh], key=lambda c: (c.start, c.number))
        superseded += result.superseded
        if done % _CHUNK == 0 or done == len(received):
            progress("split", done, len(received))
    return Divided(tuple(points), tuple(superseded))
