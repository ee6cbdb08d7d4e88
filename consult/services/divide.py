"""Divide submissions into comments, keeping the numbers that comments have already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, starmap

from consult.analysis.engine import cut, stream_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.sections import SectionMapper
from consult.analysis.split import split
from consult.analysis.split_matters import Points, Scorer
from consult.domain.comment import Comment, Submission
from consult.services.lift import Lift, Region
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
    known: Mapping[int, Points] | None = None,
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
    lift = Lift([item.text for item in received], spans, finder)
    # Most submissions are new and no letters: their comments are made while others compare.
    whole = [
        [Comment(0, item.id, a, b, item.text[a:b]) for a, b in sorted(own)]
        for item, own in zip(received, spans, strict=True)
    ]
    lifted = lift.regions()
    points: list[Comment] = []
    superseded: list[int] = []
    letters: dict[int, int] = {}
    for at, item in enumerate(received):
        if at not in lifted and item.id not in by_submission:
            points += whole[at]
            continue
        own = lifted.get(at) or tuple(starmap(Region, sorted(spans[at])))
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
) -> list[Sequence[tuple[int, int]]]:
    """Return the spans of the points of each submission; each of its parts is split for itself.

    Equal texts are split once. While other processes split, the finder reads what they have split.
    """
    texts = list(dict.fromkeys(chain.from_iterable(map(_parts, received))))
    shards = cut(texts, processes, _CHUNK)
    known: dict[str, Points] = {}
    ahead = finder.ahead() if processes > 1 else None
    for shard, found in zip(
        shards, stream_shards(PointSplitter(mapper), shards, processes), strict=True
    ):
        known.update(zip(shard, found, strict=True))
        if ahead:
            ahead.read(_points(shard, found))
        progress("split", len(known) * len(received) // len(texts), len(received))
    return [_joined(item, known) for item in received]


def _points(texts: Sequence[str], spans: Sequence[Points]) -> list[str]:
    """Return the words of the points of texts."""
    return [text[a:b] for text, own in zip(texts, spans, strict=True) for a, b in own]


def points_of(item: Submission, scorer: Scorer | None = None) -> Sequence[tuple[int, int]]:
    """Return the spans of the points of one submission."""
    return _joined(item, {text: split(text, scorer) for text in _parts(item)})


def _parts(item: Submission) -> list[str]:
    """Return the parts of a submission; it is one where it tells of none."""
    text = item.text
    return [text[part.start : part.end] for part in item.parts] if item.parts else [text]


def _joined(
    item: Submission, known: Mapping[str, Sequence[tuple[int, int]]]
) -> Sequence[tuple[int, int]]:
    """Return the spans of a submission from those of its parts."""
    text = item.text
    if not item.parts:
        return known[text]
    return [
        (part.start + a, part.start + b)
        for part in item.parts
        for a, b in known[text[part.start : part.end]]
    ]


def _fresh(item: Submission, region: Region) -> Comment:
    if region.without:
        words = "".join(item.text[a:b] for a, b in region.pieces)
    else:
        words = item.text[region.start : region.end]
    return Comment(0, item.id, region.start, region.end, words, without=region.without)
