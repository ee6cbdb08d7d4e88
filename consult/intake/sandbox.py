"""Runs a reader of untrusted bytes in a child process with limits of memory, time and output.

Measured (trust.md, findings 5 and 7): a 4.8 kB table aborts the process that parses it, a 78 kB
Word file holds it for a minute. Such a file costs a child its life, and nobody else anything.

A reader is a function of this room, ``(bytes) -> value`` of JSON and bytes, or a generator of such
values; what it refuses with ``InputRefused`` reaches the caller as such.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from consult.domain.errors import InputRefused
from consult.intake.sandbox_process import Child, Died

# Each child may take a core and the memory below; more at once would starve the site.
_AT_ONCE: Final = threading.BoundedSemaphore(2)
_ITEMS: Final = 500  # what one child reads before a fresh one takes over: nothing piles up in it


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use for one item: bytes of memory and output, seconds of CPU and clock.

    ``queue`` is for how many seconds to wait for a free child: whoever waits keeps a thread of the
    site. A Word file of 20 pages takes 90 MB and 0.4 s, so these are far above real letters. Of a
    generator's values, each has the ``clock`` for itself, all together the rest.
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
    found = list(rows_in_sandbox(reader, data, limits=limits))
    if not found:
        raise InputRefused("sandbox.failed")
    return found[-1]


def rows_in_sandbox(reader: str, data: bytes, *, limits: Limits | None = None) -> Iterator[Any]:
    """Yield what a reader that is a generator makes of the bytes, one value after another.

    The child waits while nobody takes its values, so memory stays constant. Raises as
    ``in_sandbox``, possibly after some values.
    """
    limits = limits or Limits()
    with _turn(limits.queue), _child(reader, limits) as child:
        yield from _values(child, data, limits)


class ManyInSandbox:
    """A child for one item after another (letters of a mailbox), since starting one takes 0.1 s.

    An item that kills the child costs the next one a new child. Use in a ``with`` block; it takes
    no turn among the site's children, since imports are few and never hurry.
    """

    def __init__(self, reader: str, *, limits: Limits | None = None) -> None:
        self._reader = reader
        self._limits = limits or Limits()
        self._child: Child | None = None
        self._items = 0

    def __enter__(self) -> ManyInSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def __call__(self, data: bytes) -> Any:
        """Return what the reader makes of the bytes; raises as ``in_sandbox``."""
        if self._child is None or self._items >= _ITEMS:
            self.close()
            self._child = _child(self._reader, self._limits)
        self._items += 1
        try:
            return list(_values(self._child, data, self._limits))[-1]
        except InputRefused as error:
            if error.code.startswith("sandbox."):
                self.close()
            raise

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.end()
        self._child, self._items = None, 0


def _child(reader: str, limits: Limits) -> Child:
    return Child(reader, memory=limits.memory, output=limits.output, cpu=limits.cpu)


def _values(child: Child, data: bytes, limits: Limits) -> Iterator[Any]:
    refused = None
    try:
        for answer in child.ask(data, clock=limits.clock):
            if "refused" in answer:
                refused = InputRefused(answer["refused"][0], field=answer["refused"][1],
                                       **answer["refused"][2])  # fmt: skip
            else:
                yield answer["value"]
    except Died as death:
        raise InputRefused("sandbox.time" if death.late else "sandbox.failed") from death
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise InputRefused("sandbox.failed") from error
    if refused is not None:  # only now has the child said everything about this item
        raise refused


@contextlib.contextmanager
def _turn(seconds: float) -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=seconds):
        raise InputRefused("sandbox.busy")
    try:
        yield
    finally:
        _AT_ONCE.release()
