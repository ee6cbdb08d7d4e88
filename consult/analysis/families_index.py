"""The family of one new text, looked up among those of the last run in well under a millisecond.

A value over stored texts: build it after a run, keep it as long as the run is the newest. What it
answers is provisional; the next run compares everything with everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families import SHORTEST
from consult.analysis.families_matcher import Matcher
from consult.analysis.families_signatures import all_band_keys, runs, said, signatures, triples
from consult.analysis.families_texts import text_of
from consult.analysis.families_verdict import Verdict
from consult.analysis.folding import cut_many
from consult.domain.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
_LEAST_MET: Final = 2  # one bucket in common is chance
_MOST_COMPARED: Final = 4
_MOST_STANDING: Final = 64  # texts in a bucket; more of them share a set phrase


class FamilyIndex:
    """Answers which of the known texts a new one is a copy of."""

    def __init__(self, texts: Iterable[tuple[int, str]], lexicon: Lexicon | None = None) -> None:
        """Take texts with the number to answer for each: a base text for each family, and singles.

        Of texts that read the same the first one answers.
        """
        import numpy as np

        self._matcher = Matcher(lexicon.opposites if lexicon else ())
        known = list(texts)
        raw = [text for _, text in known]
        self._numbers = [number for number, _ in known]
        self._texts = [text_of(*pair) for pair in zip(raw, cut_many(raw), strict=True)]
        self._equal: dict[str, int] = {}
        for place, text in enumerate(self._texts):
            self._equal.setdefault(text.folded, place)
        longer = [p for p, text in enumerate(self._texts) if len(text.folded) >= SHORTEST]
        owners, keys = [np.zeros(0, np.int32)], [np.zeros(0, np.uint64)]
        for start in range(0, len(longer), _CHUNK):
            chunk = longer[start : start + _CHUNK]
            owner, key = _keys([self._texts[place].folded for place in chunk])
            owners.append(np.asarray(chunk, np.int32)[owner])
            keys.append(key)
        found = np.concatenate(keys)
        order = np.argsort(found, kind="stable")
        self._keys, self._owners = found[order], np.concatenate(owners)[order]

    def find(self, text: str) -> int | None:
        """Return the number of the text that this one copies, None when there is none."""
        new = text_of(text)
        equal = self._equal.get(new.folded)
        if equal is not None:
            return self._numbers[equal]
        if len(new.folded) < SHORTEST:
            return None
        for place in self._met(new.folded):
            if self._matcher.compare(self._texts[place], new) is Verdict.COPY:
                return self._numbers[place]
        return None

    def _met(self, folded: str) -> list[int]:
        """Return the texts in most of the same buckets, those met more often first."""
        _, keys = _keys([folded])
        low = self._keys.searchsorted(keys)
        high = self._keys.searchsorted(keys, side="right")
        met: Counter[int] = Counter()
        for start, end in zip(low.tolist(), high.tolist(), strict=True):
            if 0 < end - start <= _MOST_STANDING:
                met.update(self._owners[start:end].tolist())
        often = [(-times, place) for place, times in met.items() if times >= _LEAST_MET]
        return [place for _, place in sorted(often)[:_MOST_COMPARED]]


def _keys(words: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the positions of texts and their buckets: bands and sampled runs."""
    import numpy as np

    own = said(words)
    bands = all_band_keys(signatures(*triples(own)))
    owner, key = runs(own)
    places = np.repeat(np.arange(len(words), dtype=np.int32), bands.shape[1])
    return np.concatenate((places, owner)), np.concatenate((bands.ravel(), key))
