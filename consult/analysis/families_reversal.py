"""Whether a copy turns its letter's ask round: read off the edits, clause against clause.

Copies and reversed letters overlap alike (measured: copies from .27, reversed ones to .39), so no
threshold tells them apart. What counts is what was put for what: a word for its opposite, a
negation more or less, another figure inside the ask; or all that was asked given up for something
else. A changed name, year, order, or a figure in the story is none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from consult.analysis.asks import ask_start, asks_plainly, clauses
from consult.analysis.diff import Block, Gap, gaps, with_moved
from consult.analysis.families_axes import Sides
from consult.analysis.families_figures import NUMERALS, figures_differ
from consult.analysis.families_letter import Clause, Letter, pairs_of
from consult.analysis.families_words import CHARACTERS, REFUTES
from consult.analysis.normalise import fold
from consult.analysis.opposites_table import HARMLESS, NEGATORS
from consult.domain.lexicon import Opposite

SAME_CLAUSE: Final = 0.35  # of a clause must be found again for a word-by-word comparison
_GIVEN_UP: Final = 0.5  # an ask of which less than this is left is given up
_KEPT: Final = 0.8
SHORTEST_KEPT: Final = 8
_SHORTEST_ASK: Final = 5  # folded characters
_SHORT_EDIT: Final = 6  # characters put for others: more are another wording
_SHORTEST_REFUTATION: Final = 3
_REFUTING: Final = frozenset("反不抵异站没难无")  # what every refutation holds one of
_SPEAKING: Final = _REFUTING | frozenset("建希请望应")  # what most asks hold one of
_WIDEST: Final = 3  # lengths of a clause between what is left of it
_TELLING: Final = NEGATORS | NUMERALS
_OPPOSITE: Final = {
    char: {other for pair in CHARACTERS if char in pair for other in pair if other != char}
    for char in "".join(CHARACTERS)
}


class Reversal:
    """Compares letters with their copies; knows the opposites of a consultation's lexicon."""

    def __init__(self, extra: Iterable[Opposite] = ()) -> None:
        self._sides = Sides(extra)

    def turned(
        self, base: Letter, copy: Letter, found: Sequence[Block], *, complete: bool = False
    ) -> bool:
        """Tell whether the copy asks for the reverse.

        ``found`` is what it has in common with the base, at least in order; ``complete`` tells that
        there is no more.
        """
        edits = _edits(base, copy, found)
        tells = partial(self._tells, base.folded, copy.folded)
        if not any(map(tells, edits)):
            return False
        everything = found if complete else with_moved(base.folded, copy.folded, found)[0]
        if len(everything) > len(found):
            found = everything
            edits = _edits(base, copy, found)
        changed = [gap for gap in edits if tells(gap) and not _whole(base, copy, gap)]
        touched = _touched(base, copy, found, changed)
        return (
            any(self._clause_turned(base, copy, found, c, edits) for c in touched)
            or any(self._word_turned(base.folded, copy.folded, gap) for gap in edits)
            or _given_up(base, copy, found, edits)
            or _refuted(copy, edits)
        )

    def may_turn(self, clause: str, other: str, found: Sequence[Block]) -> bool:
        """Tell whether a folded clause would be the other turned round if it asked."""
        return (
            self._sides.opposed(clause, other)
            or figures_differ(clause, other)
            or _negation_differs(clause, other)
            or any(
                _characters_opposed(clause[g.base_start : g.base_end], other[g.start : g.end])
                for g in gaps(clause, other, found)
            )
        )

    def keeps_an_ask(self, base: Letter, found: Sequence[Block]) -> bool:
        """Tell whether the blocks hold most of a clause that asks."""
        return any(
            sum(b - a for a, b in _held(found, clause)) >= _KEPT * (clause.end - clause.start)
            for clause in base.asking
            if clause.end - clause.start >= SHORTEST_KEPT
        )

    def _tells(self, base: str, copy: str, gap: Gap) -> bool:
        """Tell whether an edit may matter: a negation, a figure, a word or character of a table."""
        left, right = base[gap.base_start : gap.base_end], copy[gap.start : gap.end]
        if not (_TELLING.isdisjoint(left) and _TELLING.isdisjoint(right)):
            return True
        if _characters_opposed(left, right) or not _SPEAKING.isdisjoint(right):
            return True
        return self._sides.tell(base, gap.base_start, gap.base_end) or self._sides.tell(
            copy, gap.start, gap.end
        )

    def _word_turned(self, base: str, copy: str, gap: Gap) -> bool:
        """Tell whether a clause of a word or two was put for its opposite: 支持, 反对."""
        left, right = base[gap.base_start : gap.base_end], copy[gap.start : gap.end]
        short = 0 < len(left) <= _SHORT_EDIT and 0 < len(right) <= _SHORT_EDIT
        return short and self._sides.opposed(left, right)

    def _clause_turned(
        self,
        base: Letter,
        copy: Letter,
        found: Sequence[Block],
        clause: Clause,
        edits: Sequence[Gap],
    ) -> bool:
        words, kept = _image(copy, found, clause)
        if kept < SAME_CLAUSE or clause.words == words:
            return False
        if self._sides.opposed(clause.words, words):
            return True
        asked = clause.ask >= 0 or asks_plainly(words)
        if asked and figures_differ(clause.words[max(0, clause.ask) :], _asked(words)):
            return True
        return (asked or not base.asking) and (
            _negation_differs(clause.words, words)
            or any(
                _characters_opposed(base.folded[a:b], copy.folded[c:d])
                for a, b, c, d in edits
                if clause.start <= a and b <= clause.end
            )
        )


def _edits(base: Letter, copy: Letter, found: Sequence[Block]) -> list[Gap]:
    return [
        gap for gap in gaps(base.folded, copy.folded, found) if gap[0] < gap[1] or gap[2] < gap[3]
    ]


def _whole(base: Letter, copy: Letter, gap: Gap) -> bool:
    """Tell whether an edit takes out or puts in clauses as they are: no clause is changed."""
    put_in = gap.start == gap.end or (copy.breaks(gap.start) and copy.breaks(gap.end))
    out = gap.base_start == gap.base_end
    return put_in and (out or (base.breaks(gap.base_start) and base.breaks(gap.base_end)))


def _touched(
    base: Letter, copy: Letter, found: Sequence[Block], edits: Iterable[Gap]
) -> list[Clause]:
    """Return the clauses that edits change: words in them, before or behind them."""
    ends = {block.copy + block.size: block for block in found}
    starts = {block.copy: block for block in found}
    clauses: dict[int, Clause] = {}
    for gap in edits:
        spans = [(gap.base_start, gap.base_end)]
        before, behind = ends.get(gap.start), starts.get(gap.end)
        if before and gap.start < gap.end and not copy.breaks(gap.start):
            spans.append((before.base + before.size - 1, before.base + before.size))
        if behind and gap.start < gap.end and not copy.breaks(gap.end):
            spans.append((behind.base, behind.base + 1))
        for start, end in spans:
            if start < end:
                clauses |= {c.start: c for c in base.clauses_in(start, end)}
    return list(clauses.values())


def _image(copy: Letter, found: Sequence[Block], clause: Clause) -> tuple[str, float]:
    """Return what the copy has in the place of a clause: words, and the part of it that is kept."""
    held = _held(found, clause)
    if not held:
        return "", 0.0
    longest = max(held, key=lambda span: span[1] - span[0])
    most = _WIDEST * (clause.end - clause.start)
    near = [s for s in held if abs(s[0] - longest[0]) <= most]  # the rest was moved elsewhere
    start, end = min(near)[0], max(stop for _, stop in near)
    before = max([at + size for _, at, size, _ in found if at + size <= start], default=0)
    behind = min([at for _, at, _, _ in found if at >= end], default=len(copy.folded))
    start, end = copy.break_before(start, before), copy.break_behind(end, behind)
    kept = sum([stop - at for at, stop in near]) / (clause.end - clause.start)
    return copy.words(start, end), kept


def _held(found: Sequence[Block], clause: Clause) -> list[tuple[int, int]]:
    """Return where the copy has the characters of a clause."""
    first, last = clause.start, clause.end
    spans = []
    for start, at, size, _ in found:
        if start < last and first < start + size:
            low, high = max(start, first), min(start + size, last)
            spans.append((at + low - start, at + high - start))
    return spans


def _characters_opposed(left: str, right: str) -> bool:
    """Tell whether a character was put for its opposite: both change, neither stays."""
    if not 0 < len(left) <= _SHORT_EDIT or not 0 < len(right) <= _SHORT_EDIT:
        return False
    gone, come = set(left) - set(right), set(right) - set(left)
    return any(not come.isdisjoint(_OPPOSITE.get(char, ())) for char in gone)


def _negation_differs(words: str, other: str) -> bool:
    """Compare how often two clauses negate: as written, and without harmless words."""
    if NEGATORS.isdisjoint(words) and NEGATORS.isdisjoint(other):
        return False
    written = [sum(char in NEGATORS for char in text) for text in (words, other)]
    bare = [sum(char in NEGATORS for char in HARMLESS.sub("", t)) for t in (words, other)]
    return (written[0] - written[1]) % 2 == 1 and (bare[0] - bare[1]) % 2 == 1


def _asked(words: str) -> str:
    return words[max(0, ask_start(words)) :]


def _given_up(base: Letter, copy: Letter, found: Sequence[Block], edits: Sequence[Gap]) -> bool:
    """Tell whether hardly anything that was asked is left and something else is asked instead."""
    added = [(g.start, g.end) for g in edits if g.end - g.start >= _SHORTEST_ASK]
    dropped = sum(gap.base_end - gap.base_start for gap in edits)
    if not added or dropped < _SHORTEST_ASK:
        return False
    asks = [c for c in base.asking if c.end - c.start >= _SHORTEST_ASK]
    kept = (sum(b - a for a, b in _held(found, c)) / (c.end - c.start) for c in asks)
    if not asks or any(part >= _GIVEN_UP for part in kept):
        return False
    others = (pairs_of(fold(words)) for words in _clauses(copy, added) if asks_plainly(words))
    return any(
        len(pairs) >= _SHORTEST_ASK and len(pairs & base.pairs) < _GIVEN_UP * len(pairs)
        for pairs in others
    )


def _clauses(copy: Letter, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    for start, end in spans:
        words = copy.words(start, end)
        yield from (words[a:b] for a, b in clauses(words))


def _refuted(copy: Letter, edits: Sequence[Gap]) -> bool:
    """Tell whether words that only the copy has speak against the letter."""
    added = [(g.start, g.end) for g in edits if g.end - g.start >= _SHORTEST_REFUTATION]
    return any(
        REFUTES.search(words) is not None
        for start, end in added
        if not _REFUTING.isdisjoint(copy.folded[start:end])
        for words in (copy.words(start, end), *_clauses(copy, [(start, end)]))
    )
