"""Whether one text is a copy of another: exactly, first by clauses, then by characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from consult.analysis.diff import Block, in_order, with_moved
from consult.analysis.families_clauses import Clauses
from consult.analysis.families_letter import Letter
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import Reversal
from consult.analysis.families_texts import Text, text_of
from consult.analysis.families_verdict import Verdict
from consult.analysis.folding import cut_many
from consult.analysis.remainder import Base, Span, remainders_from
from consult.domain.lexicon import Opposite

_LETTERS: Final = 5_000  # representatives taken apart that are kept
Look = tuple[Verdict, tuple[Span, ...]]  # what a text is to a representative, what it adds to it


class _Common(NamedTuple):
    """What two texts have in common; nothing: they are no copies.

    ``sought`` tells that what was moved has been looked for, ``complete`` that there is no more.
    """

    blocks: Sequence[Block]
    sought: bool
    complete: bool


class Matcher:
    """Compares texts with representatives."""

    def __init__(self, opposites: Iterable[Opposite] = ()) -> None:
        self._reversal = Reversal(opposites)
        self.clauses = Clauses(self._reversal)
        self._letters: dict[str, Letter] = {}
        self._last = "", Base("")

    def compare(self, base: Text, copy: Text, *, near: bool = True) -> Verdict:
        """Return what a text is to a representative.

        ``near`` tells that they have as much in common as copies have; otherwise one is a copy
        only as an excerpt with words of its own, clause by clause.
        """
        if self.clauses.copies(base.cut, copy.cut):
            return Verdict.COPY
        if not near and not self.clauses.may_copy(base.cut, copy.cut):
            return Verdict.OTHER
        return self.closer(base, copy, additions=False)[0]

    def closer(self, base: Text, copy: Text, *, additions: bool) -> Look:
        """Return what a text is to a representative that its clauses tell too little about.

        With ``additions`` also what a copy adds (see ``remainders``): the same blocks tell it.
        """
        ours, theirs = self._letter(base), Letter(copy.text, copy.folded)
        blocks, sought, complete = self._common(ours, copy.folded)
        if not blocks:
            return Verdict.OTHER, ()
        if self._reversal.turned(ours, theirs, blocks, complete=complete):
            return Verdict.TURNED, ()
        if not additions:
            return Verdict.COPY, ()
        every = blocks if sought else with_moved(base.folded, copy.folded, blocks)[0]
        return Verdict.COPY, remainders_from(self._base(base), theirs, copy.cut, every)

    def _common(self, base: Letter, words: str) -> _Common:
        lengths = len(base.folded), len(words)
        ordered = in_order(base.folded, words)
        if overlap(*lengths, [block.size for block in ordered]):
            return _Common(ordered, sought=False, complete=False)
        found, complete = with_moved(base.folded, words, ordered)
        sizes = [block.size for block in found]
        if not overlap(*lengths, sizes) and not (
            partly(*lengths, sizes) and self._reversal.keeps_an_ask(base, found)
        ):
            found = []
        return _Common(found, sought=True, complete=complete)

    def _letter(self, base: Text) -> Letter:
        found = self._letters.get(base.text)
        if found is None:
            if len(self._letters) > _LETTERS:
                self._letters.clear()
            found = self._letters[base.text] = Letter(base.text, base.folded)
        return found

    def _base(self, base: Text) -> Base:
        if self._last[0] != base.cut:
            self._last = base.cut, Base(base.cut)
        return self._last[1]


def closer_looks(
    opposites: tuple[Opposite, ...], additions: bool, texts: Sequence[str]
) -> list[Look]:
    """Look closer at pairs that their clauses tell too little about, in another process.

    ``texts`` are those of each pair, as written, a representative before its text; the pairs of
    one representative come together.
    """
    matcher = _matcher(opposites)
    bases, copies = texts[::2], texts[1::2]
    different = list(dict.fromkeys(bases))
    whole = dict(zip(different, map(text_of, different, cut_many(different)), strict=True))
    return [
        matcher.closer(whole[base], copy, additions=additions)
        for base, copy in zip(bases, map(text_of, copies, cut_many(copies)), strict=True)
    ]


@lru_cache(maxsize=1)
def _matcher(opposites: tuple[Opposite, ...]) -> Matcher:
    """Return the matcher of this process: its tables cost as much as a hundred comparisons."""
    return Matcher(opposites)
