"""The child of the sandbox: takes its limits upon itself, then reads, then says what it found."""

from __future__ import annotations

import importlib
import resource
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from consult.domain.errors import InputRefused
from consult.intake.sandbox_frames import END, pack, write_frame

_ROOM = "consult.intake."


def main(arguments: Sequence[str]) -> None:
    """Run ``MODULE:FUNCTION MEMORY OUTPUT CPU`` on each frame of standard input, until its end.

    Exits with 1 when it fails: a file that broke a reader may have broken more.
    """
    reader, memory, output, cpu = arguments[0], *map(int, arguments[1:4])
    function = _reader(reader)  # our own code is loaded without limits, the file is not
    for data in _items():
        _bind(memory, cpu)
        left = output
        for answer in _answers(function, data):
            frame = pack(answer)
            left -= len(frame)
            if left < 0:
                sys.exit(1)
            write_frame(sys.stdout.buffer, frame)
        write_frame(sys.stdout.buffer, pack(END))


def _items() -> Iterator[bytes]:
    source = sys.stdin.buffer
    while len(head := source.read(8)) == 8:
        yield source.read(struct.unpack(">Q", head)[0])


def _reader(name: str) -> Callable[[bytes], Any]:
    module, _, function = name.partition(":")
    if not module.startswith(_ROOM):
        raise ValueError(name)
    found: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)
    return found


def _bind(memory: int, cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The limit counts from the start of the process; each item gets its seconds anew.
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + cpu
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no files
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _answers(function: Callable[[bytes], Any], data: bytes) -> Iterator[dict[str, Any]]:
    try:
        found = function(data)
        for value in found if isinstance(found, Iterator) else (found,):
            yield {"value": value}
    except InputRefused as error:
        yield {"refused": [error.code, error.field, error.values]}
    except (MemoryError, RecursionError):
        sys.exit(1)
