"""Folding many texts at once: the same as ``fold`` of each, by table look-up on code points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.normalise import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
_CODES: Final = 0x110000
_UTF32: Final = ("utf-32-le", "surrogatepass")


def fold_many(texts: Sequence[str]) -> list[str]:
    """Return ``fold`` of every text; about ten times faster than one by one."""
    import numpy as np

    table = np.zeros(_CODES, np.uint32)
    known = np.zeros(_CODES, bool)
    folded: list[str] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        codes = code_points(chunk)
        met = np.zeros(_CODES, bool)
        met[codes] = True
        for code in np.flatnonzero(met & ~known).tolist():
            table[code] = ord(fold(chr(code)) or "\0")  # silent characters fold to nothing
        known |= met
        said = table[codes]
        kept = said != 0
        ends = np.concatenate(([0], np.cumsum(kept)))[bounds(chunk)].tolist()
        words = said[kept].tobytes().decode(*_UTF32)
        folded += _slices(words, ends)
    return folded


def code_points(texts: Sequence[str]) -> NDArray[Any]:
    """Return the code points of all texts, one behind the other."""
    import numpy as np

    return np.frombuffer("".join(texts).encode(*_UTF32), dtype=np.uint32)


def bounds(texts: Sequence[str]) -> NDArray[Any]:
    """Return where each text starts among the code points, and where the last one ends."""
    import numpy as np

    return np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64)))


def _slices(words: str, ends: Sequence[int]) -> Iterator[str]:
    return (words[a:b] for a, b in pairwise(ends))
