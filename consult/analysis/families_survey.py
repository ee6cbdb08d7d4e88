"""What a finder knows of each text before it compares: buckets, a bit map, a hash of the whole.

Kept by text for the finder's next call; about 0.8 KB of arrays a text of 130 characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        self._count = 0  # rows
        self._looks: list[_Look] = []  # those that are not in the arrays yet
        self._bands = np.zeros((BANDS, 0), np.uint64)
        self._maps = np.zeros((0, BITS // 64), np.uint64)
        self._content = np.zeros(0, np.uint64)
        self._runs = np.zeros(0, np.uint64)
        self._begin = np.zeros(1, np.int64)  # of each row's runs; at the end their number

    def rows(self, texts: Texts, numbers: NDArray[Any], processes: int = 1) -> NDArray[Any]:
        """Return the rows of texts of three folded characters and more; looks at new ones."""
        self._make_room(len(texts))
        new = numbers[self._row[numbers] < 0].tolist()
        if new:
            self._look(new, texts.folded(new), processes)
        self._gather()
        found: NDArray[Any] = self._row[numbers]
        return found

    def look(self, texts: Texts, new: Mapping[int, str]) -> None:
        """Look at texts not looked at before, with their folded forms, ahead of ``rows``."""
        self._make_room(len(texts))
        self._look(list(new), list(new.values()), 1)

    def share(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Let texts share the rows of others that read the same."""
        for number, other in pairs:
            self._row[number] = self._row[other]

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

    def _make_room(self, texts: int) -> None:
        import numpy as np

        unknown = np.full(texts - len(self._row), -1, np.int32)
        self._row = np.concatenate((self._row, unknown))

    def _look(self, numbers: Sequence[int], folded: Sequence[str], processes: int) -> None:
        import numpy as np

        self._row[list(numbers)] = np.arange(self._count, self._count + len(numbers))
        self._count += len(numbers)
        chunks = [folded[start : start + _CHUNK] for start in range(0, len(folded), _CHUNK)]
        self._looks += map_threads(_looked_at, chunks, processes)

    def _gather(self) -> None:
        """Put what was looked at into the arrays: all at once, since each time copies them."""
        import numpy as np

        if not self._looks:
            return
        looks, self._looks = self._looks, []
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


def _looked_at(folded: Sequence[str]) -> _Look:
    import numpy as np

    own = said(folded)
    hashes, ends = triples(own)
    owner, keys = runs(own)
    return _Look(
        bands=np.ascontiguousarray(all_band_keys(signatures(hashes, ends)).T),
        maps=bit_maps(hashes, ends),
        content=content(own),
        runs=keys,
        counts=np.bincount(owner, minlength=len(folded)),
    )
