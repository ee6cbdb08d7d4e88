"""The rows of all sections, counted in even shards and handed on section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.engine import stream_shards
from consult.analysis.themes_linkage import content_order
from consult.analysis.themes_weights import Weights, frequencies
from consult.analysis.word_lists import KnownWords, WordLists

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Texts that tell how rare a term is: more say the same.
COUNTED: Final = 10_000
_CHUNK: Final = 1_000  # texts counted at a time


class Counted(NamedTuple):
    """What was counted of some texts: their rows, their words, and their digests."""

    rows: csr_matrix
    words: WordLists
    digests: NDArray[Any]


class Taken(NamedTuple):
    """The rows of a section's texts, in parts, and the digests of the texts."""

    rows: list[csr_matrix]
    digests: NDArray[Any]


Counter = Callable[[Sequence[str]], Counted]


class Rows:
    """How much of each term the texts of all sections hold, until a section's are taken."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._rows: dict[int, csr_matrix] = {}
        self._digests: list[NDArray[Any]] = []
        self._parts: dict[int, list[int]] = {}
        self.words = KnownWords((), WordLists.of(()))

    @classmethod
    def counted(cls, sections: Iterable[Sequence[str]], counter: Counter, processes: int) -> Rows:
        """Count the texts of sections, each text once for its rows and for all that follows.

        ``counter`` tells what texts hold; it must be picklable for several processes. Sections may
        be made while others are counted.
        """
        found = cls()
        shards = stream_shards(counter, found._shards(sections), processes)
        words = WordLists.joined(found._kept(counted) for counted in shards)
        found.words = KnownWords(found._texts, words)
        return found

    def _shards(self, sections: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        parts = 0
        for section, texts in enumerate(sections):
            starts = range(0, len(texts), _CHUNK)
            self._parts[section] = [parts + n for n in range(len(starts))]
            self._texts += texts
            parts += len(starts)
            yield from (texts[start : start + _CHUNK] for start in starts)

    def _kept(self, counted: Counted) -> WordLists:
        self._rows[len(self._digests)] = counted.rows
        self._digests.append(counted.digests)
        return counted.words

    def weights(self) -> Weights:
        """Return how rare each term is in a sample of all texts; raises ``ValueError`` of none."""
        import numpy as np

        if not self._texts:
            raise ValueError("no texts")
        order = content_order(self._texts, np.concatenate(self._digests))
        read = np.zeros(len(order), dtype=bool)
        read[order[:COUNTED]] = True
        some, begin = [], 0
        for rows in self._rows.values():
            end = begin + rows.shape[0]
            some.append(rows[read[begin:end].nonzero()[0]])
            begin = end
        return Weights(frequencies(some), int(read.sum()))

    def taken(self, section: int) -> Taken:
        """Return what was counted of a section, which is not kept any longer."""
        import numpy as np

        parts = self._parts.pop(section)
        digests = np.concatenate([self._digests[part] for part in parts])
        return Taken([self._rows.pop(part) for part in parts], digests)
