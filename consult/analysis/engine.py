"""The seam to many cores or machines: independent shards through one function, in order.

No scheduler of our own: joblib runs the shards, in processes of this machine or, inside of
``cluster``, on the workers of an existing Dask cluster.
"""

from __future__ import annotations

import gc
import os
import pickle
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar

from consult.analysis.collection import collection_paused
from consult.analysis.lending import Lender, give_back
from consult.analysis.private_folder import PrivateFolder
from consult.analysis.sending import Packed, Sent, put, sent, taken

Item = TypeVar("Item")
Shard = TypeVar("Shard")
Result = TypeVar("Result")

# Texts from which further processes earn what starting and feeding them costs (3 to 5 s).
WORTH_PROCESSES: Final = 20_000
# Shards a process, of what is left: so the last ones are small, and all processes end together.
_SHARDS_EACH: Final = 3
_LARGEST: Final = 10_000  # items of a shard: a process holds their results until it has all
_LOOK: Final = 1.0  # seconds between two looks at whether the parent is there


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

    with _handed_over(function) as (remote, folder):
        # Shards stay whole in memory: sparse rows handed over as memory maps are read-only.
        running = Parallel(n_jobs=processes, max_nbytes=None, return_as="generator", batch_size=1)
        # Told of a process that grew and made room for another: nothing is lost.
        warnings.filterwarnings("ignore", message="A worker stopped while some jobs")
        packed = (
            put(pickle.dumps(sent(shard), pickle.HIGHEST_PROTOCOL), folder) for shard in shards
        )
        for answer in running(delayed(_apply)(remote, shard, folder) for shard in packed):
            yield pickle.loads(taken(answer))  # noqa: S301 - our own


@contextmanager
def _handed_over(
    function: Callable[[Shard], Result],
) -> Iterator[tuple[Callable[[Shard], Result], Path | None]]:
    """Give what stands for a function elsewhere: it goes there once, not with every shard.

    To processes of this machine it goes as a file (see ``lending``) in a folder where shards and
    answers may go too if it is in memory, to a cluster by the way Dask has for this.
    """
    from joblib import parallel_config
    from joblib.parallel import get_active_backend

    backend = get_active_backend()[0]
    client = getattr(backend, "client", None)
    if client is not None:
        with parallel_config(backend="dask", client=client, scatter=[function]):
            yield function, None
        return
    private = PrivateFolder()
    try:
        path = private.path / "function"
        with path.open("wb") as file:
            Lender(file, pickle.HIGHEST_PROTOCOL).dump(function)
        yield _Filed(str(path), os.getpid()), private.path if private.in_memory else None
    finally:
        private.close()


@dataclass(frozen=True, slots=True)
class _Filed:
    """A function in a file of our own, and the process that has written it."""

    path: str
    parent: int

    def __call__(self, shard: Any) -> Any:
        _end_with(self.parent)
        return _read(self.path)(shard)


@lru_cache(maxsize=1)  # the next stage's takes its place
def _read(path: str) -> Callable[[Any], Any]:
    give_back()
    with Path(path).open("rb") as file:
        function: Callable[[Any], Any] = pickle.load(file)  # noqa: S301 - our own
    # joblib has its processes look for cycles after every shard, unless psutil is installed. What a
    # function holds has none, and walking it took 4 % of the time of all shards.
    gc.freeze()
    return function


@cache
def _end_with(parent: int) -> None:
    """End this process when the one it works for is gone, even by kill -9."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, name="consult-parent", daemon=True).start()


def _apply(function: Callable[[Any], Any], shard: Packed, folder: Path | None) -> Packed:
    """Return the pickled answer: joblib's own pickler takes longer for all but plain values."""
    with collection_paused():
        opened: Sent = pickle.loads(taken(shard))  # noqa: S301 - our own
        answer = pickle.dumps(function(opened.opened()), pickle.HIGHEST_PROTOCOL)
    return put(answer, folder)


@contextmanager
def started(parts: Sequence[object], processes: int, modules: Sequence[str] = ()) -> Iterator[None]:
    """Start the processes of this machine beside what is done meanwhile; on leaving they are ready.

    A start takes a second, most of it imports: ``parts`` (classes, functions, what loads itself
    when unpickled) are handed to each process, which then has their modules; it imports those
    named too, which the parts import when they first need them. Does nothing where one process
    or a cluster is to work.
    """
    from joblib.parallel import get_active_backend

    if processes == 1 or getattr(get_active_backend()[0], "client", None) is not None:
        yield
        return
    with ThreadPoolExecutor(1, "consult-start") as pool:
        starting = pool.submit(_start, parts, processes, modules)
        yield
        starting.result()


def _start(parts: Sequence[object], processes: int, modules: Sequence[str]) -> None:
    from joblib import Parallel, delayed

    calls = [delayed(_hold)(os.getpid(), parts, modules)] * processes
    Parallel(n_jobs=processes, max_nbytes=None, batch_size=1)(calls)


def _hold(parent: int, _parts: Sequence[object], modules: Sequence[str]) -> None:
    """Import modules; unpickling the parts has loaded what belongs to them."""
    _end_with(parent)
    for name in modules:
        import_module(name)


def map_shards(
    function: Callable[[Shard], Result], shards: Iterable[Shard], processes: int = 1
) -> list[Result]:
    """Return what ``stream_shards`` yields."""
    return list(stream_shards(function, shards, processes))


def begin_shards(
    function: Callable[[Shard], Result], shards: Iterable[Shard], processes: int
) -> Future[list[Result]]:
    """Begin ``map_shards``: with several processes this thread may do other work meanwhile.

    One at a time: the next may begin when the results of the last are there. One process has done
    all of it when this returns.
    """
    if processes == 1:
        found: Future[list[Result]] = Future()
        found.set_result(map_shards(function, shards))
        return found
    pool = ThreadPoolExecutor(1, "consult-shards")
    found = pool.submit(_here(map_shards), function, shards, processes)
    pool.shutdown(wait=False)  # its thread ends when this is done
    return found


def _here(function: Callable[..., Result]) -> Callable[..., Result]:
    """Return a function for another thread that runs shards where this thread runs them.

    Joblib keeps which backend is active (processes, or a cluster) for each thread.
    """
    from joblib import parallel_config
    from joblib.parallel import get_active_backend

    backend = get_active_backend()[0]

    def run(*arguments: Any) -> Result:
        with parallel_config(backend=backend):
            return function(*arguments)

    return run


def map_ahead(
    function: Callable[[Shard], Result], batches: Iterable[Sequence[Shard]], processes: int = 1
) -> Iterator[list[Result]]:
    """Yield what ``map_shards`` returns of each batch, in their order.

    With several processes the next batch is made, and the last one's result used, in this thread
    while the others are at work: two batches are held at a time. Batches may therefore come out of
    a database. One process makes a batch when the one before is used.
    """
    if processes == 1:
        for batch in batches:
            yield map_shards(function, batch)
        return
    with ThreadPoolExecutor(1, "consult-shards") as waiting:
        before: Future[list[Result]] | None = None
        run = _here(map_shards)
        for batch in batches:
            following = waiting.submit(run, function, batch, processes)
            if before is not None:
                yield before.result()
            before = following
        if before is not None:
            yield before.result()


def map_threads(
    function: Callable[[Item], Result], items: Iterable[Item], processes: int = 1
) -> list[Result]:
    """Return ``function`` of every item, in order, by threads where several processes may run.

    For what NumPy does in large arrays, which frees the interpreter meanwhile; nothing is sent.
    """
    threads = min(processes, len(os.sched_getaffinity(0)))
    if threads == 1:
        return list(map(function, items))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(function, items))


def cut(items: Sequence[Item], processes: int, size: int) -> list[Sequence[Item]]:
    """Cut items into shards of ``size``; for several processes into larger ones that shrink."""
    shards: list[Sequence[Item]] = []
    start = 0
    while start < len(items):
        end = start + size
        if processes > 1:
            share = -(-(len(items) - start) // (processes * _SHARDS_EACH))
            end = start + max(size, min(_LARGEST, share))
        shards.append(items[start:end])
        start = end
    return shards


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
