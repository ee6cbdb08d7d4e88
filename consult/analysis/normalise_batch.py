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


class _Table:
    """Maps code points to code points; an entry is computed when its character is first seen."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form
        self._codes = np.full(_CODE_POINTS, _UNSEEN, dtype=np.uint32)

    def __call__(self, codes: Codes) -> Codes:
        found = self._codes.take(codes)
        if found.size and found.max() == _UNSEEN:
            for code in np.unique(codes[found == _UNSEEN]).tolist():
                self._codes[code] = ord(self._form(chr(code)) or "\0")
            found = self._codes.take(codes)
        return found


_ALIGNED: Final = _Table(align)
_FOLDED: Final = _Table(fold)


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def folded_codes(text: str) -> Codes:
    """Return the code points of the folded form of a text."""
    folded = _FOLDED(codes_of(text))
    loud: Codes = folded[folded != SILENT]
    return loud


def text_of(codes: Codes) -> str:
    """Return the text of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class Forms(NamedTuple):
    """One text with its forms; ``places`` are the positions of the folded characters in it."""

    text: str
    aligned: str
    folded: str
    places: Places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the text of a span in its folded form."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts with their aligned and folded forms.

    ``codes`` holds the folded characters of all texts one after another, ``places`` the position
    of each in its own text, ``owners`` the number of that text; those of text ``i`` lie from
    ``starts[i]`` to ``starts[i + 1]``.
    """

    texts: tuple[str, ...]
    aligned: tuple[str, ...]
    folded: tuple[str, ...]
    codes: Codes
    places: Places
    owners: Places
    starts: Places

    def __iter__(self) -> Iterator[Forms]:
        bounds = self.starts.tolist()
        for i, text in enumerate(self.texts):
            places = self.places[bounds[i] : bounds[i + 1]]
            yield Forms(text, self.aligned[i], self.folded[i], places)


def normalised(texts: Sequence[str]) -> Batch:
    """Return the aligned and folded forms of texts: what ``align`` and ``fold`` give for each."""
    codes = codes_of("".join(texts))
    folded = _FOLDED(codes)
    loud = folded != SILENT
    kept = loud.nonzero()[0]
    if len(texts) == 1:
        return _one(texts[0], codes, folded[kept], kept)
    ends = np.cumsum([0, *map(len, texts)])
    before = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(loud, out=before[1:])
    starts = before[ends]
    owners = np.repeat(np.arange(len(texts)), starts[1:] - starts[:-1])
    own = folded[kept]
    return Batch(
        texts=tuple(texts),
        aligned=_cut(text_of(_ALIGNED(codes)), ends),
        folded=_cut(text_of(own), starts),
        codes=own,
        places=kept - ends[owners],
        owners=owners,
        starts=starts,
    )


def _one(text: str, codes: Codes, own: Codes, kept: Places) -> Batch:
    """Return the batch of a single text, which needs no cutting: half of the time of the rest."""
    owners, starts = np.zeros(len(own), dtype=np.int64), np.array((0, len(own)))
    shown = (text_of(_ALIGNED(codes)),)
    return Batch((text,), shown, (text_of(own),), own, kept, owners, starts)


def aligned(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the aligned texts alone."""
    codes = codes_of("".join(texts))
    return _cut(text_of(_ALIGNED(codes)), np.cumsum([0, *map(len, texts)]))


def _cut(text: str, ends: Places) -> tuple[str, ...]:
    bounds = ends.tolist()
    return tuple(text[a:b] for a, b in pairwise(bounds))
