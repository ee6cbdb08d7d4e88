"""Whether one text is a copy of another: exactly, first by clauses, then by characters."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from consult.analysis.diff import Block, in_order, with_moved
from consult.analysis.families_clauses import Clauses
from consult.analysis.families_letter import Letter
from consult.analysis.families_overlap import overlap, partly
from consult.analysis.families_reversal import Reversal
from consult.analysis.folding import CLAUSE, cut, cut_many
from consult.domain.lexicon import Lexicon

_LETTERS: Final = 5_000  # representatives taken apart that are kept
_VERDICTS: Final = 4_000_000  # comparisons remembered for the next call


class Verdict(Enum):
    """What one text is to another."""

    COPY = auto()
    TURNED = auto()
    OTHER = auto()


class Text(NamedTuple):
    """A text as it was written, folded, and cut into clauses (see ``cut_many``)."""

    text: str
    folded: str
    cut: str


def text_of(text: str, words: str = "") -> Text:
    """Return a text with its folded form; ``words`` is the text cut, where it is known."""
    words = words or cut(text)
    return Text(text, words.replace(CLAUSE, "") or text.strip(), words)


class Matcher:
    """Compares texts with representatives; remembers verdicts for the same finder's next call."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._reversal = Reversal(lexicon.opposites if lexicon else ())
        self._clauses = Clauses(self._reversal)
        self._letters: dict[str, Letter] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(self, base: Text, copy: Text, *, near: bool = True) -> Verdict:
        """Return what a text is to a representative.

        ``near`` tells that they have as much in common as copies have; otherwise one is a copy
        only as an excerpt with words of its own, clause by clause.
        """
        pair = base.text, copy.text
        found = self._verdicts.get(pair)
        if found is None:
            if len(self._verdicts) > _VERDICTS:
                self._verdicts.clear()
            found = self._verdicts[pair] = self._compared(base, copy, near=near)
        return found

    def known(self, base: str, copy: str) -> Verdict | None:
        """Return the verdict about two texts as written, where it is known."""
        return self._verdicts.get((base, copy))

    def remember(self, base: str, copy: str, verdict: Verdict) -> None:
        """Note a verdict about two texts as written that another process has found."""
        self._verdicts[base, copy] = verdict

    def compare(self, base: Text, copy: Text, *, near: bool = True) -> Verdict:
        """Return what a text is to another, without remembering it."""
        return self._compared(base, copy, near=near)

    def _compared(self, base: Text, copy: Text, *, near: bool) -> Verdict:
        if self._clauses.copies(base.cut, copy.cut):
            return Verdict.COPY
        if not near and not self._clauses.may_copy(base.cut, copy.cut):
            return Verdict.OTHER
        common = self._common(base, copy.folded)
        if not common:
            return Verdict.OTHER
        letter = Letter(copy.text, copy.folded)
        turned = self._reversal.turned(self._letter(base), letter, common)
        return Verdict.TURNED if turned else Verdict.COPY

    def _common(self, base: Text, words: str) -> list[Block]:
        """Return what a text has in common with a representative; nothing: it is no copy."""
        lengths = len(base.folded), len(words)
        found = in_order(base.folded, words)
        if overlap(*lengths, [block.size for block in found]):
            return found
        found = with_moved(base.folded, words, found)
        sizes = [block.size for block in found]
        if overlap(*lengths, sizes):
            return found
        if partly(*lengths, sizes) and self._reversal.keeps_an_ask(self._letter(base), found):
            return found
        return []

    def _letter(self, base: Text) -> Letter:
        found = self._letters.get(base.text)
        if found is None:
            if len(self._letters) > _LETTERS:
                self._letters.clear()
            found = self._letters[base.text] = Letter(base.text, base.folded)
        return found


Pair = tuple[str, str, bool]  # as written: a representative, a text, and whether they are near


def verdicts(lexicon: Lexicon | None, pairs: Sequence[Pair]) -> list[int]:
    """Return the values of the verdicts of pairs, for use in another process.

    Texts go there as they were written, in plain tuples: anything else costs more than it saves.
    """
    matcher = Matcher(lexicon)
    known = {base: text_of(base) for base in dict.fromkeys(base for base, _, _ in pairs)}
    words = cut_many([copy for _, copy, _ in pairs])
    return [
        matcher.compare(known[base], text_of(copy, own), near=near).value
        for (base, copy, near), own in zip(pairs, words, strict=True)
    ]
