"""Split a shard of texts, in whatever process it is."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.sections import SectionMapper
from consult.analysis.split import split, split_all
from consult.analysis.split_matters import Points, scorer_of, votes_of


class PointSplitter:
    """Splits texts; ``mapper`` finds a change of matter that nothing marks. Picklable."""

    def __init__(self, mapper: SectionMapper | None) -> None:
        self._mapper = mapper
        self._votes = votes_of(mapper) if mapper else None

    def __call__(self, shard: Sequence[str]) -> list[Points]:
        """Return the spans of each text of the shard."""
        if self._mapper is None:
            return [[(start, end) for start, end in split(text)] for text in shard]
        return split_all(shard, scorer_of(self._mapper, self._votes))
