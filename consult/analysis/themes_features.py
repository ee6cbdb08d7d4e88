"""Comments as weighted vectors: runs of one to three characters, words, and matters of life.

Terms are hashed into a fixed number of columns, so no vocabulary has to be kept, whole sections
are counted at once in numpy, and the result depends on nothing but the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from consult.analysis.concepts import concepts
from consult.analysis.normalise import align, fold
from consult.analysis.segment import Segmenter

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

COLUMNS: Final = 1 << 20
# Characters of a comment that are read; what is asked is rarely said later.
_MOST_READ: Final = 800
_LONGEST_RUN: Final = 3
_BASE: Final = 1_000_003  # of the rolling polynomial
_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)
# A matter of life counts like a word said thirty times: (1 + ln 30) = 4.4 times a single one.
_CONCEPT_COUNT: Final = 30
# Rare terms tell asks apart, the section's own words do not: the power of the inverse frequency.
_RARITY: Final = 1.5


def counts(texts: Sequence[str], segmenter: Segmenter) -> csr_matrix:
    """Return how often each term occurs in each text."""
    import numpy as np
    from scipy.sparse import csr_matrix

    row_parts, column_parts, value_parts = [], [], []
    for rows, columns, value in (
        (*_runs([fold(text)[:_MOST_READ] for text in texts]), 1),
        (*_hashed([_words(text, segmenter) for text in texts]), 1),
        (*_hashed([_matters(text) for text in texts]), _CONCEPT_COUNT),
    ):
        row_parts.append(rows)
        column_parts.append(columns)
        value_parts.append(np.full(rows.size, value, dtype=np.float32))
    place = (np.concatenate(row_parts), np.concatenate(column_parts))
    found = csr_matrix((np.concatenate(value_parts), place), shape=(len(texts), COLUMNS))
    found.sum_duplicates()
    return found


def frequencies(matrix: csr_matrix) -> NDArray[Any]:
    """Return in how many rows each column occurs."""
    import numpy as np

    found: NDArray[Any] = np.bincount(matrix.indices, minlength=COLUMNS)
    return found


def weigh(matrix: csr_matrix, frequency: NDArray[Any], documents: int) -> csr_matrix:
    """Return rows of unit length: (1 + ln count) times a power of ln(documents / frequency).

    Columns without a term are left out: products then cost what the terms at hand cost.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags_array

    rarity = np.log((documents + 1.0) / (frequency + 0.5)).clip(0.0) ** _RARITY
    used, columns = np.unique(matrix.indices, return_inverse=True)
    data = ((1.0 + np.log(matrix.data)) * rarity[matrix.indices]).astype(np.float32)
    shape = (matrix.shape[0], max(1, used.size))
    weighed = csr_matrix((data, columns, matrix.indptr), shape=shape)
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    scaled: csr_matrix = (diags_array(1.0 / np.maximum(length, 1e-12)) @ weighed).tocsr()
    return scaled


def _words(text: str, segmenter: Segmenter) -> list[str]:
    return [f"w:{word}" for word in segmenter.words(text[:_MOST_READ]) if len(word) > 1]


def _matters(text: str) -> list[str]:
    return [f"c:{name}" for name in concepts(align(text[:_MOST_READ]))]


def _hashed(tokens: Sequence[Sequence[str]]) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    rows = np.repeat(np.arange(len(tokens)), [len(own) for own in tokens])
    columns = [crc32(token.encode()) % COLUMNS for own in tokens for token in own]
    return rows, np.asarray(columns, dtype=np.int64)


def _runs(texts: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return row and column of every run of one to three characters."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    rows, columns = [owner[:0]], [owner[:0]]
    rolled = np.zeros(codes.size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for length in range(1, min(_LONGEST_RUN, codes.size) + 1):
            size = codes.size - length + 1
            rolled = rolled[:size] * np.uint64(_BASE) + codes[length - 1 :] + np.uint64(length)
            inside = owner[:size] == owner[length - 1 :]
            mixed = (rolled[inside] * np.uint64(_MIX)) >> np.uint64(64 - 20)
            rows.append(owner[:size][inside])
            columns.append(mixed.astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)
