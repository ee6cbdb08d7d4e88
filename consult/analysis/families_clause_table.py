"""The clauses of many texts as numbers, so that what two texts share is found by sorting.

Clauses that read the same have the same number. They are told by 64-bit hashes of their characters
and places: among ten million different clauses two are taken for one with a probability of 3e-6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import map_threads
from consult.analysis.families_alike import alike
from consult.analysis.families_clauses import Clauses
from consult.analysis.families_signatures import mixed
from consult.analysis.families_texts import Texts
from consult.analysis.folding import CLAUSE, bounds, code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
CLAUSE_BITS: Final = 0xFFFFFFFF  # of a key with something else in its upper half


class ClauseTable:
    """The different clauses of texts (by their numbers in ``Texts``); grows.

    ``size`` holds how many characters each clause has, ``kinds`` which ones (a bit each, some
    share one); ``length`` those of the clauses of each text.
    """

    def __init__(self, clauses: Clauses, texts: Texts) -> None:
        import numpy as np

        self.clauses, self.texts = clauses, texts
        self._row = np.zeros(0, np.int32)  # of a text's number; -1: not in the table
        self._clause = np.zeros(0, np.int32)  # each row has ``_count``, from ``_begin``
        self._begin, self._count, self.length = np.zeros((3, 0), np.int32)
        self._hashes = np.zeros(0, np.uint64)  # ascending
        self._number = np.zeros(0, np.int32)  # of the clause that each hash stands for
        # Of each clause: a text that holds it, where it starts there, its size, what it says.
        self._text, self._start, self.size = np.zeros((3, 0), np.int32)
        self._said = np.zeros((0, 2), np.int8)
        self.kinds = np.zeros(0, np.uint64)

    def add(self, numbers: NDArray[Any], processes: int = 1) -> None:
        """Take in texts; those that are in the table stay as they are."""
        import numpy as np

        unknown = np.full(len(self.texts) - len(self._row), -1, np.int32)
        self._row = np.concatenate((self._row, unknown))
        new = numbers[self._row[numbers] < 0]
        if not len(new):
            return
        self._row[new] = np.arange(len(self._count), len(self._count) + len(new))

        def cut(start: int) -> _Cut:
            return _cut(self.texts, new[start : start + _CHUNK], start)

        chunks = map_threads(cut, range(0, len(new), _CHUNK), processes)
        hashes, kinds, owner, start, size = map(np.concatenate, zip(*chunks, strict=True))
        number = self._numbered(hashes, kinds, new[owner], start, size)
        own = different(owner.astype(np.int64) << 32 | number)
        clause = (own & CLAUSE_BITS).astype(np.int32)
        count = np.bincount(own >> 32, minlength=len(new)).astype(np.int32)
        begin = np.cumsum(count, dtype=np.int32) - count
        length = np.add.reduceat(self.size[clause], begin)
        self._begin = np.append(self._begin, len(self._clause) + begin)
        self._clause = np.append(self._clause, clause)
        self._count = np.append(self._count, count)
        self.length = np.append(self.length, length)

    def _numbered(
        self,
        hashes: NDArray[Any],
        kinds: NDArray[Any],
        text: NDArray[Any],
        start: NDArray[Any],
        size: NDArray[Any],
    ) -> NDArray[Any]:
        """Return the numbers of clauses, by their hashes; new ones get the next numbers."""
        import numpy as np

        place = alike(hashes)
        where = np.flatnonzero(place == np.arange(len(place)))
        where = where[np.argsort(hashes[where])]
        keys = hashes[where]
        at = np.searchsorted(self._hashes, keys)
        known = np.zeros(len(keys), bool)
        inside = at < len(self._hashes)
        known[inside] = self._hashes[at[inside]] == keys[inside]
        number = np.empty(len(keys), np.int32)
        number[known] = self._number[at[known]]
        fresh = where[~known]
        number[~known] = np.arange(len(self.size), len(self.size) + len(fresh))
        self._hashes = np.insert(self._hashes, at[~known], keys[~known])
        self._number = np.insert(self._number, at[~known], number[~known])
        self._text = np.append(self._text, text[fresh].astype(np.int32))
        self._start = np.append(self._start, start[fresh])
        self.size = np.append(self.size, size[fresh])
        self.kinds = np.append(self.kinds, kinds[fresh])
        self._said = np.append(self._said, np.full((len(fresh), 2), -1, np.int8), axis=0)
        found = np.empty(len(place), np.int32)
        found[where] = number
        own: NDArray[Any] = found[place]
        return own

    def rows(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return the rows of texts that are in the table."""
        found: NDArray[Any] = self._row[numbers]
        return found

    def entries(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the clauses of rows: the place in ``rows`` in the upper half, the clause below."""
        import numpy as np

        count, begin = self._count[rows], self._begin[rows]
        place = np.repeat(np.arange(len(rows)), count)
        at = np.arange(len(place)) + np.repeat(begin - (np.cumsum(count) - count), count)
        entries: NDArray[Any] = place << 32 | self._clause[at]
        return entries

    def speak(self, clauses: NDArray[Any], which: int) -> NDArray[Any]:
        """Tell which clauses ask for something (0), or may speak against a letter (1)."""
        said = self._said[clauses, which]
        if len(said) and said.min() < 0:
            new = different(clauses[said < 0])
            self._said[new] = [self.clauses.speaks(words) for words in self.words(new)]
            said = self._said[clauses, which]
        found: NDArray[Any] = said
        return found

    def words(self, clauses: NDArray[Any]) -> list[str]:
        """Return clauses in words."""
        start = self._start[clauses]
        places = self._text[clauses], start, start + self.size[clauses]
        cut = self.texts.cut
        return [
            cut[text][begin:end]
            for text, begin, end in zip(*(own.tolist() for own in places), strict=True)
        ]


_Cut = tuple["NDArray[Any]", ...]


def _cut(texts: Texts, numbers: NDArray[Any], begin: int) -> _Cut:
    """Return of each clause of texts a hash and the kinds of its characters, then where it stands.

    That is its text's row, counted from ``begin``, where it starts in the text, and its size.
    """
    import numpy as np

    words = [texts.cut[number] + CLAUSE for number in numbers.tolist()]
    codes, of_text = code_points(words), bounds(words)
    ends = np.flatnonzero(codes == ord(CLAUSE))
    starts = np.append(0, ends[:-1] + 1)
    size = ends - starts
    row = np.searchsorted(of_text, starts, side="right") - 1
    place = np.arange(len(codes)) - np.repeat(starts, size + 1)  # the mark belongs to its clause
    keys = mixed(codes + (place.astype(np.uint64) << np.uint64(24)))
    hashes = np.add.reduceat(keys, starts)
    kinds = np.bitwise_or.reduceat(
        np.uint64(1) << (codes & np.uint32(63)).astype(np.uint64), starts
    )
    offset = (starts - of_text[row]).astype(np.int32)
    return hashes, kinds, (row + begin).astype(np.int32), offset, size.astype(np.int32)


def different(keys: NDArray[Any]) -> NDArray[Any]:
    """Return keys once each, in order: a sixth of the time that NumPy's hash table takes."""
    import numpy as np

    keys.sort()
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    found: NDArray[Any] = keys[first]
    return found
