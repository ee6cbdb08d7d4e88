"""Whether one text is a copy of another: exactly, first by clauses, then by characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from consult.analysis.diff import Block, in_order, with_moved
from consult.analysis.families_clauses import Clauses
from consult.analysis.families_letter import Letter
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import Reversal
from consult.analysis.families_texts import Text, folded_of
from consult.analysis.families_verdict import Verdict
from consult.analysis.folding import cut_many
from consult.domain.lexicon import Opposite

_LETTERS: Final = 5_000  # representatives taken apart that are kept


class Matcher:
    """Compares texts with representatives."""

    def __init__(self, opposites: Iterable[Opposite] = ()) -> None:
        self._reversal = Reversal(opposites)
        self.clauses = Clauses(self._reversal)
        self._letters: dict[str, Letter] = {}

    def compare(self, base: Text, copy: Text, *, near: bool = True) -> Verdict:
        """Return what a text is to a representative.

        ``near`` tells that they have as much in common as copies have; otherwise one is a copy
        only as an excerpt with words of its own, clause by clause.
        """
        if self.clauses.copies(base.cut, copy.cut):
            return Verdict.COPY
        if not near and not self.clauses.may_copy(base.cut, copy.cut):
            return Verdict.OTHER
        return self.closer(base.text, base.folded, copy.text, copy.folded)

    def closer(self, base: str, said: str, copy: str, says: str) -> Verdict:
        """Return what a text is to a representative that its clauses tell too little about.

        ``said`` and ``says`` are the folded forms of both.
        """
        letter = self._letter(base, said)
        common, complete = self._common(letter, says)
        if not common:
            return Verdict.OTHER
        turned = self._reversal.turned(letter, Letter(copy, says), common, complete=complete)
        return Verdict.TURNED if turned else Verdict.COPY

    def _common(self, base: Letter, words: str) -> tuple[Sequence[Block], bool]:
        """Return what a text has in common with a representative; nothing: it is no copy.

        Told is also whether that is all.
        """
        lengths = len(base.folded), len(words)
        ordered = in_order(base.folded, words)
        if overlap(*lengths, [block.size for block in ordered]):
            return ordered, False
        found, complete = with_moved(base.folded, words, ordered)
        sizes = [block.size for block in found]
        if overlap(*lengths, sizes):
            return found, complete
        if partly(*lengths, sizes) and self._reversal.keeps_an_ask(base, found):
            return found, complete
        return [], complete

    def _letter(self, base: str, folded: str) -> Letter:
        found = self._letters.get(base)
        if found is None:
            if len(self._letters) > _LETTERS:
                self._letters.clear()
            found = self._letters[base] = Letter(base, folded)
        return found


def closer_looks(opposites: tuple[Opposite, ...], texts: Sequence[str]) -> list[int]:
    """Return the verdicts on pairs that their clauses tell too little about, in another process.

    ``texts`` are those of each pair, as written, a representative before its text; the pairs of
    one representative come together.
    """
    matcher = _matcher(opposites)
    bases, copies = texts[::2], texts[1::2]
    different = list(dict.fromkeys(bases))
    said = dict(zip(different, map(folded_of, different, cut_many(different)), strict=True))
    says = map(folded_of, copies, cut_many(copies))
    return [
        int(matcher.closer(base, said[base], copy, words))
        for base, copy, words in zip(bases, copies, says, strict=True)
    ]


@lru_cache(maxsize=1)
def _matcher(opposites: tuple[Opposite, ...]) -> Matcher:
    """Return the matcher of this process: its tables cost as much as a hundred comparisons."""
    return Matcher(opposites)
