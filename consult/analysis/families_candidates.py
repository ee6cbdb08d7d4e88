"""Which texts may be copies of which: the heads of the buckets a text is in, compared exactly.

Where texts meet is no evidence, only a reason to compare: unverified buckets chain everything
together. The text that meets most others in a bucket is its head: in a family that is the text all
others were made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from consult.analysis.families_overlap import (
    CONTAINED,
    EXCERPT,
    OVERLAP,
    PARTLY,
    PARTLY_OVERLAP,
)
from consult.analysis.families_signatures import (
    BANDS,
    BITS,
    all_band_keys,
    bit_maps,
    content,
    runs,
    signatures,
    triples,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")
_CHUNK: Final = 2_000  # texts at a time: what is at work fits the cache
# Heads compared per text, those met most often first; one meeting is chance.
_MOST_COMPARED: Final = 6
_LEAST_MET: Final = 2
_MOST_VERIFIED: Final = 3


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs (text, head) that may be copies, by position; of one text the likeliest head first.

    ``rank`` puts the text first that meets most others (``company``, itself included), then those
    with most copies to the letter, then by content.
    """

    rank: NDArray[Any]
    company: NDArray[Any]
    text: NDArray[Any]
    head: NDArray[Any]
    near: NDArray[Any]

    def by_rank(self, items: Sequence[T]) -> Iterator[tuple[T, list[tuple[T, bool]]]]:
        """Yield each item that has candidates, the first in rank first, with its heads.

        With each head comes whether the two are as near as copies are, or only partly alike.
        """
        import numpy as np

        begins = np.searchsorted(self.text, np.arange(len(items) + 1)).tolist()
        heads, near = self.head.tolist(), self.near.tolist()
        for place in np.argsort(self.rank).tolist():
            own = slice(begins[place], begins[place + 1])
            if heads[own]:
                pairs = zip(heads[own], near[own], strict=True)
                yield items[place], [(items[head], alike) for head, alike in pairs]


@dataclass(frozen=True, slots=True)
class _Survey:
    """Keys of the bands (a row each), bit maps of the texts, and the runs with their owners."""

    bands: NDArray[Any]
    maps: NDArray[Any]
    owners: NDArray[Any]
    runs: NDArray[Any]


def candidates(words: Sequence[str], weights: Sequence[int]) -> Candidates:
    """Return the candidates among different folded texts that stand for ``weights`` texts each."""
    import numpy as np

    survey = _surveyed(words)
    heavy = np.asarray(weights, dtype=np.float64)
    buckets = [_buckets(keys) for keys in survey.bands]
    run_owner, run_buckets = survey.owners, _buckets(survey.runs)
    company = np.zeros(len(words))
    for bucket in buckets:
        _add_company(company, heavy, None, bucket)
    _add_company(company, heavy, run_owner, run_buckets)
    rank = np.empty(len(words), np.int64)
    rank[np.lexsort((content(words), -heavy, -company))] = np.arange(len(words))
    met = [_heads(rank, bucket) for bucket in buckets]
    met_in_runs = _heads(rank[run_owner], run_buckets)
    by_rank = np.argsort(rank)
    text, head = _pairs(np.stack(met, axis=1), run_owner, met_in_runs, rank, by_rank)
    return Candidates(rank, company, *_likely(survey.maps, text, head))


def _surveyed(words: Sequence[str]) -> _Survey:
    import numpy as np

    keys = np.zeros((BANDS, len(words)), np.uint64)
    maps = np.zeros((len(words), BITS // 64), np.uint64)
    owners, found = [np.zeros(0, np.int32)], [np.zeros(0, np.uint64)]
    for start in range(0, len(words), _CHUNK):
        chunk = words[start : start + _CHUNK]
        part = slice(start, start + len(chunk))
        hashes, ends = triples(chunk)
        table = signatures(hashes, ends)
        keys[:, part] = all_band_keys(table).T
        maps[part] = bit_maps(hashes, ends)
        owner, key = runs(chunk)
        owners.append(owner + np.int32(start))
        found.append(key)
    return _Survey(keys, maps, np.concatenate(owners), np.concatenate(found))


def _buckets(keys: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each key that occurs more than once, -1 for the others."""
    import numpy as np

    order = np.argsort(keys)
    ordered = keys[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(keys)]
    last = np.concatenate((first[1:], [True]))[: len(keys)]
    number = np.cumsum(first & ~last) - 1
    number[first & last] = -1
    found = np.empty(len(keys), np.int32)
    found[order] = number
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
    by_rank: NDArray[Any],
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return (text, head) for the heads that a text meets most often."""
    import numpy as np

    texts, heads = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start in range(0, len(met), _CHUNK):
        rows = met[start : start + _CHUNK]
        low, high = np.searchsorted(owner, (start, start + len(rows)))
        text = np.concatenate(
            (np.repeat(np.arange(start, start + len(rows)), met.shape[1]), owner[low:high])
        )
        head = np.concatenate((rows.ravel(), met_in_runs[low:high])).astype(np.int64)
        other = (head >= 0) & (head != rank[text])
        keys, times = np.unique((text[other] << 32) | head[other], return_counts=True)
        often = times >= _LEAST_MET
        keys, times = keys[often], times[often]
        order = np.lexsort((keys & 0xFFFFFFFF, -times, keys >> 32))
        text, head = keys[order] >> 32, keys[order] & 0xFFFFFFFF
        begin = np.searchsorted(text, text)  # where the pairs of the same text begin
        near = np.arange(len(text)) - begin < _MOST_COMPARED
        texts.append(text[near])
        heads.append(by_rank[head[near]])
    return np.concatenate(texts), np.concatenate(heads)


def _likely(
    maps: NDArray[Any], text: NDArray[Any], head: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Drop pairs whose bit maps have too little in common: a cheap look before the exact one."""
    import numpy as np

    kinds = np.bitwise_count(maps).sum(axis=1, dtype=np.int64)
    texts, heads, alike = [text[:0]], [head[:0]], [np.zeros(0, bool)]
    for start in range(0, len(text), _CHUNK):
        one, other = text[start : start + _CHUNK], head[start : start + _CHUNK]
        shared = np.bitwise_count(maps[one] & maps[other]).sum(axis=1, dtype=np.int64)
        least = np.minimum(kinds[one], kinds[other])
        most = np.maximum(kinds[one], kinds[other])
        contained, union = shared / least, least + most - shared
        near = (contained >= CONTAINED) & (shared >= OVERLAP * union) | (contained >= EXCERPT)
        part = (contained >= PARTLY) & (shared >= PARTLY_OVERLAP * union)
        kept = np.flatnonzero(near | part)
        kept = kept[np.lexsort((-shared[kept] / union[kept], one[kept]))]
        first = np.searchsorted(one[kept], one[kept])  # where the pairs of the same text begin
        kept = kept[np.arange(len(kept)) - first < _MOST_VERIFIED]
        texts.append(one[kept])
        heads.append(other[kept])
        alike.append(near[kept])
    return np.concatenate(texts), np.concatenate(heads), np.concatenate(alike)
