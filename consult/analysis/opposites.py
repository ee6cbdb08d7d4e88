"""Whether two texts want opposite things: similarity cannot tell, the table of opposites can.

Texts that share nearly all words may want the reverse of each other. A family may not join them
and a theme may not hold them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Final, NamedTuple

from consult.analysis.asks import CUES, ask_start, clauses, sentences
from consult.analysis.figures import figures
from consult.analysis.normalise import align, fold
from consult.analysis.opposites_axes import Axes
from consult.analysis.opposites_table import (
    BOUND,
    BUILT_IN,
    DEGREE,
    HARMLESS,
    NEGATORS,
    OUGHT,
    STANCE,
)
from consult.domain.lexicon import Opposite

_FROM_TO: Final = re.compile(r"改[为成到]|调整?[为到至]|放到|提到")
# Wanting in speech without a cue of asking: 给我们安排个学校.
_WANTS: Final = re.compile("给(?:我们|咱们?|大家|[点个些])")
_ASKS_FOR: Final = 0.6  # strength of a cue from which a text is for what it asks
# Joined flat: the search skips to the first characters of all alternatives, six times as fast.
_IS_FOR: Final = re.compile("|".join(c.pattern for c in CUES if c.weight >= _ASKS_FOR))
_MOST_KNOWN: Final = 1 << 16
_LEAST_ALIKE: Final = 0.4  # Dice of character pairs from which two clauses say the same or reverse


class _Clause(NamedTuple):
    """A clause, its pairs of neighbouring characters without marks, and whether it asks."""

    words: str
    pairs: frozenset[str]
    asks: bool


class _Clauses(NamedTuple):
    """The clauses of a text by their words, and the pairs of all of them."""

    clauses: Mapping[str, _Clause]
    pairs: frozenset[str]


class Opposites:
    """The built-in table with the words of a consultation's lexicon added."""

    def __init__(self, extra: Iterable[Opposite] = ()) -> None:
        pairs = [*BUILT_IN, *((f"lexicon-{i}", pair) for i, pair in enumerate(extra))]
        self._narrow = Axes(pairs)
        self._known: dict[str, dict[str, int]] = {}  # clauses come again and again in copies
        self._broad = Axes([(name, pair) for name, pair in pairs if name != OUGHT])

    def leaning(self, text: str) -> Mapping[str, int]:
        """Return +1 or -1 for each axis the text takes a side on, by what it asks for."""
        aligned = align(text)
        start = max(0, ask_start(aligned))
        votes = Counter(dict.fromkeys((DEGREE, STANCE), 0))
        # What is asked counts more than what is told: 由0.92提到2.5不现实，建议调低.
        for name, side in self._broad.sides(aligned, start, 3 if start else 1):
            votes[name] += side
        votes[DEGREE] += _figure_direction(aligned, start)
        votes[DEGREE] = votes[DEGREE] or votes[BOUND]  # 不低于80% wants more than 降到一半
        if not votes[STANCE] and (_IS_FOR.search(aligned) or _WANTS.search(aligned)):
            votes[STANCE] = 1
        return {axis: 1 if vote > 0 else -1 for axis, vote in sorted(votes.items()) if vote}

    def reverse(self, text: str, other: str) -> bool:
        """Tell whether one text is the other with its ask turned round.

        Looks at the clauses only one of them has: a pair of alike ones that differ in a word of
        the table, in a negation or, where something is asked, in a figure.
        """
        ours, theirs = _clauses(text), _clauses(other)
        right = [own for words, own in theirs.clauses.items() if words not in ours.clauses]
        return any(
            self._turns(own, match)
            for words, own in ours.clauses.items()
            if words not in theirs.clauses
            # Most clauses have no counterpart, which the pairs of the whole text tell: whatever is
            # as alike as that holds a quarter of the clause's own.
            and 4 * len(own.pairs & theirs.pairs) >= len(own.pairs)
            and (match := _counterpart(own, right))
        )

    def _turns(self, own: _Clause, match: _Clause) -> bool:
        """Tell whether two alike clauses want opposite things."""
        return self._opposed(own.words, match.words) or (
            (own.asks or match.asks) and self._turned(own.words, match.words)
        )

    def _opposed(self, words: str, other: str) -> bool:
        ours, theirs = self._sides(words), self._sides(other)
        return any(theirs.get(axis, side) != side for axis, side in ours.items())

    def _turned(self, words: str, other: str) -> bool:
        """Compare two clauses that ask: one against it, a negation or a figure changed."""
        against = [self._sides(text).get(STANCE) == -1 for text in (words, other)]
        return (
            against[0] != against[1]
            or _negation_differs(words, other)
            or _figure_differs(words, other)
        )

    def _sides(self, aligned: str) -> dict[str, int]:
        found = self._known.get(aligned)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[aligned] = found = dict(self._narrow.sides(aligned))
        return found


def _counterpart(own: _Clause, others: Sequence[_Clause]) -> _Clause | None:
    """Return the clause most like this one, None where none says the same or the reverse."""
    likeness, match = _LEAST_ALIKE, None
    mine, size = own.pairs, len(own.pairs)
    for other in others:
        pairs = other.pairs
        total = size + len(pairs)
        if not total or 2 * min(size, len(pairs)) < likeness * total:
            continue  # too unlike in length
        found = 2 * len(mine & pairs) / total
        if found < likeness:
            continue
        if found > likeness or match is None or other.words > match.words:
            likeness, match = found, other
    return match


@lru_cache(maxsize=1 << 10)  # each text is compared with several; 40 KiB a text
def _clauses(text: str) -> _Clauses:
    """Return the clauses of a text and whether they ask, or go on with what is asked."""
    aligned = align(text)
    asks: dict[str, bool] = {}
    for start, end in sentences(aligned):
        sentence = aligned[start:end]
        cue = ask_start(sentence)
        for a, b in clauses(sentence):
            words = sentence[a:b]
            asks[words] = asks.get(words, False) or 0 <= cue < b
    found = {words: _Clause(words, _pairs(words), asked) for words, asked in asks.items()}
    return _Clauses(found, frozenset().union(*(own.pairs for own in found.values())))


def _negation_differs(words: str, other: str) -> bool:
    """Compare how often two clauses negate: as written, and without harmless words."""
    written = [sum(char in NEGATORS for char in text) for text in (words, other)]
    if (written[0] - written[1]) % 2 == 0:
        return False
    bare = [sum(char in NEGATORS for char in HARMLESS.sub("", t)) for t in (words, other)]
    return (bare[0] - bare[1]) % 2 == 1


def _figure_differs(words: str, other: str) -> bool:
    """Tell whether two clauses name different figures of the same unit."""
    ours, theirs = figures(words), figures(other)
    units = {unit for _, unit in ours} & {unit for _, unit in theirs}
    return any(
        {value for value, u in ours if u == unit}.isdisjoint(v for v, u in theirs if u == unit)
        for unit in units
    )


def _figure_direction(aligned: str, start: int) -> int:
    """Return the direction of "40岁改为35岁": the sign of the change, 0 when there is none."""
    match = _FROM_TO.search(aligned, start)
    if match is None:
        return 0
    before = figures(aligned[: match.start()])
    for value, unit in figures(aligned[match.end() : match.end() + 16]):
        for old, old_unit in reversed(before):
            if unit == old_unit and value != old:
                return 1 if value > old else -1
    return 0


def _pairs(clause: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of an aligned clause without its marks."""
    text = clause if clause.isalnum() else fold(clause)  # most hold none, which is soon seen
    return frozenset(map(add, text, text[1:]))
