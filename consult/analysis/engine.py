"""The seam to many cores or machines: independent shards through one function, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Shard = TypeVar("Shard")
Result = TypeVar("Result")


def map_shards(
    function: Callable[[Shard], Result], shards: Iterable[Shard], processes: int = 1
) -> list[Result]:
    """Return ``function`` of every shard, in the order of the shards.

    One process runs here, without joblib; more run under joblib's active backend (processes, or
    the cluster an office has registered), so function and shards must be picklable. The result is
    the same for any number. Raises ``ValueError`` when ``processes`` is below 1.
    """
    if processes < 1:
        raise ValueError(f"processes must be at least 1, not {processes}")
    if processes == 1:
        return [function(shard) for shard in shards]
    from joblib import Parallel, delayed

    # Shards stay whole in memory: sparse rows handed over as memory maps are read-only.
    found: list[Result] = Parallel(n_jobs=processes, max_nbytes=None)(
        delayed(function)(shard) for shard in shards
    )
    return found
