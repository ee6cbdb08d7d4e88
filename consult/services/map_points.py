"""Bring all comments of a run to their sections, with what staff have taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.analysis.engine import cut, stream_shards
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.knowledge import Knowledge
from consult.services.divide import Progress
from consult.services.place import choice_for, placed
from consult.services.read_points import PointReader

_CHUNK = 500  # comments between two reports of progress


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
        progress: Progress,
        processes: int = 1,
        reader: PointReader | None = None,
    ) -> list[Comment]:
        """Return the comments with links, kinds and what they ask; staff's decisions stay first.

        ``reader`` saves making one, which takes longer than placing a comment.
        """
        together = Counter(point.submission for point in points)
        items = []
        for point in points:
            sender = received[point.submission]
            own = choice_for(sender, point.start, point.end)
            alone = bool(own) or together[point.submission] == 1
            items.append((point, own or sender.chosen, alone))
        placer = _Placer(mapper, reader or self.reader())
        mapped: list[Comment] = []
        for placed_shard in stream_shards(placer, cut(items, processes, _CHUNK), processes):
            mapped += placed_shard
            progress("map", len(mapped), len(points))
        return mapped


class _Placer:
    """Maps a shard of comments, each with what its sender chose for it; picklable."""

    def __init__(self, mapper: SectionMapper, reader: PointReader) -> None:
        self._mapper = mapper
        self._reader = reader

    def __call__(self, shard: Sequence[tuple[Comment, tuple[str, ...], bool]]) -> list[Comment]:
        placements = self._mapper.place([point.text for point, _, _ in shard])
        return [
            self._reader.read(placed(point, placement, chosen=chosen, alone=alone))
            for (point, chosen, alone), placement in zip(shard, placements, strict=True)
        ]
