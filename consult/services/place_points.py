"""Place a shard of comments, in whatever process it is, and read what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from consult.analysis.point_screen import Look, look_at_all
from consult.analysis.sections import Placement, SectionMapper
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


class Shard(NamedTuple):
    """Comments on their way to a placer: equal texts once, and of few of them more than a text.

    ``which`` gives of each comment its text, ``special`` by its place what else is known of it.
    """

    texts: Sequence[str]
    which: Sequence[int]
    special: dict[int, Own]


class Found(NamedTuple):
    """What is found of a comment that is watched."""

    own: Proposed
    amendments: tuple[Amendment, ...]
    aims: tuple[Aim, ...]


class _Text(NamedTuple):
    """A text of the shard, and what is to be written about comments with it."""

    look: Look
    placement: Placement
    prepared: dict[Own, Prepared]


_PLAIN: Final = Own()


def shard_of(comments: Sequence[tuple[str, Own]]) -> Shard:
    """Pack comments as they are sent to a placer."""
    known: dict[str, int] = {}
    which = [known.setdefault(text, len(known)) for text, _ in comments]
    special = {place: own for place, (_, own) in enumerate(comments) if own != _PLAIN}
    return Shard(list(known), which, special)


class PointPlacer:
    """Places comments; picklable. Comments equal in all that is known of them share an answer."""

    def __init__(self, mapper: SectionMapper, reader: PointReader) -> None:
        self._mapper = mapper
        self._reader = reader

    def __call__(self, shard: Shard) -> list[Prepared | Found]:
        """Return what is to be written about each comment; of a watched one what is found."""
        return [
            self._found(text, own) if own.watched else self._prepared(text, own)
            for text, own in self._read(shard)
        ]

    def found(self, shard: Shard) -> list[Found]:
        """Return what is found of each comment."""
        return [self._found(text, own) for text, own in self._read(shard)]

    def _read(self, shard: Shard) -> Iterator[tuple[_Text, Own]]:
        """Yield each comment; of texts, only what a later comment still needs is kept.

        Placements of a whole shard would take 80 MB in each process.
        """
        last = {text: place for place, text in enumerate(shard.which)}
        known: dict[int, _Text] = {}
        for begin in range(0, len(shard.which), _CHUNK):
            chunk = shard.which[begin : begin + _CHUNK]
            known |= self._texts(shard, [one for one in dict.fromkeys(chunk) if one not in known])
            for place, text in enumerate(chunk, begin):
                yield known[text], shard.special.get(place, _PLAIN)
                if place == last[text]:
                    del known[text]

    def _texts(self, shard: Shard, which: Sequence[int]) -> Iterator[tuple[int, _Text]]:
        """Look at texts of the shard and place them."""
        texts = [shard.texts[one] for one in which]
        looks, placements = look_at_all(texts), self._mapper.place(texts)
        for one, look, placement in zip(which, looks, placements, strict=True):
            yield one, _Text(look, placement, {})

    def _found(self, text: _Text, own: Own) -> Found:
        made = proposed(text.look, own.links, text.placement, chosen=own.chosen, alone=own.alone)
        return Found(made, *self._reader.read(text.look, made.section))

    def _prepared(self, text: _Text, own: Own) -> Prepared:
        known = text.prepared.get(own)
        if known is None:
            made, amendments, aims = self._found(text, own)
            known = text.prepared[own] = prepared(
                made.section, made.kind, amendments, aims, made.links, made.runners_up
            )
        return known
