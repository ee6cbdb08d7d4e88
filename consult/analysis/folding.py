"""Folding many texts at once: the same as ``fold`` of each, by table look-up on code points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.normalise import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLAUSE: Final = "\n"  # stands where a clause ended
_MARKS: Final = frozenset("，。！？；：…,!?;:\n")
_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
_CODES: Final = 0x110000
_UTF32: Final = ("utf-32-le", "surrogatepass")


def fold_many(texts: Sequence[str]) -> list[str]:
    """Return ``fold`` of every text; about five times faster than one by one."""
    return [words.replace(CLAUSE, "") for words in cut_many(texts)]


def cut_many(texts: Sequence[str]) -> list[str]:
    """Return every text folded, with ``CLAUSE`` in the place of marks that end a clause."""
    import numpy as np

    table, known = _tables()
    cut: list[str] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        codes = code_points(chunk)
        unknown = codes[~known[codes]]
        if len(unknown):
            new = np.unique(unknown)
            table[new] = [_code(chr(code)) for code in new.tolist()]
            known[new] = True  # last: another thread may look up what is known
        said = table[codes]
        kept = said != 0
        ends = np.concatenate(([0], np.cumsum(kept)))[bounds(chunk)].tolist()
        words = said[kept].tobytes().decode(*_UTF32)
        cut += _slices(words, ends)
    return cut


@cache
def _tables() -> tuple[NDArray[Any], NDArray[Any]]:
    """Return what stands for each code point, and which ones have been looked up.

    Kept: a hundred letters hold a thousand different characters, and looking these up again took
    a quarter of the time of comparing them. Memory is taken for the pages in use alone.
    """
    import numpy as np

    return np.zeros(_CODES, np.uint32), np.zeros(_CODES, bool)


class _CutTable(dict[int, str]):
    """Maps a code point to what stands for it, computed on first sight."""

    def __missing__(self, code: int) -> str:
        found = self[code] = chr(_code(chr(code))).strip("\0")
        return found


_CUT: Final = _CutTable()


def cut(text: str) -> str:
    """Return one text as ``cut_many`` does: without its tables of half a megabyte."""
    return text.translate(_CUT)


def _code(char: str) -> int:
    """Return the code point that stands for a character, 0 for none."""
    return ord(CLAUSE if char in _MARKS else fold(char) or "\0")


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
