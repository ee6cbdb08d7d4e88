"""What the comments of a theme say, told in their own words: its voices, and what is quoted.

Texts and values in, words out, thousands of texts at a time: groups that share nothing can be read
by other processes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from consult.analysis.naming import DOTS, LONGEST_ASK, SHORTEST_ASK
from consult.analysis.naming_batch import own_asks
from consult.analysis.normalise_batch import normalised
from consult.analysis.opposites import Opposites
from consult.analysis.readings import Reading, reading, readings_in
from consult.analysis.summarise import shortened
from consult.analysis.summarise_batch import Quoted, quotes_many
from consult.analysis.voices import Statement, Wanted, grouped
from consult.analysis.voices_batch import Ask, Backing

if TYPE_CHECKING:
    from consult.analysis.normalise_batch import Batch

MOST_READ: Final = 24  # texts of a group that are compared with each other
MOST_VOICES: Final = 9  # that are told in words, the ask of the group first
_MOST_QUOTED: Final = 5  # texts that the quotations of a group are chosen from
_QUESTION: Final = re.compile(r"[请想]问|\?|[吗呢]$|多少|什么时候|哪[个里些]")


class Unit(NamedTuple):
    """A text of a group and what is known of it.

    ``copies`` counts the comments that have it, ``asks`` tells whether it wants something, and
    ``question`` whether to know. ``aims`` are the spans of the sentences that want a figure
    changed, each with what it wants of the plan. ``label`` names the group in words of this text.
    ``shown`` is the copy that may be quoted, empty where it is the text itself; the unit of the
    lowest ``rank`` is quoted first.
    """

    text: str
    copies: int
    asks: bool
    question: bool
    aims: tuple[tuple[int, int, Wanted | None], ...]
    label: str
    shown: str
    rank: int


class Group(NamedTuple):
    """Alike texts, the one that named them first; staff have ``placed`` some under a ``label``."""

    units: tuple[Unit, ...]
    placed: tuple[int, ...] = ()
    label: str = ""
    quoted: int = 0  # quotations wanted


class Told(NamedTuple):
    """The first voices of a group in words, each with its units; quotations, each with its unit."""

    voices: tuple[tuple[str, tuple[int, ...]], ...]
    quotes: tuple[tuple[int, str], ...]


class Teller:
    """Tells what groups say; picklable, so that shards of them can go to other processes."""

    def __init__(self, opposites: Opposites) -> None:
        self._opposites = opposites

    def __call__(self, shard: Sequence[Group]) -> list[Told]:
        """Return what each group says; what a group says does not depend on the others."""
        return _Shard(shard, self._opposites).told() if shard else []


class _Shard:
    """Some groups, all their texts read once; a text goes by its number in the shard."""

    def __init__(self, groups: Sequence[Group], opposites: Opposites) -> None:
        self._groups = groups
        self._opposites = opposites
        self._units = [unit for group in groups for unit in group.units]
        self._begin = [0, *accumulate(len(group.units) for group in groups)]
        batch = normalised([unit.text for unit in self._units])
        self._texts = readings_in(batch)
        words = self._words(batch)
        self._said = [_statement(*pair) for pair in zip(self._units, words, strict=True)]
        owner = [number for number, group in enumerate(groups) for _ in group.units]
        self._backing = Backing(batch, self._texts, owner)

    def told(self) -> list[Told]:
        """Return what each group says."""
        voiced = [self._voiced(number, near) for number, near in enumerate(self._near())]
        asks = [
            Ask(self._said[voices[0][0]], number, rest)
            for number, (voices, rest) in enumerate(voiced)
        ]
        backers = self._backers(asks)
        for (voices, rest), backing in zip(voiced, backers, strict=True):
            voices[0] += tuple(n for n in rest if n in backing)
        quotes = self._quotes([voices[0] for voices, _ in voiced])
        return [
            Told(self._worded(number, voices[:MOST_VOICES]), quotes[number])
            for number, (voices, _) in enumerate(voiced)
        ]

    def _worded(
        self, number: int, voices: Sequence[tuple[int, ...]]
    ) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Give voices their words, and the places of their texts in the group."""
        group, begin = self._groups[number], self._begin[number]
        words = [self._said[own[0]].words for own in voices]
        if group.placed:
            words[0] = group.label
        local = [tuple(n - begin for n in own) for own in voices]
        return tuple(zip(words, local, strict=True))

    def _words(self, batch: Batch) -> list[str]:
        """Return what each text asks, in few of its words; nothing of those nobody compares."""
        words, alone = [], []
        for group, begin in zip(self._groups, self._begin, strict=False):
            most, asked = MOST_READ + len(group.placed), group.placed[:1]
            for place, unit in enumerate(group.units):
                own = _given(unit)
                if own is None and place >= most and place not in asked:
                    own = ""
                if own is None and unit.question:
                    own = _asked(self._texts[begin + place])
                if own is None:
                    alone.append(begin + place)
                words.append(own or "")
        for number, own_words in zip(alone, own_asks(batch, self._texts, alone), strict=True):
            words[number] = own_words
        return words

    def _compared(self, number: int) -> tuple[list[int], list[int]]:
        """Return the texts of a group that nobody has placed: those compared, and the others."""
        group, begin = self._groups[number], self._begin[number]
        placed = set(group.placed)
        free = [begin + n for n in range(len(group.units)) if n not in placed]
        return free[:MOST_READ], free[MOST_READ:]

    def _near(self) -> list[list[set[int]]]:
        """Return, of each group, for each text compared which others of these make its ask."""
        read = [self._compared(number)[0] for number in range(len(self._groups))]
        asks = [
            Ask(self._said[n], number, [other for other in own if other != n])
            for number, own in enumerate(read)
            for n in own
        ]
        backers = iter(self._backers(asks))
        return [[next(backers) for _ in own] for own in read]

    def _backers(self, asks: Sequence[Ask]) -> list[set[int]]:
        """Return who makes each ask; where nobody else could, there is nothing to compare."""
        found: list[set[int]] = [set() for _ in asks]
        open_ = [n for n, ask in enumerate(asks) if ask.others]
        compared = self._backing.backers([asks[n] for n in open_], self._said, self._opposites)
        for number, own in zip(open_, compared, strict=True):
            found[number] = own
        return found

    def _voiced(
        self, number: int, near: Sequence[set[int]]
    ) -> tuple[list[tuple[int, ...]], list[int]]:
        """Group the texts of a group that are compared; return with it those that are not."""
        group, begin = self._groups[number], self._begin[number]
        read, rest = self._compared(number)
        place = {n: at for at, n in enumerate(read)}
        said = [self._said[n] for n in read]
        first = 0 if read[:1] == [begin] else -1
        found = grouped(said, [[place[n] for n in own] for own in near], first)
        voices = [tuple(read[n] for n in own) for own in found]
        every = self._said[begin : begin + len(group.units)]
        if 2 * sum(not one.agrees for one in every) >= len(every):  # else it agrees, as a whole
            voices.sort(key=lambda own: self._said[own[0]].agrees)
        if group.placed:
            voices.insert(0, tuple(begin + n for n in group.placed))
        return voices, rest

    def _quotes(self, backers: Sequence[tuple[int, ...]]) -> list[tuple[tuple[int, str], ...]]:
        """Quote those who make the ask of each group."""
        shown = [
            sorted(own, key=lambda n: self._units[n].rank)[:_MOST_QUOTED] if group.quoted else []
            for group, own in zip(self._groups, backers, strict=True)
        ]
        quoted = [
            Quoted([self._shown(n) for n in own], group.quoted)
            for group, own in zip(self._groups, shown, strict=True)
        ]
        return [
            tuple((own[n] - begin, words) for n, words in found)
            for own, begin, found in zip(shown, self._begin, quotes_many(quoted), strict=False)
        ]

    def _shown(self, number: int) -> Reading:
        copy = self._units[number].shown
        return reading(copy) if copy else self._texts[number]


def _given(unit: Unit) -> str | None:
    """Return the words of a text that are given, None where they are to be found."""
    if not unit.asks and len(unit.text.strip()) <= LONGEST_ASK:
        return " ".join(unit.text.split())
    return unit.label or None


def _asked(read: Reading) -> str | None:
    """Return the last sentence that asks to know something."""
    spans = [
        (start, end)
        for start, end in read.sentences
        if end - start >= SHORTEST_ASK and _QUESTION.search(read.aligned, start, end)
    ]
    return shortened(read.text[spans[-1][0] : spans[-1][1]], LONGEST_ASK) if spans else None


def _statement(unit: Unit, words: str) -> Statement:
    if not unit.aims:
        return Statement(unit.text, words, unit.copies, agrees=not unit.asks)
    start = max(0, unit.text.find(words.rstrip(DOTS)))
    end = start + len(words)
    # Of an aim whose sentence holds a part of the words that stand there.
    near = [want for a, b, want in unit.aims if words and a < end and start < b]
    return Statement(
        unit.text,
        words,
        unit.copies,
        aims=frozenset(filter(None, near)),
        wants=frozenset(want for _, _, want in unit.aims if want),
        agrees=not unit.asks,
    )
