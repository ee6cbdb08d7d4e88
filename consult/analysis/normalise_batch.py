"""Many texts normalised at once: the forms of ``normalise``, a hundred times cheaper a character.

The characters of all texts lie in one array, so that looking up, folding and cutting into runs are
a few array operations for thousands of texts, and one text is simply a batch of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consult.analysis.normalise import align, fold

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
_CODE_POINTS: Final = 0x110000
_UNSEEN: Final = np.uint32(0xFFFFFFFF)
SILENT: Final = 0  # stands for a character that carries no wording; NUL itself carries none


class CodeTable:
    """Maps code points to numbers; an entry is computed when its character is first seen."""

    def __init__(self, number: Callable[[str], int]) -> None:
        """Take what gives a character its number, below 2^32 - 1."""
        self._number = number
        self._codes = np.full(_CODE_POINTS, _UNSEEN, dtype=np.uint32)

    def __call__(self, codes: Codes) -> Codes:
        """Return the number of each code point."""
        found = self._codes.take(codes)
        if found.size and found.max() == _UNSEEN:
            for code in np.unique(codes[found == _UNSEEN]).tolist():
                self._codes[code] = self._number(chr(code))
            found = self._codes.take(codes)
        return found


_ALIGNED: Final = CodeTable(lambda char: ord(align(char)))
_FOLDED: Final = CodeTable(lambda char: ord(fold(char) or "\0"))


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def folded_codes(text: str) -> Codes:
    """Return the code points of the folded form of a text."""
    folded = _FOLDED(codes_of(text))
    loud: Codes = folded[folded != SILENT]
    return loud


def folded_parts(texts: Sequence[str]) -> tuple[Codes, Places]:
    """Return the code points of the folded forms of texts, and where each begins and all end."""
    folded = _FOLDED(codes_of("".join(texts)))
    loud = folded != SILENT
    ends = np.cumsum([0, *map(len, texts)])
    before = np.zeros(len(folded) + 1, dtype=np.int64)
    np.cumsum(loud, out=before[1:])
    return folded[loud], before[ends]


def text_of(codes: Codes) -> str:
    """Return the text of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class Forms(NamedTuple):
    """One text with its forms.

    ``every`` are the positions of the folded characters of a batch, its own ones from ``begin`` on.
    """

    text: str
    aligned: str
    folded: str
    every: Places
    begin: int

    @property
    def places(self) -> Places:
        """The positions of the folded characters in the text."""
        return self.every[self.begin : self.begin + len(self.folded)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the text of a span in its folded form."""
        begin, place = self.begin, self.every.item
        return place(begin + start), place(begin + end - 1) + 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts with their aligned and folded forms.

    ``codes`` holds the folded characters of all texts one after another, ``places`` the position
    of each in its own text, ``owners`` the number of that text; those of text ``i`` lie from
    ``starts[i]`` to ``starts[i + 1]``. ``signs`` holds all aligned characters in the same way,
    those of text ``i`` from ``ends[i]`` to ``ends[i + 1]``.
    """

    texts: tuple[str, ...]
    aligned: tuple[str, ...]
    folded: tuple[str, ...]
    codes: Codes
    places: Places
    owners: Places
    starts: Places
    signs: Codes
    ends: Places

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, i: int) -> Forms:
        begin = int(self.starts[i])
        return Forms(self.texts[i], self.aligned[i], self.folded[i], self.places, begin)

    def __iter__(self) -> Iterator[Forms]:
        every = zip(self.texts, self.aligned, self.folded, self.starts.tolist(), strict=False)
        for text, shown, folded, begin in every:
            yield Forms(text, shown, folded, self.places, begin)

    def at(self, places: Places) -> Places:
        """Return the text in which each of these places in ``signs`` lies."""
        if len(self.texts) == 1:
            return np.zeros(len(places), dtype=np.int64)
        return np.searchsorted(self.ends, places, side="right") - 1


def normalised(texts: Sequence[str]) -> Batch:
    """Return the aligned and folded forms of texts: what ``align`` and ``fold`` give for each."""
    codes = codes_of("".join(texts))
    shown, folded = _ALIGNED(codes), _FOLDED(codes)
    loud = folded != SILENT
    kept = loud.nonzero()[0]
    if len(texts) == 1:
        return _one(texts[0], shown, folded[kept], kept)
    ends = np.cumsum([0, *map(len, texts)])
    before = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(loud, out=before[1:])
    starts = before[ends]
    owners = np.repeat(np.arange(len(texts)), starts[1:] - starts[:-1])
    own = folded[kept]
    return Batch(
        texts=tuple(texts),
        aligned=_cut(text_of(shown), ends),
        folded=_cut(text_of(own), starts),
        codes=own,
        places=kept - ends[owners],
        owners=owners,
        starts=starts,
        signs=shown,
        ends=ends,
    )


def _one(text: str, shown: Codes, own: Codes, kept: Places) -> Batch:
    """Return the batch of a single text, which needs no cutting: half of the time of the rest."""
    owners, starts = np.zeros(len(own), dtype=np.int64), np.array((0, len(own)))
    ends = np.array((0, len(text)))
    return Batch(
        (text,), (text_of(shown),), (text_of(own),), own, kept, owners, starts, shown, ends
    )


def aligned(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the aligned texts alone."""
    codes = codes_of("".join(texts))
    return _cut(text_of(_ALIGNED(codes)), np.cumsum([0, *map(len, texts)]))


def folded(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the folded texts alone."""
    codes, ends = folded_parts(texts)
    return _cut(text_of(codes), ends)


def _cut(text: str, ends: Places) -> tuple[str, ...]:
    bounds = ends.tolist()
    return tuple(text[a:b] for a, b in pairwise(bounds))
