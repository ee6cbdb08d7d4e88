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
from consult.analysis.sections import Placement, SectionMapper
from consult.analysis.segment import Segmenter
from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.comment import Comment, Kind, Link, Origin, Submission
from consult.domain.consultation import Plan
from consult.domain.knowledge import Knowledge
from consult.services.place import Proposed, choice_for, proposed
from consult.services.read_points import PointReader
from consult.store.run_comments import Prepared, prepared

_CHUNK: Final = 500  # comments between two reports of progress
_KINDS: Final = {kind.value: kind for kind in Kind}
_Found = tuple[Proposed, tuple[Amendment, ...], tuple[Aim, ...]]


@dataclass(frozen=True, slots=True)
class _Item:
    """A comment to be placed: its words, the links it has, and what its sender chose for it.

    Of one that is ``watched`` the whole is wanted back, of others what is written about them.
    """

    text: str
    links: tuple[Link, ...]
    chosen: tuple[str, ...]
    alone: bool
    watched: bool


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
        placer = _Placer(mapper, reader or self.reader())
        return placer.placed(points, _items(points, received, watched=True))

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
        placer = _Placer(mapper, self.reader())
        items = _items(points, received)
        yield from stream_shards(placer, cut(items, processes, _CHUNK), processes)


def _items(
    points: Sequence[Comment], received: Table[int, Submission], *, watched: bool = False
) -> list[_Item]:
    together = Counter(point.submission for point in points)
    items = []
    for point in points:
        sender = received[point.submission]
        own = choice_for(sender, point.start, point.end)
        alone = bool(own) or together[point.submission] == 1
        items.append(
            _Item(
                point.text, point.links, own or sender.chosen, alone,
                watched or point.pinned is not None,
            )
        )  # fmt: skip
    return items


class _Placer:
    """Maps a shard of comments, each with what its sender chose for it; picklable."""

    def __init__(self, mapper: SectionMapper, reader: PointReader) -> None:
        self._mapper = mapper
        self._reader = reader

    def __call__(self, shard: Sequence[_Item]) -> list[Prepared | Comment]:
        found: list[Prepared | Comment] = []
        for item, own in zip(shard, self._found(shard), strict=True):
            if item.watched:
                found.append(_comment(Comment(0, 0, 0, 0, item.text), own))
            else:
                made, amendments, aims = own
                found.append(
                    prepared(made.section, made.kind, amendments, aims, made.links, made.runners_up)
                )
        return found

    def placed(self, points: Sequence[Comment], items: Sequence[_Item]) -> list[Comment]:
        """Return the comments with links, kinds and what they ask."""
        return [_comment(*pair) for pair in zip(points, self._found(items), strict=True)]

    def _found(self, items: Sequence[_Item]) -> Iterator[_Found]:
        for item, placement in zip(items, self._placements(items), strict=True):
            own = proposed(item.text, item.links, placement, chosen=item.chosen, alone=item.alone)
            yield own, *self._reader.read(item.text, own.section)

    def _placements(self, items: Sequence[_Item]) -> Iterator[Placement]:
        """Yield the placement of each; kept is only what a later one of equal words still needs.

        Placements of a whole shard would take 80 MB in each process.
        """
        last = {item.text: place for place, item in enumerate(items)}
        known: dict[str, Placement] = {}
        for begin in range(0, len(items), _CHUNK):
            chunk = items[begin : begin + _CHUNK]
            fresh = dict.fromkeys(item.text for item in chunk if item.text not in known)
            known |= zip(fresh, self._mapper.place(fresh), strict=True)
            for place, item in enumerate(chunk, begin):
                yield known[item.text] if place < last[item.text] else known.pop(item.text)


def _comment(point: Comment, found: _Found) -> Comment:
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
