"""The one door to jieba: Chinese words, by rjieba (Rust) or by jieba itself, with equal results.

Both engines share dictionary and model but disagree on runs of Latin letters and digits and on rare
ideographs. So this module cuts such runs itself, by one rule, and hands the engines nothing but
runs of common Chinese characters, where they agree.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from consult.analysis.key_table import keys_at
from consult.analysis.normalise import align
from consult.analysis.normalise_batch import Codes, Places, aligned, codes_of, text_of
from consult.analysis.segment_layout import (
    ALONE,
    HAN,
    HAN_CODE,
    KINDS,
    LETTER,
    LETTER_CODE,
    Bag,
    Laid,
    without_han,
)
from consult.analysis.word_lists import Numbers, WordLists

# Of a user word. The dictionary sums to about 60 million; 3,000 beats every product of two common
# words (the commonest pairs stay below 1,000) without swallowing frequent neighbours.
FREQUENCY: Final = 3000
TAG: Final = "n"
# Changes whenever a rule of this module does: stored tokens carry it.
RULES: Final = "1"
# A number with its decimals and percent sign; a word with digits and inner marks (r&d, p18, c++).
_NUMBER: Final = rf"\d+(?:[.,]\d+)*%?(?!{LETTER})"
_LATIN: Final = rf"{LETTER}+(?:[&'+#-]+{LETTER}+)*(?:\+\+|#)?"
_PIECE: Final = 4000  # characters cut at once
_BREAK: Final = ord("\n")


class _Engine(Protocol):
    def add_word(self, word: str, freq: int, tag: str) -> object: ...
    def cut(self, text: str) -> Iterable[str]: ...
    def cut_for_search(self, text: str) -> Iterable[str]: ...


_OWN_OF_RJIEBA: Final = ["unused"]


def _load_rjieba() -> _Engine:
    """Load rjieba: the first time the engine that the module itself has loaded.

    It does so on import; another one takes a tenth of a second and 25 MiB in each process.
    """
    import rjieba

    module: Any = rjieba
    try:
        _OWN_OF_RJIEBA.pop()  # one thread alone gets it
    except IndexError:
        module = rjieba.Jieba()
    engine: _Engine = module
    return engine


def _load_jieba() -> _Engine:
    """Load jieba with a private place for its cache and without its log lines and warnings.

    jieba keeps its dictionary as ``marshal`` data in the shared temporary folder, where anybody
    could put another; a folder of our own, gone at exit, costs a second at the first use.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    tokenizer: Any = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="consult-words-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    engine: _Engine = tokenizer
    return engine


def _load(engine: str) -> tuple[str, _Engine]:
    if engine not in ("auto", "rjieba", "jieba"):
        raise ValueError(f"unknown engine: {engine}")
    if engine != "jieba":
        try:
            return "rjieba", _load_rjieba()
        except ImportError:
            if engine == "rjieba":
                raise
    return "jieba", _load_jieba()


@lru_cache(maxsize=2)
def _loaded(engine: str, words: tuple[str, ...]) -> tuple[str, _Engine]:
    """Return an engine that knows these words; nothing changes it any more.

    Loading one takes a tenth of a second, and a site asks for the words of one consultation again
    and again: the last two are kept.
    """
    name, loaded = _load(engine)
    for word in words:
        loaded.add_word(word, FREQUENCY, TAG)
    return name, loaded


class Segmenter:
    """Cuts texts into words, lower-cased and simplified, without blanks and punctuation.

    ``words`` are added to the dictionary with an explicit frequency. ``engine`` is ``rjieba``,
    ``jieba`` or ``auto`` (rjieba where installed). Picklable: a copy loads its own engine.
    """

    def __init__(self, words: Iterable[str] = (), engine: str = "auto") -> None:
        self.user_words = tuple(sorted({align(word.strip()) for word in words} - {""}))
        self.requested = engine
        han = tuple(word for word in self.user_words if HAN.fullmatch(word))
        self.engine, self._engine = _loaded(engine, han)
        mixed = [word for word in self.user_words if not HAN.fullmatch(word)]
        mixed.sort(key=lambda word: (-len(word), word))
        parts = [re.escape(word) for word in mixed]
        self._pattern = re.compile("|".join([*parts, HAN.pattern, ALONE, _NUMBER, _LATIN]))
        self._mixed = frozenset(mixed)
        self._starts = _mixed_starts(mixed)
        # Words that begin or end inside of a run of Chinese characters, and words that no letter or
        # digit tells of.
        self._entangled = any(HAN.search(word) for word in mixed)
        self._odd = any(not (KINDS(codes_of(word)) == LETTER_CODE).any() for word in mixed)

    def __reduce__(self) -> tuple[type[Segmenter], tuple[tuple[str, ...], str]]:
        return type(self), (self.user_words, self.requested)

    @property
    def version(self) -> str:
        """What stored tokens depend on: rules and user words; not the engine, they agree."""
        return f"{RULES}-{sha256(chr(10).join(self.user_words).encode()).hexdigest()[:12]}"

    def words(self, text: str) -> list[str]:
        """Return the words in order."""
        found: list[str] = []
        for run in self._runs(align(text)):
            if self._is_han(run):
                found.extend(self._engine.cut(run))
            else:
                found.append(run)
        return found

    def words_of(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of each text; the engine is asked once for all of them."""
        return self.words_of_aligned(aligned(texts))

    def words_of_aligned(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of texts that are aligned already, in order."""
        runs = [self._runs(text) for text in texts]
        han = [[self._is_han(run) for run in own] for own in runs]
        every = zip(chain.from_iterable(runs), chain.from_iterable(han), strict=True)
        cut = iter(self._engine.cut("\n".join([run for run, is_han in every if is_han])))
        found = []
        for own, own_han in zip(runs, han, strict=True):
            words: list[str] = []
            for run, is_han in zip(own, own_han, strict=True):
                if not is_han:
                    words.append(run)
                    continue
                for word in cut:
                    if word == "\n":  # no engine joins words across a line break
                        break
                    words.append(word)
            found.append(words)
        return found

    def bag(self, texts: Sequence[str]) -> Bag:
        """Return the words of texts that are aligned already, in one list."""
        laid = self._laid(texts)
        # The words themselves are let go piece by piece, while they are in the processor's cache.
        own = [np.fromiter(map(len, words), np.int64, len(words)) for words in self._cut(laid)]
        lengths = np.concatenate([np.zeros(0, dtype=np.int64), *own])
        begin = lengths.cumsum() - lengths
        words = (laid.codes.take(begin) != _BREAK).nonzero()[0]
        begin, lengths = begin.take(words), lengths.take(words)
        keys = keys_at(laid.codes, begin, lengths)
        every = zip(*[part.compress(keys == 0).tolist() for part in (begin, lengths)], strict=True)
        others = [laid.text[start : start + length] for start, length in every]
        others += chain.from_iterable(laid.beside)
        owners = laid.owners(begin)
        return Bag(owners, np.pad(keys, (0, len(owners) - len(keys))), others)

    def lists(self, texts: Sequence[str]) -> WordLists:
        """Return the words of texts that are aligned already, those of a text in no order.

        Half as dear as ``words_of_aligned``: no run is looked at by itself. The vocabulary may hold
        a line break, which no text has.
        """
        laid, numbers = self._laid(texts), Numbers()
        number = numbers.__getitem__
        own = [np.fromiter(map(number, words), np.int32, len(words)) for words in self._cut(laid)]
        codes = np.concatenate([np.zeros(0, dtype=np.int32), *own])
        lengths = np.fromiter(map(len, numbers), np.int64, len(numbers)).take(codes)
        begin = lengths.cumsum() - lengths
        words = (laid.codes.take(begin) != _BREAK).nonzero()[0]
        others = np.fromiter(map(number, chain.from_iterable(laid.beside)), np.int32)
        owners = laid.owners(begin.take(words))
        order = np.argsort(owners, kind="stable")
        ends = np.cumsum(np.bincount(owners + 1, minlength=len(texts) + 1))
        return WordLists(tuple(numbers), np.concatenate((codes.take(words), others))[order], ends)

    def _laid(self, texts: Sequence[str]) -> Laid:
        """Lay texts out for the engine."""
        # A line break ends each text: none is empty then, and no engine joins words across it.
        codes = codes_of("\n".join([*texts, ""]))
        kinds, sizes = KINDS(codes), np.array([len(text) + 1 for text in texts], dtype=np.int64)
        han, mixed = kinds == HAN_CODE, self._having_others(kinds, sizes)
        if self._entangled:
            han &= ~np.repeat(mixed, sizes)
        codes = np.where(han, codes, _BREAK)
        places = mixed.nonzero()[0]
        beside = self._beside([texts[place] for place in places.tolist()])
        return Laid(codes, text_of(codes), sizes, places, beside)

    def _cut(self, laid: Laid) -> Iterator[list[str]]:
        """Yield the words and line breaks of some texts at a time."""
        ends = np.cumsum(laid.sizes)
        last = np.diff(ends // _PIECE, append=-1) != 0
        for start, end in pairwise([0, *ends[last].tolist()]):
            yield list(self._engine.cut(laid.text[start:end]))

    def _beside(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words that are more than Chinese characters, of texts that have some.

        All their words where such begin or end inside of a run of Chinese characters.
        """
        if self._entangled:
            return self.words_of_aligned(texts)
        return list(map(self._pattern.findall, without_han(texts)))

    def _having_others(self, kinds: Codes, sizes: Places) -> NDArray[np.bool_]:
        """Tell which texts have words that are more than Chinese characters: most have none."""
        if self._odd:
            return np.ones(len(sizes), dtype=bool)
        others: NDArray[np.bool_] = (
            np.maximum.reduceat(kinds, np.cumsum(sizes) - sizes) == LETTER_CODE
        )
        return others

    def search_tokens(self, text: str) -> list[str]:
        """Return the words for a search index: long words also by their parts."""
        found: list[str] = []
        for run in self._runs(align(text)):
            if self._is_han(run):
                found.extend(self._engine.cut_for_search(run))
            else:
                found.append(run)
        return found

    def _runs(self, text: str) -> list[str]:
        """Return the runs of an aligned text: for the engine, or words already."""
        if self._starts is not None:
            text = self._starts.sub(r"\n\g<0>", text)
        return self._pattern.findall(text)

    def _is_han(self, run: str) -> bool:
        """Tell whether a run is for the engine: a run that begins so is all of common characters.

        Only user words of mixed script begin so and go on otherwise.
        """
        return "\u4e00" <= run[0] <= "\u9fd5" and run not in self._mixed


def _mixed_starts(mixed: list[str]) -> re.Pattern[str] | None:
    """Return what finds mixed user words that begin with a Chinese character (``数字x``).

    Such a word would vanish in the run of characters before it; a blank in front frees it.
    """
    inner = [re.escape(word) for word in mixed if HAN.match(word)]
    return re.compile("|".join(inner)) if inner else None
