"""What a finder knows of each text before it compares: buckets, a bit map, a hash of the whole.

Kept by text for the finder's next call; about 0.8 KB of arrays a text of 130 characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.engine import map_threads
from consult.analysis.families_signatures import (
    BANDS,
    BITS,
    all_band_keys,
    bit_maps,
    content,
    runs,
    said,
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

    def rows(self, texts: Texts, numbers: NDArray[Any], processes: int = 1) -> NDArray[Any]:
        """Return the rows of texts of three folded characters and more; looks at new ones."""
        import numpy as np

        unknown = np.full(len(texts) - len(self._row), -1, np.int32)
        self._row = np.concatenate((self._row, unknown))
        new = numbers[self._row[numbers] < 0]
        self._row[new] = np.arange(len(self._content), len(self._content) + len(new))
        if len(new):
            chunks = [new[start : start + _CHUNK] for start in range(0, len(new), _CHUNK)]
            self._add(map_threads(partial(_looked_at, texts), chunks, processes))
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

    def _add(self, looks: Sequence[_Look]) -> None:
        import numpy as np

        ends = np.cumsum(np.concatenate([look.counts for look in looks]))
        self._begin = np.concatenate((self._begin, self._begin[-1] + ends))
        self._bands = np.concatenate((self._bands, *[look.bands for look in looks]), axis=1)
        self._maps = np.concatenate((self._maps, *[look.maps for look in looks]))
        self._content = np.concatenate((self._content, *[look.content for look in looks]))
        self._runs = np.concatenate((self._runs, *[look.runs for look in looks]))


class _Look(NamedTuple):
    """What is known of some texts: a column each in ``bands``, a row or number in the others."""

    bands: NDArray[Any]
    maps: NDArray[Any]
    content: NDArray[Any]
    runs: NDArray[Any]
    counts: NDArray[Any]  # of the runs


def _looked_at(texts: Texts, numbers: NDArray[Any]) -> _Look:
    import numpy as np

    own = said(texts.folded(numbers.tolist()))
    hashes, ends = triples(own)
    owner, keys = runs(own)
    return _Look(
        bands=np.ascontiguousarray(all_band_keys(signatures(hashes, ends)).T),
        maps=bit_maps(hashes, ends),
        content=content(own),
        runs=keys,
        counts=np.bincount(owner, minlength=len(numbers)),
    )
