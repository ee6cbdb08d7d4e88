"""Divide submissions into comments, keeping the numbers that comments have already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consult.analysis.engine import cut, stream_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.sections import SectionMapper
from consult.analysis.split import Span, split
from consult.analysis.split_matters import Scorer
from consult.domain.comment import Comment, Submission
from consult.services.lift import Region, lift
from consult.services.resplit import key, reconcile
from consult.services.split_points import PointSplitter

Progress = Callable[[str, int, int], None]
_CHUNK = 2000  # distinct texts between two reports of progress: the mapper likes many at once


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


def divide(
    received: Sequence[Submission],
    existing: Sequence[Comment],
    progress: Progress,
    mapper: SectionMapper | None = None,
    finder: FamilyFinder | None = None,
    processes: int = 1,
    known: Mapping[int, list[tuple[int, int]]] | None = None,
) -> Divided:
    """Split every submission; equal regions keep their numbers, those staff acted on are frozen.

    ``mapper`` finds a change of matter that nothing marks; ``finder`` the families, whose letters
    what signers add is lifted out of. ``known`` are the spans, by submission, of those that need no
    new split.
    """
    by_submission: dict[int, list[Comment]] = {}
    for comment in existing:
        by_submission.setdefault(comment.submission, []).append(comment)
    known = known or {}
    unknown = [item for item in received if item.id not in known]
    finder = finder or FamilyFinder()
    fresh = iter(_spans(unknown, progress, mapper, finder, processes))
    spans = [known[item.id] if item.id in known else next(fresh) for item in received]
    regions = lift([item.text for item in received], spans, finder)
    points: list[Comment] = []
    superseded: list[int] = []
    letters: dict[int, int] = {}
    for item, own in zip(received, regions, strict=True):
        if len(own) == 1 and item.id not in by_submission:
            points.append(_fresh(item, own[0]))
            continue
        result = reconcile(by_submission.get(item.id, ()), own)
        added = [_fresh(item, region) for region in result.added]
        together = sorted([*result.kept, *added], key=lambda c: (c.start, c.number))
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
    received: Sequence[Submission],
    progress: Progress,
    mapper: SectionMapper | None,
    finder: FamilyFinder,
    processes: int,
) -> list[list[tuple[int, int]]]:
    """Return the spans of the points of each submission; each of its parts is split for itself.

    Equal texts are split once. While other processes split, the finder reads what they have split.
    """
    texts = list(dict.fromkeys(item.text[a:b] for item in received for a, b in _places(item)))
    shards = cut(texts, processes, _CHUNK)
    known: dict[str, list[Span]] = {}
    ahead = finder.ahead() if processes > 1 else None
    for shard, found in zip(
        shards, stream_shards(PointSplitter(mapper), shards, processes), strict=True
    ):
        known.update(zip(shard, found, strict=True))
        if ahead:
            ahead.read(_points(shard, found))
        progress("split", len(known) * len(received) // len(texts), len(received))
    return [_joined(item, known) for item in received]


def _points(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[str]:
    """Return the words of the points of texts."""
    return [
        text[span.start : span.end] for text, own in zip(texts, spans, strict=True) for span in own
    ]


def points_of(item: Submission, scorer: Scorer | None = None) -> list[tuple[int, int]]:
    """Return the spans of the points of one submission."""
    texts = [item.text[a:b] for a, b in _places(item)]
    return _joined(item, {text: split(text, scorer) for text in texts})


def _joined(item: Submission, known: Mapping[str, Sequence[Span]]) -> list[tuple[int, int]]:
    """Return the spans of a submission from those of its parts."""
    return [
        (a + span.start, a + span.end) for a, b in _places(item) for span in known[item.text[a:b]]
    ]


def _places(item: Submission) -> list[tuple[int, int]]:
    """Return where the parts of a submission stand; it is one where it tells of none."""
    return [(part.start, part.end) for part in item.parts] or [(0, len(item.text))]


def _fresh(item: Submission, region: Region) -> Comment:
    if region.without:
        words = "".join(item.text[a:b] for a, b in region.pieces)
    else:
        words = item.text[region.start : region.end]
    return Comment(0, item.id, region.start, region.end, words, without=region.without)
