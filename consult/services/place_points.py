"""Place a shard of comments, in whatever process it is, and read what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consult.analysis.point_screen import look_at_all
from consult.analysis.sections import SectionMapper
from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.comment import Link
from consult.services.place import Proposed, proposed
from consult.services.read_points import PointReader
from consult.store.run_comments import Prepared, prepared

_CHUNK: Final = 500  # comments placed at once


class Own(NamedTuple):
    """What is known of a comment beside its words: the links it has, and its sender's choice.

    Of one that is ``watched`` the whole is wanted back, of others what is written about them.
    """

    links: tuple[Link, ...] = ()
    chosen: tuple[str, ...] = ()
    alone: bool = False
    watched: bool = False


PLAIN: Final = Own()  # of most comments nothing is known but their words


class Found(NamedTuple):
    """What is found of a comment that is watched."""

    own: Proposed
    amendments: tuple[Amendment, ...]
    aims: tuple[Aim, ...]


class PointPlacer:
    """Places shards of comments, each with its text and what else is known of it; picklable."""

    def __init__(self, mapper: SectionMapper, reader: PointReader) -> None:
        self._mapper = mapper
        self._reader = reader

    def __call__(self, shard: Sequence[tuple[str, Own]]) -> list[Prepared | Found]:
        """Return what is to be written about each comment; of a watched one what is found."""
        return [
            found if own.watched else _prepared(found)
            for (_, own), found in zip(shard, self._found(shard), strict=True)
        ]

    def found(self, shard: Sequence[tuple[str, Own]]) -> list[Found]:
        """Return what is found of each comment."""
        return list(self._found(shard))

    def _found(self, shard: Sequence[tuple[str, Own]]) -> Iterator[Found]:
        """Yield what is found; placements of a whole shard at once would take 80 MB."""
        for begin in range(0, len(shard), _CHUNK):
            chunk = shard[begin : begin + _CHUNK]
            texts = [text for text, _ in chunk]
            looks, placements = look_at_all(texts), self._mapper.place(texts)
            for (_, own), look, placement in zip(chunk, looks, placements, strict=True):
                made = proposed(look, own.links, placement, chosen=own.chosen, alone=own.alone)
                yield Found(made, *self._reader.read(look, made.section))


def _prepared(found: Found) -> Prepared:
    made, amendments, aims = found
    return prepared(made.section, made.kind, amendments, aims, made.links, made.runners_up)
