"""Reads the comments of a digest, section by section: texts and values go out, words come back.

What takes the time is shared out to other processes where there is much to read; a section is
taken out of the database when the one before is at work, so that few are in memory at a time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from consult.analysis.engine import map_ahead, stream_shards
from consult.analysis.keywords import counted
from consult.analysis.segment import Segmenter
from consult.analysis.telling import Group, Teller, Told
from consult.domain.comment import Comment
from consult.domain.theme import Theme
from consult.services.digest_counts import text_of
from consult.services.digest_figures import Targets
from consult.services.digest_voices import Read, VoiceReader
from consult.services.shelf import Shelf

_BATCH: Final = 20_000  # comments, of whole sections, taken out of the database for others
_SHARD: Final = 1_000  # texts, of whole themes, that a process reads at a time
_MOST_READ: Final = 300  # texts that a section's key words are taken from


@dataclass(frozen=True, slots=True)
class Line:
    """The comments of one line and what is told of them; ``theme`` is -1 where they have none."""

    theme: int
    members: Sequence[Comment]
    read: Read
    told: Told


@dataclass(frozen=True, slots=True)
class ReadSection:
    """The comments of a section by number, its lines, and how often its texts hold each word.

    ``targets`` are what the aims of its comments are about.
    """

    code: str
    members: Sequence[Comment]
    lines: Sequence[Line]
    words: Counter[str]
    targets: Targets


class _Shard(NamedTuple):
    """Themes whose voices are to be told, and texts whose words are to be counted."""

    groups: Sequence[Group]
    texts: Sequence[str] = ()


class _Found(NamedTuple):
    told: Sequence[Told]
    words: Counter[str]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a shard; picklable, and the words of the dictionary are loaded where it reads."""

    teller: Teller
    words: tuple[str, ...]

    def __call__(self, shard: _Shard) -> _Found:
        cut = _segmenter(self.words).words_of(shard.texts) if shard.texts else []
        return _Found(self.teller(shard.groups), counted(cut))


@lru_cache(maxsize=1)
def _segmenter(words: tuple[str, ...]) -> Segmenter:
    return Segmenter(words)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A section out of the database, and the shards that tell of it."""

    code: str
    members: Sequence[Comment]
    lines: Sequence[tuple[int, Sequence[Comment], Read]]
    targets: Targets
    shards: Sequence[_Shard]


class SectionReader:
    """Reads the sections of one plan; ``words`` are those of its lexicon."""

    def __init__(
        self, shelf: Shelf, themes: Mapping[int, Theme], voices: VoiceReader, words: Iterable[str]
    ) -> None:
        self._shelf = shelf
        self._themes = themes
        self._voices = voices
        self._reader = _Reader(voices.teller, tuple(words))

    def read(self, codes: Sequence[str], processes: int = 1) -> Iterator[ReadSection]:
        """Yield each section; what is told of it does not depend on the number of processes."""
        waiting: deque[list[_Opened]] = deque()
        batches = self._batches(codes, _BATCH if processes > 1 else 1, waiting)
        for found in map_ahead(self._reader, batches, processes):
            results = iter(found)
            for section in waiting.popleft():
                yield _told(section, list(islice(results, len(section.shards))))

    def _batches(
        self, codes: Sequence[str], size: int, waiting: deque[list[_Opened]]
    ) -> Iterator[list[_Shard]]:
        """Yield the shards of sections of ``size`` comments; leave the sections ``waiting``."""
        batch: list[_Opened] = []
        for place, code in enumerate(codes, 1):
            batch.append(self._opened(code))
            if place == len(codes) or sum(len(section.members) for section in batch) >= size:
                waiting.append(batch)
                yield [shard for section in batch for shard in section.shards]
                batch = []

    def _opened(self, code: str) -> _Opened:
        members = [*self._shelf.read(code)]
        targets = self._voices.targets(members)
        groups: dict[int, list[Comment]] = {}
        for comment in members:  # one that left its theme stands alone until the next run
            theme = comment.theme
            key = theme if theme is not None and theme in self._themes else ~comment.number
            groups.setdefault(key, []).append(comment)
        lines = [
            (max(theme, -1), own, self._prepared(theme, own, targets))
            for theme, own in groups.items()
        ]
        shards = [_Shard((), _distinct(members))]
        shards += map(_Shard, _shards(line[2].group for line in lines))
        return _Opened(code, members, lines, targets, shards)

    def _prepared(self, theme: int, members: Sequence[Comment], targets: Targets) -> Read:
        return self._voices.prepared(members, self._themes.get(theme), targets, quoted=True)


def told_of(teller: Teller, groups: Iterable[Group], processes: int = 1) -> list[Told]:
    """Return what each group says, whatever the number of processes."""
    return [*chain.from_iterable(stream_shards(teller, _shards(groups), processes))]


def _shards(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """Put groups together until they hold many texts."""
    held: list[Group] = []
    texts = 0
    for group in groups:
        held.append(group)
        texts += len(group.units)
        if texts >= _SHARD:
            yield held
            held, texts = [], 0
    if held:
        yield held


def _told(section: _Opened, found: Sequence[_Found]) -> ReadSection:
    told = [one for result in found for one in result.told]
    lines = [Line(*line, one) for line, one in zip(section.lines, told, strict=True)]
    return ReadSection(section.code, section.members, lines, found[0].words, section.targets)


def _distinct(comments: Iterable[Comment]) -> list[str]:
    """Return the texts that tell a section's key words: of each family one, not too many."""
    texts: dict[int, str] = {}
    for comment in comments:
        if len(texts) >= _MOST_READ:
            break
        texts.setdefault(text_of(comment), comment.text)
    return list(texts.values())
