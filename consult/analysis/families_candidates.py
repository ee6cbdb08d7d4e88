"""Where near-duplicates may meet: MinHash bands and sampled runs of characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

# 42 bands of 3: two texts with a third of their triples in common meet with 80 % (1-(1-j^3)^42),
# with a twentieth with 0.5 %. Smaller overlaps are the excerpts', found by their runs.
_ROWS: Final = 3
_BANDS: Final = 42
_RUN: Final = 10  # characters of a run; shorter ones are set phrases
_SAMPLE: Final = 4  # one run in so many is kept, chosen by its content
_CHUNK: Final = 20_000  # texts at a time: bounds memory
_BASE: Final = 1_000_003  # of the rolling polynomial
_MIX: Final = 0x9E3779B97F4A7C15  # 2^64 / golden ratio (Fibonacci hashing)


@dataclass(frozen=True, slots=True)
class Meetings:
    """The buckets a text shares with others, and how often it meets another one there."""

    buckets: tuple[int, ...]
    company: int


def meetings(texts: Sequence[str], seed: int) -> list[Meetings]:
    """Return for each folded text where it meets others; buckets of one text are left out."""
    import numpy as np

    owner_parts, key_parts = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        for owners, keys in (_band_keys(chunk, seed), _run_keys(chunk)):
            owner_parts.append(owners + start)
            key_parts.append(keys)
    _, bucket, size = np.unique(np.concatenate(key_parts), return_inverse=True, return_counts=True)
    owner = np.concatenate(owner_parts)
    shared = size[bucket] > 1
    pairs = np.unique(np.stack((owner[shared], bucket[shared])), axis=1)
    ends = np.searchsorted(pairs[0], np.arange(len(texts) + 1))
    return [
        Meetings(tuple(own.tolist()), int((size[own] - 1).sum()))
        for own in np.split(pairs[1], ends[1:-1])[: len(texts)]
    ]


def _band_keys(texts: Sequence[str], seed: int) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np
    from rensa import RMinHash

    sets = [list({text[i : i + 3] for i in range(len(text) - 2)}) for text in texts]
    digests = RMinHash.digests_from_token_sets(sets, num_perm=_ROWS * _BANDS, seed=seed)
    table = np.asarray(digests, dtype=np.uint64).reshape(len(texts), _BANDS, _ROWS)
    keys = np.broadcast_to(np.arange(_BANDS, dtype=np.uint64), table.shape[:2]).copy()
    with np.errstate(over="ignore"):
        for row in range(_ROWS):
            keys = (keys ^ table[:, :, row]) * np.uint64(_MIX)
            keys ^= keys >> np.uint64(29)
    return np.repeat(np.arange(len(texts)), _BANDS), keys.ravel()


def _run_keys(texts: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return hashes of runs, kept where the hash itself says so: equal runs are kept alike."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    size = max(0, codes.size - _RUN + 1)
    rolled = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(_RUN):
            rolled = rolled * np.uint64(_BASE) + codes[offset : offset + size]
        rolled *= np.uint64(_MIX)
        rolled ^= rolled >> np.uint64(31)
    inside = owner[:size] == owner[_RUN - 1 :][:size]
    kept = np.flatnonzero(inside & (rolled % np.uint64(_SAMPLE) == 0))
    return owner[kept], rolled[kept]
