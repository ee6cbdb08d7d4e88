"""Bring all comments of a run to their sections, with what staff have taught."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from consult.analysis.engine import cut, started, stream_shards
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment, Kind, Link, Origin, Submission
from consult.domain.consultation import Plan
from consult.domain.knowledge import Knowledge
from consult.services.place import choice_for
from consult.services.place_points import PLAIN, Found, Own, PointPlacer, Told
from consult.services.read_points import PointReader
from consult.services.split_points import PointSplitter
from consult.store.run_comments import Prepared

_CHUNK: Final = 500  # comments between two reports of progress
_LATER: Final = ("cn2an",)  # a tenth of a second, when the first numeral is read
_KINDS: Final = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What comments are mapped with."""

    plan: Plan
    knowledge: Knowledge
    segmenter: Segmenter = field(default_factory=Segmenter)
    threshold: float = 0.5

    def begun(self, processes: int) -> AbstractContextManager[None]:
        """Start the processes that divide and map, beside what is done before they are needed."""
        return started((self.segmenter, PointSplitter, PointPlacer), processes, _LATER)

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
        found = placer.found(_known(points, received))
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
        known: dict[tuple[str, Own], int] = {}
        which = [known.setdefault(one, len(known)) for one in _known(points, received)]
        shards = cut(list(known), processes, _CHUNK)
        del known
        yield from _spread(which, shards, stream_shards(placer, shards, processes))


def _known(points: Sequence[Comment], received: Table[int, Submission]) -> list[tuple[str, Own]]:
    """Return the text of each comment and what else a placer must know of it."""
    together = Counter([point.submission for point in points])
    choosing = {n for n in together if received[n].chosen or received[n].choices}
    return [
        (point.text, PLAIN)
        if point.submission not in choosing and not point.links and point.pinned is None
        else (point.text, _own(point, received[point.submission], together[point.submission]))
        for point in points
    ]


def _own(point: Comment, sender: Submission, together: int) -> Own:
    """Return what is known of one of the comments of a sender, who has so many ``together``."""
    decided = tuple(link for link in point.links if link.origin is Origin.STAFF)
    piece = choice_for(sender, point.start, point.end) if sender.choices else ()
    chosen = piece or sender.chosen
    if not chosen and not decided and point.pinned is None:
        return PLAIN
    alone = bool(piece or (chosen and together == 1))
    return Own(decided, chosen, alone, point.pinned is not None)


def _spread(
    which: Sequence[int],
    shards: Sequence[Sequence[tuple[str, Own]]],
    answers: Iterable[Sequence[Told | Found]],
) -> Iterator[list[Prepared | Comment]]:
    """Yield the answers to all comments, equal ones of which were asked about once.

    ``which`` gives for each comment its number among those that differ, which lie in the shards in
    the order in which they are met first. Kept is only what a later comment still needs.
    """
    left = Counter(which)
    kept: dict[int, Prepared | Comment] = {}
    done, met = 0, 0
    for shard, found in zip(shards, answers, strict=True):
        for (text, _), one in zip(shard, found, strict=True):
            kept[met] = (
                _comment(Comment(0, 0, 0, 0, text), one)
                if isinstance(one, Found)
                else Prepared(*one)
            )
            met += 1
        told = []
        while done < len(which) and which[done] < met:
            number = which[done]
            left[number] -= 1
            told.append(kept[number] if left[number] else kept.pop(number))
            done += 1
        yield told


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
