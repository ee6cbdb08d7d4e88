"""The texts that a finder has seen, by number: each is cut once, also for a second call."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple, cast

from consult.analysis.folding import CLAUSE, cut, cut_many


class Text(NamedTuple):
    """A text as it was written, folded, and cut into clauses (see ``cut_many``)."""

    text: str
    folded: str
    cut: str


def text_of(text: str, words: str = "") -> Text:
    """Return a text with its folded form; ``words`` is the text cut, where it is known."""
    words = words or cut(text)
    return Text(text, folded_of(text, words), words)


def folded_of(text: str, words: str) -> str:
    """Return the folded form of a text that is cut; where nothing is said, the text itself."""
    return words.replace(CLAUSE, "") or text.strip()


class Texts:
    """Texts by number. Kept is the cut form alone: folding it takes a third of a microsecond.

    Of the folded form its hash and its length are kept: which texts read the same is asked of all.
    """

    def __init__(self) -> None:
        self.text: list[str] = []
        self.cut: list[str] = []
        self.length = array("i")
        self.hash = array("q")
        self._number: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.text)

    def numbered(self, texts: Sequence[str]) -> list[int]:
        """Return the number of each text; those not seen before get the next ones."""
        found = list(map(self._number.get, texts))
        if None in found:
            self.take(texts)
            found = [self._number[text] for text in texts]
        return cast(list[int], found)

    def take(self, texts: Sequence[str]) -> list[str]:
        """Take in the texts that were not seen before, and return their folded forms."""
        number = self._number
        new = [text for text in dict.fromkeys(texts) if text not in number]
        number.update(zip(new, range(len(number), len(number) + len(new)), strict=True))
        self.text += new
        self.cut += cut_many(new)
        folded = self.folded(range(len(self.text) - len(new), len(self.text)))
        self.length.extend(map(len, folded))
        self.hash.extend(map(hash, folded))
        return folded

    def folded(self, numbers: Sequence[int]) -> list[str]:
        """Return the folded forms of the texts with these numbers."""
        return [folded_of(self.text[at], self.cut[at]) for at in numbers]

    def whole(self, number: int) -> Text:
        """Return a text in all its forms."""
        return text_of(self.text[number], self.cut[number])
