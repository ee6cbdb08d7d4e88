"""A cheap first look at which section a run of sentences speaks for: pairs of characters vote.

A mapper takes 0.2 ms a run. Pairs of characters, weighed by how much more often they stand in the
texts of one section than in those of the others, take a hundredth of the care and a tenth of the
time. Where neighbours vote for the same section, the mapper is not asked at all: on the labelled
letters of tests/analysis no cut is lost, and two texts in three are not asked for.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from consult.analysis.normalise_batch import Codes, Places, folded_parts, normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SLOTS: Final = 1 << 15  # pairs share a slot now and then; a vote of sixty pairs bears it
_MIX: Final = 1_000_003  # a prime, so that pairs spread over the slots
_UNSEEN: Final = 0.1  # added to every count: what a section has not said yet is not impossible
_FEW: Final = 8  # parts; an operation for each of their places would cost more than it saves


class SectionVotes:
    """Votes of character pairs, learned from texts with their section codes."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        said = list(texts)
        codes = sorted({code for code, _ in said})
        column = {code: place for place, code in enumerate(codes)}
        columns = max(1, len(codes))
        batch = normalised([text for _, text in said])
        of_text = np.array([column[code] for code, _ in said], dtype=np.int64)
        inside = batch.owners[:-1] == batch.owners[1:]  # a pair does not reach into the next text
        places = _slots(batch.codes) * columns + of_text[batch.owners[:-1]]
        seen = np.bincount(places[inside], minlength=_SLOTS * columns)
        counts = np.full((_SLOTS, columns), _UNSEEN, dtype=np.float32)
        counts += seen.reshape(_SLOTS, columns)
        votes = np.log(counts / counts.sum(axis=0))
        self._votes: NDArray[Any] = votes - votes.mean(axis=1, keepdims=True)

    def differ(self, texts: Sequence[Sequence[str]]) -> list[bool]:
        """Tell of texts, given by their parts, whether two parts vote for different sections."""
        codes, starts = folded_parts([part for text in texts for part in text])
        slots = _slots(codes)
        # A pair that begins with the last character of a part reaches into the next: left out.
        pairs = np.maximum(starts[1:] - starts[:-1] - 1, 0)
        first = iter(self._sums(slots, starts[:-1], pairs).argmax(axis=1).tolist())
        return [len(set(islice(first, len(text)))) > 1 for text in texts]

    def _sums(self, slots: Codes, starts: Places, pairs: Places) -> NDArray[Any]:
        """Return parts × sections: the votes of so many pairs from each start on.

        Where the parts are many, one operation adds a pair to each that still has one, the longest
        first: half the time of adding up part by part, in the same order. What is longer than most
        is added up alone, and so are a few.
        """
        votes = self._votes
        order = np.argsort(-pairs, kind="stable")
        begin, left = starts[order], pairs[order]
        alone = int((left > left[_FEW]).sum()) if len(left) > _FEW else len(left)
        sums = np.zeros((len(pairs), votes.shape[1]), dtype=votes.dtype)
        for part, (start, size) in enumerate(zip(begin[:alone], left[:alone], strict=True)):
            sums[part] = votes.take(slots[start : start + size], axis=0).sum(axis=0)
        for place, going in enumerate(_going(left[alone:])):
            own = slots.take(begin[alone : alone + going] + place)
            sums[alone : alone + going] += votes.take(own, axis=0)
        placed = np.empty_like(sums)
        placed[order] = sums
        return placed


def _slots(codes: Codes) -> Codes:
    """Return the slot of each pair of neighbouring folded characters."""
    # What 32 bits lose is a multiple of the slots.
    return (codes[:-1] * np.uint32(_MIX) + codes[1:]) & np.uint32(_SLOTS - 1)


def _going(pairs: Places) -> list[int]:
    """Return for each place in a part how many parts have a pair there, the longest come first."""
    places = np.arange(pairs[0] if len(pairs) else 0)
    going: list[int] = np.searchsorted(-pairs, -places, side="left").tolist()
    return going
