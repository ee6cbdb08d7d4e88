"""The words of many texts as numbers: a tenth of what lists of words take, here and on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Numbers(dict[str, int]):
    """Numbers words in the order in which they come."""

    def __missing__(self, word: str) -> int:
        self[word] = found = len(self)
        return found


class WordLists(NamedTuple):
    """Texts as lists of words: those of text ``i`` are ``codes[ends[i] : ends[i + 1]]``.

    A code is a place in ``vocabulary``.
    """

    vocabulary: tuple[str, ...]
    codes: NDArray[Any]
    ends: NDArray[Any]

    @classmethod
    def of(cls, words: Sequence[Sequence[str]]) -> WordLists:
        """Return the lists of texts whose words are given."""
        import numpy as np

        numbers = Numbers()
        codes = np.fromiter(map(numbers.__getitem__, chain.from_iterable(words)), np.int32)
        return cls(tuple(numbers), codes, np.cumsum([0, *map(len, words)]))

    @classmethod
    def joined(cls, lists: Iterable[WordLists]) -> WordLists:
        """Put lists one behind the other."""
        import numpy as np

        numbers = Numbers()
        codes, sizes = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
        for own in lists:
            place = np.fromiter(map(numbers.__getitem__, own.vocabulary), np.int32)
            codes.append(place[own.codes])
            sizes.append(np.diff(own.ends))
        return cls(tuple(numbers), np.concatenate(codes), np.cumsum(np.concatenate(sizes)))

    def some(self, texts: Sequence[int]) -> WordLists:
        """Return the lists of some texts (indices), with the words alone that occur in them."""
        import numpy as np

        chosen = np.asarray(texts, dtype=np.int64)
        size = self.ends[chosen + 1] - self.ends[chosen]
        ends = np.concatenate([[0], np.cumsum(size)])
        codes = self.codes[np.arange(ends[-1]) + np.repeat(self.ends[chosen] - ends[:-1], size)]
        used = np.flatnonzero(np.bincount(codes, minlength=len(self.vocabulary)))
        place = np.zeros(len(self.vocabulary), dtype=np.int32)
        place[used] = np.arange(used.size)
        return WordLists(tuple(self.vocabulary[n] for n in used.tolist()), place[codes], ends)


class KnownWords:
    """The words of texts that have been cut, found by text."""

    def __init__(self, texts: Sequence[str], lists: WordLists) -> None:
        self._place: Mapping[str, int] = {text: n for n, text in enumerate(texts)}
        self._lists = lists

    def __contains__(self, text: object) -> bool:
        return text in self._place

    def of(self, texts: Sequence[str]) -> WordLists:
        """Return the words of texts, all of which have been cut; raises ``KeyError``."""
        return self._lists.some([self._place[text] for text in texts])
