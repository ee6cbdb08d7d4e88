"""Comments as vectors of what they say: characters, words, matters of life, concepts.

Characters, pairs of them and words are hashed into a fixed number of columns, so no vocabulary has
to be kept and a whole section is counted at once in numpy. Behind them stand the columns of the
matters and of the thesaurus. The result depends on nothing but the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from consult.analysis.codes import Codes
from consult.analysis.concepts import CONCEPTS
from consult.analysis.spotting import Spotter
from consult.analysis.word_lists import WordLists
from consult.domain.knowledge import Thesaurus

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_BITS: Final = 20
HASHED: Final = 1 << _BITS  # columns of what is written; those of matters and concepts follow
# Characters of a comment that are read; what is asked is rarely said later.
MOST_READ: Final = 800
_LONGEST_RUN: Final = 2
_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
# A concept of the thesaurus weighs less than half of a matter of life: there are many times as
# many, most of them of other fields than the plan. Both are weighed apart from the words.
_MATTER: Final = 1.0
_CONCEPT: Final = 0.45


class Features:
    """Turns texts into rows of how much of each term they hold; knows no weights of terms."""

    def __init__(self, thesaurus: Thesaurus | None = None) -> None:
        concepts = (thesaurus or Thesaurus()).concepts
        self._matters = len(CONCEPTS)
        self.columns = HASHED + self._matters + len(concepts)
        self._spotter = Spotter(
            [
                *((word, n) for n, (_, words) in enumerate(CONCEPTS) for word in words.split("|")),
                *(
                    (word, self._matters + n)
                    for n, concept in enumerate(concepts)
                    for word in (*concept.policy, *concept.everyday)
                ),
            ]
        )

    def rows(self, texts: Sequence[str], words: WordLists) -> csr_matrix:
        """Return (texts, columns): 1 + ln count of a term, a fixed share of a matter or concept.

        Counted for so many texts at a time that a number of 32 bits holds row and column: half of
        the memory, and sorted in half of the time.
        """
        import numpy as np
        from scipy.sparse import csr_matrix

        most = 1 << (32 - int(self.columns).bit_length())
        data, indices = [np.zeros(0, np.float32)], [np.zeros(0, np.int32)]
        sizes = [np.zeros(1, np.int64)]
        for start in range(0, len(texts), most):
            chunk = texts[start : start + most]
            keys, counts = self._counted(chunk, words, start)
            columns = (keys & np.uint32((1 << int(self.columns).bit_length()) - 1)).astype(np.int32)
            data.append(self._shares(columns, counts))
            indices.append(columns)
            rows = keys >> np.uint32(int(self.columns).bit_length())
            sizes.append(np.bincount(rows, minlength=len(chunk)))
        ends = np.cumsum(np.concatenate(sizes)).astype(np.int32)
        parts = (np.concatenate(data), np.concatenate(indices), ends)
        return csr_matrix(parts, shape=(len(texts), self.columns))

    def _counted(
        self, texts: Sequence[str], words: WordLists, start: int
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return row and column in one number, sorted, and how often each occurs."""
        import numpy as np

        codes = Codes.folded(texts, MOST_READ)
        found = [*self._runs(codes), _words(words, start, len(texts)), self._spotted(codes)]
        parts = [(rows, columns.astype(np.uint32)) for rows, columns in found]
        shift = np.uint32(int(self.columns).bit_length())
        keys = np.concatenate([(row.astype(np.uint32) << shift) | own for row, own in parts])
        keys = _sorted(keys)
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))[: keys.size]
        return keys[starts], np.diff(starts, append=keys.size)

    def _shares(self, columns: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
        """Return how much of each term a text holds."""
        import numpy as np

        table = 1.0 + np.log(np.arange(1, int(counts.max(initial=1)) + 1))
        data: NDArray[Any] = table.astype(np.float32)[counts - 1]
        data[columns >= HASHED] = _MATTER
        data[columns >= HASHED + self._matters] = _CONCEPT
        return data

    def _runs(self, codes: Codes) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        import numpy as np

        found = []
        for length, rolled, whole in codes.runs(_LONGEST_RUN):
            with np.errstate(over="ignore"):
                mixed = ((rolled + np.uint64(length)) * np.uint64(_MIX)) >> np.uint64(64 - _BITS)
            found.append((codes.owner[: rolled.size][whole], mixed[whole].astype(np.int64)))
        return found

    def _spotted(self, codes: Codes) -> tuple[NDArray[Any], NDArray[Any]]:
        rows, targets = self._spotter.spot(codes)
        return rows, targets + HASHED


def _sorted(keys: NDArray[Any]) -> NDArray[Any]:
    """Return numbers of 32 bits in order, by their lower half and then by their upper one.

    Numbers of 16 bits are sorted by counting: two times takes half of the time of once with 32.
    """
    import numpy as np

    half = keys[np.argsort(keys.astype(np.uint16), kind="stable")]
    found: NDArray[Any] = half[np.argsort((half >> 16).astype(np.uint16), kind="stable")]
    return found


def _words(words: WordLists, start: int, texts: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return text, counted from ``start``, and column of every word of more than a character."""
    import numpy as np

    ends = words.ends[start : start + texts + 1]
    column = np.array([_column(word) for word in words.vocabulary], dtype=np.int64)
    columns = column[words.codes[ends[0] : ends[-1]]]
    rows = np.repeat(np.arange(texts), np.diff(ends))
    kept = columns >= 0
    return rows[kept], columns[kept]


def _column(word: str) -> int:
    """Return the column of a word, -1 where it is a single character, which is counted anyhow."""
    if len(word) < 2:
        return -1
    return crc32(b"w:" + word.encode("utf-8", "surrogatepass")) % HASHED
