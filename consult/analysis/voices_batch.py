"""Who makes whose ask in many groups at once: what ``voices.makes`` says of each two of a group.

Only a sentence that shares enough pairs of characters with an ask can make it. The pairs of all
sentences are counted together; what is left, a few of each group, is looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from consult.analysis.naming_batch import CODE_BITS, distinct, pair_keys
from consult.analysis.normalise_batch import normalised
from consult.analysis.opposites import Opposites
from consult.analysis.readings import Reading
from consult.analysis.voices import SAME_WORDS, TELLING, Statement, says_it, wants_the_same

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consult.analysis.normalise_batch import Batch

_PAIR_BITS = 2 * CODE_BITS  # below the number of a sentence, an ask or a group
_PAIR = (1 << _PAIR_BITS) - 1


class Ask(NamedTuple):
    """An ask, the number of its group, and the texts (indices) of the group that may make it."""

    statement: Statement
    group: int
    others: Sequence[int]


class Backing:
    """Compares asks with the texts of a batch; ``groups`` holds the number of each text's group."""

    def __init__(self, batch: Batch, texts: Sequence[Reading], groups: Sequence[int]) -> None:
        import numpy as np

        self._texts = texts
        self._groups = np.asarray(groups, dtype=np.int64)
        self._spans = [(n, a, b) for n, read in enumerate(texts) for a, b in read.sentences]
        said = _said(batch, self._spans)
        self._sentence, self._pair = said >> _PAIR_BITS, said & _PAIR
        self._text = np.array([span[0] for span in self._spans], dtype=np.int64)[self._sentence]

    def backers(
        self, asks: Sequence[Ask], statements: Sequence[Statement], opposites: Opposites
    ) -> list[set[int]]:
        """Return for each ask those of its others that make it; ``statements`` are by text."""
        sizes, alike = self._alike(asks)
        found = []
        for ask, size, sentences in zip(asks, sizes, alike, strict=True):
            own = ask.statement
            others = [(n, statements[n]) for n in ask.others if statements[n].agrees == own.agrees]
            if own.agrees:
                found.append({n for n, one in others if one.silent == own.silent})
                continue
            backers = {n for n, one in others if wants_the_same(one, own)} if own.aims else set()
            if size < TELLING:
                backers.update(n for n, one in others if one.folded == own.folded)
            elif sentences:
                left = {n for n, _ in others} - backers
                backers |= self._saying(own, sentences, left, opposites)
            found.append(backers)
        return found

    def _saying(
        self, ask: Statement, sentences: Sequence[int], left: set[int], opposites: Opposites
    ) -> set[int]:
        """Return the texts of which one of the sentences says what is asked."""
        found: set[int] = set()
        for number in sentences:
            text, start, end = self._spans[number]
            if text in left and says_it(self._texts[text].text[start:end], ask, opposites):
                found.add(text)
                left.discard(text)
        return found

    def _alike(self, asks: Sequence[Ask]) -> tuple[list[int], list[list[int]]]:
        """Return how many pairs each ask has, and the sentences that share enough of them."""
        import numpy as np

        keys = _asked([ask.statement for ask in asks])
        sizes = np.bincount(keys >> _PAIR_BITS, minlength=len(asks))
        ask, sentence = self._shared(keys, asks)
        every = max(1, len(self._spans))
        both = np.sort(ask * every + sentence, kind="stable")
        first, count = distinct(both)
        both = both[first]
        owner, number = both // every, both % every
        kept = (count >= SAME_WORDS * sizes[owner]) & (sizes[owner] >= TELLING)
        found: list[list[int]] = [[] for _ in asks]
        for one, other in zip(owner[kept].tolist(), number[kept].tolist(), strict=True):
            found[one].append(other)
        return sizes.tolist(), found

    def _shared(self, keys: NDArray[Any], asks: Sequence[Ask]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return ask and sentence of every pair of characters that both hold, in one group."""
        import numpy as np

        group = np.array([ask.group for ask in asks], dtype=np.int64)
        asked = (group[keys >> _PAIR_BITS] << _PAIR_BITS) | (keys & _PAIR)
        order = np.argsort(asked, kind="stable")
        asked, asker = asked[order], (keys >> _PAIR_BITS)[order]
        first, count = distinct(asked)
        known = np.append(asked[first], -1)  # a place for what comes behind all of them
        compared = np.zeros(len(self._texts), dtype=bool)
        others = chain.from_iterable(ask.others for ask in asks)
        compared[np.fromiter(others, dtype=np.int64)] = True
        mine = np.flatnonzero(compared[self._text])
        said = (self._groups[self._text[mine]] << _PAIR_BITS) | self._pair[mine]
        place = np.searchsorted(known[:-1], said)
        held = known[place] == said
        mine, place = mine[held], place[held]
        size = count[place]
        nth = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size - first[place], size)
        return asker[nth], np.repeat(self._sentence[mine], size)


def _said(batch: Batch, spans: Sequence[tuple[int, int, int]]) -> NDArray[Any]:
    """Return number of sentence and pair of every pair of characters in a sentence, each once."""
    import numpy as np

    offsets = np.cumsum([0, *map(len, batch.texts)])
    starts = np.array([offsets[text] + start for text, start, _ in spans], dtype=np.int64)
    # Whatever is said stands in a sentence, so that the last one begun is the one.
    sentence = np.searchsorted(starts, batch.places + offsets[batch.owners], side="right") - 1
    first = np.flatnonzero(sentence[1:] == sentence[:-1])
    return _each_once((sentence[first] << _PAIR_BITS) | pair_keys(batch.codes, first))


def _asked(statements: Sequence[Statement]) -> NDArray[Any]:
    """Return number of ask and pair of every pair of characters that tells it, each once."""
    import numpy as np

    parts = [(n, part) for n, one in enumerate(statements) if not one.agrees for part in one.parts]
    batch = normalised([part for _, part in parts])
    first = np.flatnonzero(batch.owners[1:] == batch.owners[:-1])
    owner = np.array([n for n, _ in parts], dtype=np.int64)[batch.owners[first]]
    return _each_once((owner << _PAIR_BITS) | pair_keys(batch.codes, first))


def _each_once(keys: NDArray[Any]) -> NDArray[Any]:
    keys.sort(kind="stable")
    found: NDArray[Any] = keys[distinct(keys)[0]]
    return found
