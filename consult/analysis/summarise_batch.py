"""The quotations of many groups at once: what ``quotes_read`` says of each, to the last digit.

Sums are taken in the order in which it takes them, over the pairs of characters of all sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from consult.analysis.naming_batch import CODE_BITS, distinct, pair_keys
from consult.analysis.normalise_batch import normalised
from consult.analysis.readings import Reading
from consult.analysis.summarise import FALL, Sentence, chosen, most_read, shortened, telling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consult.analysis.normalise_batch import Batch

_PAIR_BITS = 2 * CODE_BITS


class Quoted(NamedTuple):
    """The texts of a group, and how many sentences are wanted of them."""

    texts: Sequence[Reading]
    top: int


class _Pool(NamedTuple):
    """The sentences of all groups that may be quoted, each with its number among ``said``."""

    sentences: list[Sentence]
    said: list[int]
    begin: list[int]  # of each group its first sentence, the number of all behind


def quotes_many(groups: Sequence[Quoted]) -> list[list[tuple[int, str]]]:
    """Return for each group what ``quotes_read`` does."""
    said = [
        (group, index, own.texts[index].text[a:b])
        for group, own in enumerate(groups)
        for index in most_read([read.text for read in own.texts])
        for a, b in own.texts[index].sentences
    ]
    batch = normalised([words for _, _, words in said])
    pool = _pool(said, batch.folded, len(groups))
    terms = _Terms(batch, pool)
    found = []
    for group, own in enumerate(groups):
        begin, end = pool.begin[group : group + 2]
        sentences = pool.sentences[begin:end]
        worth = terms.worth[begin:end].tolist()
        picked = chosen(sentences, worth, partial(terms.near, group), own.top)
        found.append([(sentences[n].text, shortened(sentences[n].words)) for n in picked])
    return found


def _pool(said: Sequence[tuple[int, int, str]], folded: Sequence[str], groups: int) -> _Pool:
    """Take the sentences that tell something, text by text."""
    pool = _Pool([], [], [0] * (groups + 1))
    start = 0
    while start < len(said):
        group, index, _ = said[start]
        end = start
        while end < len(said) and said[end][:2] == (group, index):
            end += 1
        for place, (n, words) in enumerate(telling(folded[start:end])):
            pool.sentences.append(Sentence(index, place, said[start + n][2], words))
            pool.said.append(start + n)
            pool.begin[group + 1] += 1
        start = end
    pool.begin[:] = accumulate(pool.begin)
    return pool


class _Terms:
    """The pairs of characters of the sentences of a pool as unit vectors.

    ``worth`` is the likeness of each sentence to all of its group, less for those further back.
    """

    def __init__(self, batch: Batch, pool: _Pool) -> None:
        import numpy as np

        size = np.diff(pool.begin)
        group = np.repeat(np.arange(size.size), size)
        keys = np.sort(_held(batch, pool.said), kind="stable")
        first, count = distinct(keys)
        self._sentence = keys[first] >> _PAIR_BITS
        term, self._term = _numbered(group[self._sentence], keys[first])
        often = np.bincount(self._term, minlength=term.size)
        raw = _leads(count) * _rarity(size[group[self._sentence[term]]], often)[self._term]
        self._value = raw / _length(self._sentence, raw, group.size)[self._sentence]
        self._begin = np.searchsorted(self._sentence, pool.begin)
        self._at = pool.begin
        total = np.bincount(self._term, self._value, minlength=term.size)
        order = np.argsort(term)  # by where each occurs first
        owner = group[self._sentence[term]]
        total = total / _length(owner[order], total[order], size.size)[owner]
        cosine = np.bincount(self._sentence, self._value * total[self._term], group.size)
        place = np.array([sentence.place for sentence in pool.sentences])
        self.worth = cosine / (1 + FALL * place)

    def near(self, group: int, best: int) -> list[float]:
        """Return how like each sentence of a group is to one of them, by their places in it."""
        import numpy as np

        own = slice(self._begin[group], self._begin[group + 1])
        sentence = self._sentence[own] - self._at[group]
        value, term = self._value[own], self._term[own]
        term = term - term.min(initial=0)
        weight = np.zeros(int(term.max(initial=0)) + 1)
        weight[term[sentence == best]] = value[sentence == best]
        size = self._at[group + 1] - self._at[group]
        found: list[float] = np.bincount(sentence, value * weight[term], size).tolist()
        return found


def _held(batch: Batch, said: Sequence[int]) -> NDArray[Any]:
    """Return number and pair of every pair of characters in a sentence; a lone one is a pair."""
    import numpy as np

    number = np.full(len(batch.texts), -1)
    number[said] = np.arange(len(said))
    first = np.flatnonzero(batch.owners[1:] == batch.owners[:-1])
    first = first[number[batch.owners[first]] >= 0]
    pairs = (number[batch.owners[first]] << _PAIR_BITS) | pair_keys(batch.codes, first)
    starts = batch.starts[:-1][said]
    alone = np.flatnonzero(np.diff(batch.starts)[said] == 1)
    lone = (alone << _PAIR_BITS) | (batch.codes[starts[alone]].astype(np.int64) << CODE_BITS)
    return np.concatenate([pairs, lone])


def _numbered(group: NDArray[Any], keys: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where each pair of a group occurs first, and which of them every pair is."""
    import numpy as np

    own = (group << _PAIR_BITS) | (keys & ((1 << _PAIR_BITS) - 1))
    order = np.argsort(own, kind="stable")
    first, count = distinct(own[order])
    number = np.empty(own.size, dtype=np.int64)
    number[order] = np.repeat(np.arange(first.size), count)
    return order[first], number


def _leads(counts: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    table = np.array([0.0, *(1 + log(n) for n in range(1, int(counts.max(initial=0)) + 1))])
    found: NDArray[Any] = table[counts]
    return found


def _rarity(sentences: NDArray[Any], often: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    most = int(often.max(initial=0)) + 1
    code = sentences * most + often
    table = np.zeros(int(code.max(initial=0)) + 1)
    for own in np.flatnonzero(np.bincount(code)).tolist():
        table[own] = log(1 + own // most / (own % most))
    found: NDArray[Any] = table[code]
    return found


def _length(owner: NDArray[Any], values: NDArray[Any], owners: int) -> NDArray[Any]:
    import numpy as np

    length = np.sqrt(np.bincount(owner, values * values, owners))
    return np.where(length == 0, 1.0, length)
