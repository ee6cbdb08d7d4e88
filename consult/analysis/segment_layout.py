"""Texts laid out for an engine: which characters it cuts, which begin a word that it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from consult.analysis.key_table import Keys
from consult.analysis.normalise_batch import Codes, CodeTable, Places, codes_of, text_of

# The ideographs jieba's own patterns know; others stand alone.
HAN: Final = re.compile("[\u4e00-\u9fd5]+")
_IDEOGRAPHS: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTER: Final = f"[^\\W_{_IDEOGRAPHS}]"
ALONE: Final = f"[{_IDEOGRAPHS}]"

HAN_CODE: Final = 1
LETTER_CODE: Final = 2  # begins a word that no engine cuts


def _kind(char: str) -> int:
    if HAN.match(char):
        return HAN_CODE
    return LETTER_CODE if re.match(f"{LETTER}|{ALONE}", char) else 0


KINDS: Final = CodeTable(_kind)


class Bag(NamedTuple):
    """Words of texts and the text of each: those of a text in no order.

    ``keys`` are those of words of up to three characters; 0 stands for others, and where none was
    made: ``others`` are the words without a key, in order.
    """

    owners: Places
    keys: Keys
    others: list[str]


class Laid(NamedTuple):
    """Texts for the engine: line breaks stand for all but Chinese characters, and end each text.

    ``beside`` are the words that are more than these, of the texts at ``places``.
    """

    codes: Codes
    text: str
    sizes: Places  # of the texts, with the line breaks that end them
    places: Places
    beside: list[list[str]]

    def owners(self, begin: Places) -> Places:
        """Return the text of each word that begins at a place, and of each of those beside."""
        own = np.repeat(np.arange(len(self.sizes)), self.sizes).take(begin)
        beside = np.repeat(self.places, [len(words) for words in self.beside])
        return np.concatenate((own, beside))


def without_han(texts: Sequence[str]) -> list[str]:
    """Return texts with a NUL for each run of Chinese characters: little is left to search."""
    codes = codes_of("\0".join([*texts, ""]))
    han = KINDS(codes) == HAN_CODE
    kept = ~han
    kept[:1] = True
    kept[1:] |= ~han[:-1]  # the first of a run stands for it
    left = text_of(np.where(han, 0, codes)[kept])
    ends = np.cumsum(kept)[np.cumsum([len(text) + 1 for text in texts], dtype=np.int64) - 1]
    return [left[a:b] for a, b in pairwise([0, *ends.tolist()])]
