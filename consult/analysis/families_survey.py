"""What a finder knows of each text before it compares: buckets, a bit map, a hash of the whole.

Kept by text for the finder's next call; about 0.8 KB of arrays a text of 130 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families_signatures import (
    BANDS,
    BITS,
    all_band_keys,
    bit_maps,
    content,
    runs,
    signatures,
    triples,
)
from consult.analysis.families_texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache


class Survey:
    """A row for each text that has been looked at, in the order in which they came."""

    def __init__(self) -> None:
        import numpy as np

        self._row = np.zeros(0, np.int32)  # of a text's number; -1: not looked at
        self._bands = np.zeros((BANDS, 0), np.uint64)
        self._maps = np.zeros((0, BITS // 64), np.uint64)
        self._content = np.zeros(0, np.uint64)
        self._runs = np.zeros(0, np.uint64)
        self._begin = np.zeros(1, np.int64)  # of each row's runs; at the end their number

    def rows(self, texts: Texts, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return the rows of texts of three folded characters and more; looks at new ones."""
        import numpy as np

        unknown = np.full(len(texts) - len(self._row), -1, np.int32)
        self._row = np.concatenate((self._row, unknown))
        new = numbers[self._row[numbers] < 0]
        self._row[new] = np.arange(len(self._content), len(self._content) + len(new))
        if len(new):
            self._look_at(texts, new)
        found: NDArray[Any] = self._row[numbers]
        return found

    def keys(self, band: int, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the buckets of rows in one band."""
        found: NDArray[Any] = self._bands[band][rows]
        return found

    def maps(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return which bits the triples of rows set (see ``bit_maps``)."""
        found: NDArray[Any] = self._maps[rows]
        return found

    def content(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return a hash of the whole text of each row."""
        found: NDArray[Any] = self._content[rows]
        return found

    def runs(self, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the positions in ``rows`` of sampled runs, ascending, and their buckets."""
        import numpy as np

        begin = self._begin[rows]
        count = self._begin[rows + 1] - begin
        owner = np.repeat(np.arange(len(rows), dtype=np.int32), count)
        at = np.arange(len(owner)) + np.repeat(begin - (np.cumsum(count) - count), count)
        return owner, self._runs[at]

    def _look_at(self, texts: Texts, numbers: NDArray[Any]) -> None:
        import numpy as np

        bands = np.zeros((BANDS, len(numbers)), np.uint64)
        maps = np.zeros((len(numbers), BITS // 64), np.uint64)
        whole, keys, counts = [self._content], [self._runs], []
        for start in range(0, len(numbers), _CHUNK):
            chunk = texts.folded(numbers[start : start + _CHUNK].tolist())
            part = slice(start, start + len(chunk))
            hashes, ends = triples(chunk)
            bands[:, part] = all_band_keys(signatures(hashes, ends)).T
            maps[part] = bit_maps(hashes, ends)
            whole.append(content(chunk))
            owner, key = runs(chunk)
            keys.append(key)
            counts.append(np.bincount(owner, minlength=len(chunk)))
        ends = self._begin[-1] + np.cumsum(np.concatenate(counts))
        self._begin = np.concatenate((self._begin, ends))
        self._runs, self._content = np.concatenate(keys), np.concatenate(whole)
        self._bands = np.concatenate((self._bands, bands), axis=1)
        self._maps = np.concatenate((self._maps, maps))
