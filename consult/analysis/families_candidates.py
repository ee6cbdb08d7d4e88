"""Which texts may be copies of which: the heads of the buckets a text is in, compared exactly.

Where texts meet is no evidence, only a reason to compare: unverified buckets chain everything
together. The text that meets most others in a bucket is its head: in a family that is the text all
others were made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import map_threads
from consult.analysis.families_alike import alike
from consult.analysis.families_overlap import (
    CONTAINED,
    EXCERPT,
    OVERLAP,
    PARTLY,
    PARTLY_OVERLAP,
)
from consult.analysis.families_signatures import BANDS
from consult.analysis.families_survey import Survey

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
# Heads compared per text, those met most often first; one meeting is chance.
_MOST_COMPARED: Final = 6
_LEAST_MET: Final = 2
_MOST_VERIFIED: Final = 3
_TIMES: Final = 20  # bits for how often a text meets a head


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs (text, head) that may be copies, by position; of one text the likeliest head first.

    ``rank`` puts the text first that meets most others (``company``, itself included), then those
    with most copies to the letter, then by content. ``near``: as near as copies are, or only partly
    alike.
    """

    rank: NDArray[Any]
    company: NDArray[Any]
    text: NDArray[Any]
    head: NDArray[Any]
    near: NDArray[Any]


def candidates(
    survey: Survey, rows: NDArray[Any], weights: NDArray[Any], processes: int = 1
) -> Candidates:
    """Return the candidates among rows of different folded texts, which stand for ``weights`` each.

    Positions are those in ``rows``.
    """
    import numpy as np

    heavy = weights.astype(np.float64)
    run_owner, keys = survey.runs(rows)
    # The runs first, which take longest; then band by band.
    numbers = [-1, *range(BANDS)]
    run_buckets, *buckets = map_threads(
        lambda band: _buckets(keys if band < 0 else survey.keys(band, rows)), numbers, processes
    )
    company = np.zeros(len(rows))
    for bucket in buckets:
        _add_company(company, heavy, None, bucket)
    _add_company(company, heavy, run_owner, run_buckets)
    rank = np.empty(len(rows), np.int64)
    rank[np.lexsort((survey.content(rows), -heavy, -company))] = np.arange(len(rows))
    met = np.stack(map_threads(partial(_heads, rank), buckets, processes), axis=1)
    met_in_runs = _heads(rank[run_owner], run_buckets)
    text, head = _pairs(met, run_owner, met_in_runs, rank, processes)
    return Candidates(rank, company, *_likely(survey, rows, text, head, processes))


def _buckets(keys: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each key that occurs more than once, -1 for the others."""
    import numpy as np

    place = alike(keys)
    shared = np.bincount(place, minlength=len(keys)) > 1
    number = np.where(shared, np.cumsum(shared, dtype=np.int32) - np.int32(1), np.int32(-1))
    found: NDArray[Any] = number[place]
    return found


def _add_company(
    company: NDArray[Any], weights: NDArray[Any], owner: NDArray[Any] | None, bucket: NDArray[Any]
) -> None:
    """Add to each text how many meet in its buckets; ``owner`` None: one bucket a text."""
    import numpy as np

    shared = np.flatnonzero(bucket >= 0)
    whose = shared if owner is None else owner[shared]
    total = np.bincount(bucket[shared], weights[whose])
    company += np.bincount(whose, total[bucket[shared]], len(company))


def _heads(rank: NDArray[Any], bucket: NDArray[Any]) -> NDArray[Any]:
    """Return the least rank in the bucket of each entry; -1 where it meets nobody."""
    import numpy as np

    shared = bucket >= 0
    best = np.full(int(bucket.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(best, bucket[shared], rank[shared])
    found = np.full(len(bucket), -1, np.int32)
    found[shared] = best[bucket[shared]]
    return found


def _pairs(
    met: NDArray[Any],
    owner: NDArray[Any],
    met_in_runs: NDArray[Any],
    rank: NDArray[Any],
    processes: int,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return (text, head) for the heads that a text meets most often."""
    import numpy as np

    by_rank = np.argsort(rank)
    bits = len(rank).bit_length()
    # A million ranks leave room for a text of a chunk in half a word, which sorts in half the time.
    kind = np.uint32 if bits + _CHUNK.bit_length() <= 32 else np.int64

    def pairs(start: int) -> tuple[NDArray[Any], NDArray[Any]]:
        rows = met[start : start + _CHUNK]
        low, high = np.searchsorted(owner, (start, start + len(rows)))
        own = np.repeat(np.arange(len(rows), dtype=np.int32), met.shape[1])
        text = np.concatenate((own, owner[low:high] - np.int32(start)))
        head = np.concatenate((rows.ravel(), met_in_runs[low:high]))
        other = (head >= 0) & (head != rank[start : start + len(rows)][text])
        keys = text[other].astype(kind) << kind(bits) | head[other].astype(kind)
        text, head = _most_met(keys, bits)
        return text + start, by_rank[head]

    found = map_threads(pairs, range(0, len(met), _CHUNK), processes)
    texts, heads = zip(*found, strict=True)
    return np.concatenate(texts), np.concatenate(heads)


def _most_met(keys: NDArray[Any], bits: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return each text with the heads that it meets most often, in this order.

    A key holds a text, and its head in the lower bits.
    """
    import numpy as np

    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
    times = np.diff(first, append=len(keys))
    often = times >= _LEAST_MET
    keys, times = keys[first[often]].astype(np.int64), times[often]
    text, head = keys >> bits, keys & ((1 << bits) - 1)
    # One number to sort by: text, then those met most often, then the head.
    order = text << _TIMES | np.maximum((1 << _TIMES) - 1 - times, 0)
    order = order << bits | head
    order.sort()
    text, head = order >> (bits + _TIMES), order & ((1 << bits) - 1)
    near = _place_in_run(text) < _MOST_COMPARED
    return text[near], head[near]


def _place_in_run(ordered: NDArray[Any]) -> NDArray[Any]:
    """Return of each of some sorted numbers how many equal ones stand before it."""
    import numpy as np

    place = np.arange(len(ordered))
    first = place.copy()
    first[1:][ordered[1:] == ordered[:-1]] = 0
    return place - np.maximum.accumulate(first)


def _likely(
    survey: Survey, rows: NDArray[Any], text: NDArray[Any], head: NDArray[Any], processes: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Drop pairs whose bit maps have too little in common: a cheap look before the exact one."""
    import numpy as np

    def likely(span: tuple[int, int]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        one, other = text[slice(*span)], head[slice(*span)]
        ours, theirs = survey.maps(rows[one]), survey.maps(rows[other])
        kinds, others, shared = map(_bits, (ours, theirs, ours & theirs))
        least, most = np.minimum(kinds, others), np.maximum(kinds, others)
        contained, union = shared / least, least + most - shared
        near = (contained >= CONTAINED) & (shared >= OVERLAP * union) | (contained >= EXCERPT)
        part = (contained >= PARTLY) & (shared >= PARTLY_OVERLAP * union)
        kept = np.flatnonzero(near | part)
        kept = kept[np.lexsort((-shared[kept] / union[kept], one[kept]))]
        kept = kept[_place_in_run(one[kept]) < _MOST_VERIFIED]
        return one[kept], other[kept], near[kept]

    # Whole texts at a time: one whose pairs fell into two chunks kept more of them than others.
    ends = np.searchsorted(text, text[_CHUNK::_CHUNK])
    spans = pairwise((0, *ends.tolist(), len(text)))
    texts, heads, near = zip(*map_threads(likely, spans, processes), strict=True)
    return np.concatenate(texts), np.concatenate(heads), np.concatenate(near)


def _bits(maps: NDArray[Any]) -> NDArray[Any]:
    """Return how many bits each bit map has set."""
    import numpy as np

    counted: NDArray[Any] = np.bitwise_count(maps).sum(axis=1, dtype=np.int64)
    return counted
