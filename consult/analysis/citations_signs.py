"""Signs of a citation: which texts of a batch are worth searching at all, told by their characters.

Most texts name nothing of a plan. A few array operations on all characters of a batch cost less
than a single search of each text, and let through every text in which something can be found; what
is found there is the business of the finders.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult.analysis.citations_figure_view import CHINESE, REST
from consult.analysis.citations_patterns import NUMBER, SIGNS
from consult.analysis.citations_wording import OPENING
from consult.analysis.normalise_batch import Batch, CodeTable, Places

_LEADING: Final = "第("  # stand in front of a number, the other signs of the patterns behind one
_SIGNS: Final = {sign: 1 << bit for bit, sign in enumerate(sorted(SIGNS))}
# What else is looked for, in one character each.
_KINDS: Final = (
    ("number", NUMBER),
    ("digit", r"\d"),
    ("chinese", f"[{CHINESE}]"),
    ("hundred", "百"),
    ("parts", "分"),
    ("numeral", REST),
    ("page", "[页p]"),
    ("opening", f"[{OPENING}]"),
)
_BITS: Final = {name: 1 << bit for bit, (name, _) in enumerate(_KINDS, start=len(_SIGNS))}


def mask(signs: frozenset[str]) -> int:
    """Return the bits of signs of the patterns."""
    return sum(_SIGNS[sign] for sign in signs)


def present(aligned: str) -> int:
    """Return the bits of the signs in one aligned text."""
    return sum([bit for sign, bit in _SIGNS.items() if sign in aligned])


def is_paged(aligned: str) -> bool:
    """Tell whether one aligned text may name a page."""
    return "页" in aligned or "p" in aligned


_LEADERS: Final = np.uint32(mask(frozenset(_LEADING)))
_FOLLOWERS: Final = np.uint32(mask(SIGNS.difference(_LEADING)))


def _bits(char: str) -> int:
    kinds = sum(_BITS[name] for name, one in _KINDS if re.fullmatch(one, char))
    return _SIGNS.get(char, 0) | kinds


_TABLE: Final = CodeTable(_bits)


class Signs:
    """The signs in a batch of texts."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._found = _TABLE(batch.signs)

    def numbered(self) -> dict[int, int]:
        """Return the texts in which a sign stands beside a number, with the bits of such signs.

        Every pattern has a sign directly beside a number.
        """
        number = self._has("number")
        beside = np.where(number[1:], self._found[:-1] & _LEADERS, 0)
        beside |= np.where(number[:-1], self._found[1:] & _FOLLOWERS, 0)
        places = beside.nonzero()[0]
        texts: dict[int, int] = {}
        for text, bits in zip(
            self._batch.at(places).tolist(), beside[places].tolist(), strict=True
        ):
            texts[text] = texts.get(text, 0) | bits
        return texts

    def paged(self) -> list[int]:
        """Return the texts that may name a page."""
        return self._with(self._has("page"))

    def marked(self) -> set[int]:
        """Return the texts with an opening quotation mark."""
        return set(self._with(self._has("opening")))

    def figured(self) -> list[tuple[int, int, str]]:
        """Return where a numeral may stand that a view of figures rewrites: text, place and words.

        A digit, two Chinese numerals side by side, or 百分 with one behind it; the words are all
        characters around it that numerals are written with, and the one behind them. So their own
        view has the figures that the view of the text has there.
        """
        chinese = self._has("chinese")
        numeral = self._has("digit")
        numeral[1:] |= chinese[1:] & chinese[:-1]
        numeral[1:] |= self._has("parts")[1:] & self._has("hundred")[:-1]
        begin, end = self._runs("numeral")
        own = np.searchsorted(begin, numeral.nonzero()[0], side="right") - 1
        own = own[np.diff(own, prepend=-1) != 0]  # in order already: each once
        begin, end, texts = begin[own], end[own] + 1, self._batch.at(begin[own])
        before, aligned = self._batch.ends[texts], self._batch.aligned
        places = (part.tolist() for part in (texts, begin - before, end - before))
        return [(text, a, aligned[text][a:b]) for text, a, b in zip(*places, strict=True)]

    def _runs(self, kind: str) -> tuple[Places, Places]:
        """Return where the runs of a kind of character begin and end, each within its text."""
        having = np.zeros(len(self._found) + 2, dtype=bool)
        having[1:-1] = self._has(kind)
        before, after = having[:-1], having[1:]
        edges = before != after
        edges[self._batch.ends[1:-1]] = True
        begin: Places = (edges & after).nonzero()[0]
        return begin, (edges & before).nonzero()[0]

    def _has(self, kind: str) -> NDArray[np.bool_]:
        having: NDArray[np.bool_] = (self._found & np.uint32(_BITS[kind])) != 0
        return having

    def _with(self, marks: NDArray[np.bool_]) -> list[int]:
        return list(dict.fromkeys(self._batch.at(marks.nonzero()[0]).tolist()))
