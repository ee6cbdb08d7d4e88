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
from consult.domain.knowledge import Thesaurus

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_BITS: Final = 20
_HASHED: Final = 1 << _BITS
# Characters of a comment that are read; what is asked is rarely said later.
MOST_READ: Final = 800
_LONGEST_RUN: Final = 2
_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
# A matter of life weighs 4.4 times a character said once, a concept of the thesaurus twice: it has
# ten times as many, and finer ones. Best of 1 to 6 on three sets written apart from each other.
_MATTER: Final = 4.4
_CONCEPT: Final = 2.0


class Features:
    """Turns texts into rows of how much of each term they hold; knows no weights of terms."""

    def __init__(self, thesaurus: Thesaurus | None = None) -> None:
        concepts = (thesaurus or Thesaurus()).concepts
        self._matters = len(CONCEPTS)
        self.columns = _HASHED + self._matters + len(concepts)
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

    def rows(self, texts: Sequence[str], words: Sequence[Sequence[str]]) -> csr_matrix:
        """Return (texts, columns): 1 + ln count of a term, a fixed share of a matter or concept."""
        import numpy as np
        from scipy.sparse import csr_matrix

        codes = Codes.folded(texts, MOST_READ)
        shift = int(self.columns).bit_length()
        parts = [*self._runs(codes), _words(words), self._spotted(codes)]
        keys = np.concatenate([(rows << shift) | columns for rows, columns in parts])
        keys.sort()
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.diff(starts, append=keys.size)
        rows, columns = keys[starts] >> shift, keys[starts] & ((1 << shift) - 1)
        data = (1.0 + np.log(counts)).astype(np.float32)
        data[columns >= _HASHED] = _MATTER
        data[columns >= _HASHED + self._matters] = _CONCEPT
        ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])
        return csr_matrix((data, columns, ends), shape=(len(texts), self.columns))

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
        return rows, targets + _HASHED


class _Columns(dict[str, int]):
    """The column of a word; most words come again and again."""

    def __missing__(self, word: str) -> int:
        self[word] = found = crc32(b"w:" + word.encode("utf-8", "surrogatepass")) % _HASHED
        return found


def _words(words: Sequence[Sequence[str]]) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    table = _Columns()
    columns = [[table[word] for word in own if len(word) > 1] for own in words]
    rows = np.repeat(np.arange(len(words)), [len(own) for own in columns])
    return rows, np.array([column for own in columns for column in own], dtype=np.int64)
