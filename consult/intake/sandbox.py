"""Runs a reader of untrusted bytes in a child process with limits of memory, time and output.

Measured (trust.md, findings 5 and 7): a 4.8 kB table aborts the process that parses it, a 78 kB
Word file holds it for a minute. Such a file costs a child its life, and nobody else anything.

A reader is a function of this room, ``(bytes) -> value that JSON knows``; what it refuses with
``InputRefused`` reaches the caller as such.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from consult.domain.errors import InputRefused

_ROOT: Final = Path(__file__).resolve().parents[2]
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from consult.intake.sandbox_child import main; main(sys.argv[2:])"
)
# Each child may take a core and the memory below; more at once would starve the site.
_AT_ONCE: Final = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of memory and output, seconds of CPU and by the clock.

    ``queue`` is for how many seconds to wait for a free child: whoever waits keeps a thread of the
    site. A Word file of 20 pages takes 90 MB and 0.4 s, so these are far above real letters.
    """

    memory: int = 768 * 1024 * 1024
    output: int = 8 * 1024 * 1024
    cpu: int = 10
    clock: float = 15.0
    queue: float = 3.0


def in_sandbox(reader: str, data: bytes, *, limits: Limits | None = None) -> Any:
    """Return what a reader (``"consult.intake.letter:read"``) makes of the bytes.

    Raises ``InputRefused``: the reader's own, ``sandbox.busy`` when no child was free in time,
    ``sandbox.time`` when it took too long, ``sandbox.failed`` when it died or said too much.
    """
    limits = limits or Limits()
    if not _AT_ONCE.acquire(timeout=limits.queue):
        raise InputRefused("sandbox.busy")
    try:
        return _answer(*_run(reader, data, limits))
    finally:
        _AT_ONCE.release()


def _run(reader: str, data: bytes, limits: Limits) -> tuple[bytes, bool]:
    """Run the child; returns what it said and whether the clock ran out."""
    numbers = (limits.memory, limits.output, limits.cpu)
    command = [sys.executable, "-I", "-B", "-c", _START, str(_ROOT), reader, *map(str, numbers)]
    late = threading.Event()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"}, cwd="/", start_new_session=True,
    ) as child:  # fmt: skip

        def end() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(limits.clock, end)
        clock.start()
        feeding = threading.Thread(target=_feed, args=(child, data), daemon=True)
        feeding.start()
        assert child.stdout is not None  # noqa: S101 - opened above, for the type checker
        said = child.stdout.read(limits.output + 1)
        if len(said) > limits.output:
            child.kill()
        child.wait()
        clock.cancel()
        feeding.join()
    return (said if child.returncode == 0 else b""), late.is_set() or _out_of_cpu(child.returncode)


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - opened by the caller, for the type checker
    with contextlib.suppress(OSError):  # a child that died reads no more
        child.stdin.write(data)
    with contextlib.suppress(OSError):
        child.stdin.close()


def _out_of_cpu(code: int) -> bool:
    """Tell whether the system ended a child for the CPU it had used (SIGXCPU is 24)."""
    return code == -24


def _answer(said: bytes, late: bool) -> Any:
    if late:
        raise InputRefused("sandbox.time")
    try:
        answer = json.loads(said)
        if "refused" in answer:
            code, field, values = answer["refused"]
            raise InputRefused(code, field=field, **values)
        return answer["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputRefused("sandbox.failed") from error
