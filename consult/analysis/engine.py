"""The seam to many cores or machines: independent shards through one function, in order.

No scheduler of our own: joblib runs the shards, in processes of this machine or, inside of
``cluster``, on the workers of an existing Dask cluster.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

Item = TypeVar("Item")
Shard = TypeVar("Shard")
Result = TypeVar("Result")

# Texts from which further processes earn what starting and feeding them costs (3 to 5 s).
WORTH_PROCESSES: Final = 20_000
# Shards a process: what is left when one ends early goes to another.
_SHARDS_EACH: Final = 3


def stream_shards(
    function: Callable[[Shard], Result], shards: Iterable[Shard], processes: int = 1
) -> Iterator[Result]:
    """Yield ``function`` of every shard, in the order of the shards, each as soon as it is there.

    One process runs here, without joblib; more run under joblib's active backend (processes, or
    the cluster an office has named), so function and shards must be picklable. The result is the
    same for any number. Raises ``ValueError`` when ``processes`` is below 1.
    """
    if processes < 1:
        raise ValueError(f"processes must be at least 1, not {processes}")
    if processes == 1:
        yield from map(function, shards)
        return
    from joblib import Parallel, delayed

    # Shards stay whole in memory: sparse rows handed over as memory maps are read-only.
    running = Parallel(n_jobs=processes, max_nbytes=None, return_as="generator", batch_size=1)
    yield from running(delayed(function)(shard) for shard in shards)


def map_shards(
    function: Callable[[Shard], Result], shards: Iterable[Shard], processes: int = 1
) -> list[Result]:
    """Return what ``stream_shards`` yields."""
    return list(stream_shards(function, shards, processes))


def cut(items: Sequence[Item], processes: int, size: int) -> list[Sequence[Item]]:
    """Cut items into shards of ``size``; for several processes into a few large ones each."""
    if processes > 1:
        size = max(size, -(-len(items) // (processes * _SHARDS_EACH)))
    return [items[start : start + size] for start in range(0, len(items), size)]


def suitable(texts: int) -> int:
    """Return how many processes so many texts are worth on this machine: 1, or one a core."""
    return len(os.sched_getaffinity(0)) if texts >= WORTH_PROCESSES else 1


@contextmanager
def cluster(scheduler: str) -> Iterator[int]:
    """Run shards on the Dask cluster at an address (``tcp://host:port``); yield its threads.

    Workers must have this program installed in the same version. Raises ``ModuleNotFoundError``
    where Dask is not installed, and ``OSError`` when the scheduler cannot be reached.
    """
    from distributed import Client
    from joblib import parallel_config

    with Client(scheduler, timeout=10, set_as_default=False) as client:
        threads = sum(worker["nthreads"] for worker in client.scheduler_info()["workers"].values())
        with parallel_config(backend="dask", client=client):
            yield max(2, threads)
