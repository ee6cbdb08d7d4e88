"""Takes the time of the stages and the peak of the process, and puts them into lines."""

from __future__ import annotations

import functools
import json
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.material import Sample, samples

TOTAL: Final = "total"
SEED: Final = 2022
# The warm-up takes other comments than the measurement, so that no cache holds its answers.
_WARM_SEED: Final = 1
_WARM: Final = 40


@dataclass
class Stopwatch:
    """Seconds and process peak (MiB) by stage; time of an inner stage is not the outer one's."""

    seconds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count a block to a stage; may be entered again and inside another."""
        self._book()
        self._running.append(name)
        self.seconds.setdefault(name, 0.0)
        try:
            yield
        finally:
            self._book()
            self.peaks[name] = peak_mib()
            self._running.pop()

    @contextmanager
    def around(self, owner: object, method: str, name: str) -> Iterator[None]:
        """Count every call of a method, or of a module's function, to a stage.

        Looks into a function without repeating it. What runs beside, in a thread, counts only where
        it is waited for.
        """
        original: Callable[..., Any] = getattr(owner, method)

        @functools.wraps(original)
        def timed(*args: Any, **kwargs: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return original(*args, **kwargs)
            with self.stage(name):
                return original(*args, **kwargs)

        setattr(owner, method, timed)
        try:
            yield
        finally:
            setattr(owner, method, original)

    def _book(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


Implementation = Callable[[Sequence[Sample], Stopwatch], None]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Two ways of one piece of work; the naive one runs up to ``reach`` comments, for a reason."""

    consult: Implementation
    naive: Implementation
    reach: int
    reason: str


def measure(benchmark: Benchmark, implementation: str, n: int) -> Iterator[str]:
    """Warm up, run once over ``n`` comments, and yield a JSON line a stage, the total last."""
    run: Implementation = getattr(benchmark, implementation)
    run(samples(_WARM, seed=_WARM_SEED), Stopwatch())
    material = samples(n, seed=SEED)
    watch = Stopwatch()
    run(material, watch)
    for stage, seconds in watch.seconds.items():
        yield _line(implementation, stage, n, seconds, watch.peaks[stage])
    yield _line(implementation, TOTAL, n, sum(watch.seconds.values()), peak_mib())


def peak_mib() -> float:
    """Return the most memory this process has held so far: material and libraries included.

    Added is the most that each of its processes has held, pages they share counted for each.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = peak / 2**20 if sys.platform == "darwin" else peak / 2**10  # bytes there, KiB elsewhere
    return own + sum(map(_peak_of, _children())) / 2**10


def _children() -> list[str]:
    listed = Path("/proc/self/task").glob("*/children")  # Linux; elsewhere they go uncounted
    return [child for task in listed for child in task.read_text(encoding="ascii").split()]


def _peak_of(process: str) -> int:
    """Return the most memory (KiB) that a process has held, 0 when it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0
    )


def _line(implementation: str, stage: str, n: int, seconds: float, peak: float) -> str:
    line = {
        "implementation": implementation,
        "stage": stage,
        "n": n,
        "seconds": round(seconds, 6),
        "rows_per_second": round(n / max(seconds, 1e-6), 1),
        "peak_mib": round(peak, 1),
    }
    return json.dumps(line)
