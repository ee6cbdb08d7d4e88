"""The rows of all sections, counted in even shards and handed on section by section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

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

Counter = Callable[[Sequence[str]], "tuple[csr_matrix, WordLists]"]


class Rows:
    """How much of each term the texts of all sections hold, until a section's are taken."""

    def __init__(self) -> None:
        self._parts: dict[int, list[csr_matrix]] = {}
        self._read: list[csr_matrix] = []  # whose terms are still to be counted
        self._frequency: NDArray[Any] | None = None
        self._texts = 0
        self.words = KnownWords((), WordLists.of(()))

    @classmethod
    def counted(cls, sections: Sequence[Sequence[str]], counter: Counter, processes: int) -> Rows:
        """Count the texts of sections, each text once for its rows and for all that follows.

        ``counter`` gives rows and words of texts; it must be picklable for several processes.
        """
        import numpy as np

        chunks = [
            (section, start)
            for section, texts in enumerate(sections)
            for start in range(0, len(texts), _CHUNK)
        ]
        texts = [text for own in sections for text in own]
        read = np.zeros(len(texts), dtype=bool)
        read[content_order(texts)[:COUNTED]] = True
        shards = (sections[section][start : start + _CHUNK] for section, start in chunks)
        found = cls()
        words, begin = [], 0
        for (section, _), (rows, own) in zip(
            chunks, stream_shards(counter, shards, processes), strict=True
        ):
            found._add(section, rows, read[begin : begin + rows.shape[0]])
            words.append(own)
            begin += rows.shape[0]
        found.words = KnownWords(texts, WordLists.joined(words))
        return found

    def _add(self, section: int, rows: csr_matrix, read: NDArray[Any]) -> None:
        self._parts.setdefault(section, []).append(rows)
        self._read.append(rows if read.all() else rows[read.nonzero()[0]])
        self._texts += int(read.sum())
        if sum(part.shape[0] for part in self._read) >= _CHUNK:
            self._count()

    def _count(self) -> None:
        """Count the terms of what was read: so many numbers are not added for a few texts."""
        from scipy.sparse import vstack

        if self._read:
            own = frequencies(vstack(self._read, format="csr"))
            self._frequency = own if self._frequency is None else own + self._frequency
            self._read = []

    def weights(self) -> Weights:
        """Return how rare each term is in a sample of all texts; raises ``ValueError`` of none."""
        self._count()
        if self._frequency is None:
            raise ValueError("no texts")
        return Weights(self._frequency, self._texts)

    def taken(self, section: int) -> csr_matrix:
        """Return the rows of a section, which are not kept any longer."""
        from scipy.sparse import vstack

        parts = self._parts.pop(section)
        return parts[0] if len(parts) == 1 else vstack(parts, format="csr")
