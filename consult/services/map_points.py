"""Bring all comments of a run to their sections, with what staff have taught."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from consult.analysis.engine import cut, stream_shards
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment, Kind, Link, Origin, Submission
from consult.domain.consultation import Plan
from consult.domain.knowledge import Knowledge
from consult.services.place import choice_for
from consult.services.place_points import Found, Own, PointPlacer, shard_of
from consult.services.read_points import PointReader
from consult.store.run_comments import Prepared

_CHUNK: Final = 500  # comments between two reports of progress
_KINDS: Final = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What comments are mapped with."""

    plan: Plan
    knowledge: Knowledge
    segmenter: Segmenter = field(default_factory=Segmenter)
    threshold: float = 0.5

    def taught(self, decided: Sequence[Comment]) -> SectionMapper:
        """Return a mapper that knows some decided comments beside the exemplars."""
        mapper = SectionMapper(
            lexicon=self.knowledge.lexicon,
            thesaurus=self.knowledge.thesaurus,
            exemplars=self.knowledge.exemplars,
            segmenter=self.segmenter,
            threshold=self.threshold,
        )
        texts = [comment.text for comment in decided]
        return mapper.fit(self.plan, texts, [comment.section for comment in decided])

    def reader(self) -> PointReader:
        """Return what reads from comments what they ask of the draft."""
        return PointReader(self.plan, self.knowledge.lexicon)

    def place(
        self,
        points: Sequence[Comment],
        received: Table[int, Submission],
        mapper: SectionMapper,
        reader: PointReader | None = None,
    ) -> list[Comment]:
        """Return the comments with links, kinds and what they ask; staff's decisions stay first.

        ``reader`` saves making one, which takes longer than placing a comment.
        """
        placer = PointPlacer(mapper, reader or self.reader())
        found = placer.found(shard_of(list(_known(points, received))))
        return [_comment(*pair) for pair in zip(points, found, strict=True)]

    def prepare(
        self,
        points: Sequence[Comment],
        received: Table[int, Submission],
        mapper: SectionMapper,
        processes: int = 1,
    ) -> Iterator[list[Prepared | Comment]]:
        """Yield, shard by shard, what is to be written about each comment.

        Of one in a theme that staff have put it into, the whole comment comes instead. A comment
        with its reasons takes eight kilobytes, what is written about it one.
        """
        placer = PointPlacer(mapper, self.reader())
        cuts = cut(list(_known(points, received)), processes, _CHUNK)
        answers = stream_shards(placer, map(shard_of, cuts), processes)
        for own, found in zip(cuts, answers, strict=True):
            yield [
                _comment(Comment(0, 0, 0, 0, text), one) if isinstance(one, Found) else one
                for (text, _), one in zip(own, found, strict=True)
            ]


def _known(
    points: Sequence[Comment], received: Table[int, Submission]
) -> Iterator[tuple[str, Own]]:
    """Yield of each comment its text and what else a placer must know."""
    together = Counter(point.submission for point in points)
    for point in points:
        sender = received[point.submission]
        piece = choice_for(sender, point.start, point.end)
        chosen = piece or sender.chosen
        alone = bool(piece or (chosen and together[point.submission] == 1))
        yield point.text, Own(point.links, chosen, alone, point.pinned is not None)


def _comment(point: Comment, found: Found) -> Comment:
    own, amendments, aims = found
    return replace(
        point, links=own.links, runners_up=own.runners_up, kind=own.kind, amendments=amendments,
        aims=aims,
    )  # fmt: skip


def mapped(point: Comment, number: int, made: Prepared) -> Comment:
    """Return a comment as the steps after mapping need it: where it stands, without any reason.

    Built at one go: ``replace`` takes five times as long, and there may be a million.
    """
    section, kind = made.columns[:2]
    links = (_link(section, made.links[0][1]),) if section else ()
    return Comment(
        number, point.submission, point.start, point.end, point.text, links, _KINDS[kind],
        point.family, point.theme, (), point.decided, point.pinned, point.provisional,
        point.without, point.added_to,
    )  # fmt: skip


@cache
def _link(section: str, origin: str) -> Link:
    return Link(sys.intern(section), Origin(origin), 0.0)
