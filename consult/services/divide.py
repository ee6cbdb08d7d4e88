"""Divide submissions into comments, keeping the numbers that comments have already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consult.analysis.families import FamilyFinder
from consult.analysis.split import split
from consult.analysis.split_matters import Scorer
from consult.domain.comment import Comment, Part, Submission
from consult.services.lift import Region, lift
from consult.services.resplit import key, reconcile

Progress = Callable[[str, int, int], None]
_CHUNK = 500  # submissions between two reports of progress


@dataclass(frozen=True, slots=True)
class Divided:
    """The comments of all submissions, new ones with number 0, and the numbers superseded.

    ``letters`` gives, for what a signer added to a letter, the positions of both comments.
    """

    points: tuple[Comment, ...]
    superseded: tuple[int, ...]
    letters: Mapping[int, int]


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
    finder: FamilyFinder | None = None,
) -> Divided:
    """Split every submission; equal regions keep their numbers, those staff acted on are frozen.

    ``scorer`` finds a change of matter that nothing marks; ``finder`` the families, whose letters
    what signers add is lifted out of.
    """
    by_submission: dict[int, list[Comment]] = {}
    for comment in existing:
        by_submission.setdefault(comment.submission, []).append(comment)
    spans = _spans(received, progress, scorer)
    regions = lift([item.text for item in received], spans, finder or FamilyFinder())
    points: list[Comment] = []
    superseded: list[int] = []
    letters: dict[int, int] = {}
    for item, own in zip(received, regions, strict=True):
        result = reconcile(by_submission.get(item.id, []), own)
        fresh = [_fresh(item, region) for region in result.added]
        together = sorted([*result.kept, *fresh], key=lambda c: (c.start, c.number))
        place = {key(comment): len(points) + i for i, comment in enumerate(together)}
        letters |= {
            place[region.key]: place[region.letter.key]
            for region in own
            if region.letter and region.key in place and region.letter.key in place
        }
        points += together
        superseded += result.superseded
    return Divided(tuple(points), tuple(superseded), letters)


def _spans(
    received: Sequence[Submission], progress: Progress, scorer: Scorer | None
) -> list[list[tuple[int, int]]]:
    """Return the spans of the points of each submission; equal texts are split once."""
    known: dict[tuple[str, tuple[Part, ...]], list[tuple[int, int]]] = {}
    found = []
    for done, item in enumerate(received, 1):
        same = (item.text, item.parts)
        if same not in known:
            known[same] = points_of(item, scorer)
        found.append(known[same])
        if done % _CHUNK == 0 or done == len(received):
            progress("split", done, len(received))
    return found


def _fresh(item: Submission, region: Region) -> Comment:
    words = "".join(item.text[a:b] for a, b in region.pieces)
    return Comment(0, item.id, region.start, region.end, words, without=region.without)
