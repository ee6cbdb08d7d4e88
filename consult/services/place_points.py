"""Place a shard of comments, in whatever process it is, and read what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consult.analysis.point_screen import look_at_all
from consult.analysis.sections import SectionMapper
from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.comment import Link
from consult.services.place import Proposed, linked, proposed
from consult.services.read_points import PointReader
from consult.store.run_comments import Columns, Prepared, Row, prepared

_CHUNK: Final = 2_000  # comments placed at once: 500 took a tenth longer, 4,000 no less


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


# ``Prepared`` without names: with them pickling it takes three times as long.
Told = tuple[Columns, tuple[Row, ...]]


class PointPlacer:
    """Places shards of comments, each with its text and what else is known of it; picklable."""

    def __init__(self, mapper: SectionMapper, reader: PointReader) -> None:
        self._mapper = mapper
        self._reader = reader

    def __call__(self, shard: Sequence[tuple[str, Own]]) -> list[Told | Found]:
        """Return what is to be written about each comment; of a watched one what is found."""
        told: list[Told | Found] = []
        for chunk in _chunks(shard):
            found = zip(chunk, self._found(chunk), strict=True)
            told += [one if own.watched else _prepared(one)[:] for (_, own), one in found]
        return told

    def found(self, shard: Sequence[tuple[str, Own]]) -> list[Found]:
        """Return what is found of each comment."""
        return [one for chunk in _chunks(shard) for one in self._found(chunk)]

    def _found(self, chunk: Sequence[tuple[str, Own]]) -> list[Found]:
        """Return what is found, one step for all after the other.

        A step's patterns stay in the cache of the processor: a tenth less than comment by comment.
        """
        texts = [text for text, _ in chunk]
        looks = look_at_all(texts)
        every = [
            linked(own.links, placement, chosen=own.chosen, alone=own.alone)
            for (_, own), placement in zip(chunk, self._mapper.place(texts), strict=True)
        ]
        made = proposed(looks, every)
        read = self._reader.read(looks, [own.section for own in made])
        return [Found(own, *asked) for own, asked in zip(made, read, strict=True)]


def _chunks(shard: Sequence[tuple[str, Own]]) -> Iterator[Sequence[tuple[str, Own]]]:
    """Yield pieces of a shard: what is found of a whole one would take 80 MB."""
    for begin in range(0, len(shard), _CHUNK):
        yield shard[begin : begin + _CHUNK]


def _prepared(found: Found) -> Prepared:
    (links, runners_up, kind), amendments, aims = found
    section = links[0].section if links else ""
    return prepared(section, kind, amendments, aims, links, runners_up)
