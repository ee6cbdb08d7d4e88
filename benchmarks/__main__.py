"""``python -m benchmarks NAME --n N [N ...]``: results to stdout, progress to stderr."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = (
    "mapping", "families", "themes", "analyse", "rerun", "form", "receive", "export", "tables",
    "staff",
)  # fmt: skip
IMPLEMENTATIONS = ("consult", "naive")
_ROOT = Path(__file__).resolve().parents[1]
# One thread each: unpinned BLAS threads on a busy machine made a small SVD 140 times slower. And a
# fixed order of sets, so that two runs do the same work.
_PINNED = {
    **dict.fromkeys(
        (
            "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
        ),
        "1",
    ),
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a benchmark at every size; return 1 when a process failed."""
    given = _parser().parse_args(arguments)
    if given.here:
        return _here(given.name, given.n, given.here)
    failed = 0
    for implementation in IMPLEMENTATIONS:  # the naive way may take many times as long
        for n in given.n:
            _say(f"{given.name} n={n} {implementation} …")
            failed += not _fresh(given.name, n, implementation)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--n", type=_size, nargs="+", required=True, help="numbers of comments")
    parser.add_argument(
        "--here",
        choices=IMPLEMENTATIONS,
        help="run this implementation in this very process (for a profiler)",
    )
    return parser


def _size(value: str) -> int:
    size = int(value.replace("_", ""))
    if size < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return size


def _fresh(name: str, n: int, implementation: str) -> bool:
    """Measure in a process of its own, which prints its lines itself; tell whether it worked."""
    command = [sys.executable, "-m", "benchmarks", name, "--n", str(n), "--here", implementation]
    done = subprocess.run(command, cwd=_ROOT, env={**os.environ, **_PINNED}, check=False)
    if done.returncode:
        _say(f"{name} n={n} {implementation}: failed with status {done.returncode}")
    return done.returncode == 0


def _here(name: str, sizes: Sequence[int], implementation: str) -> int:
    """Measure in this process."""
    # Late: the parent stays small, since a child's peak begins with what its parent held.
    from benchmarks.measure import measure

    benchmark = importlib.import_module(f"benchmarks.{name}").BENCHMARK
    for n in sizes:
        if implementation == "naive" and n > benchmark.reach:
            _say(f"{name} n={n} naive: not run beyond {benchmark.reach}: {benchmark.reason}")
            continue
        for line in measure(benchmark, implementation, n):
            print(line, flush=True)
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
