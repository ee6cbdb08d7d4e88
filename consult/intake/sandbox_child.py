"""The child of the sandbox: takes its limits upon itself, then reads, then says what it found."""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Callable, Sequence
from typing import Any

from consult.domain.errors import InputRefused

_ROOM = "consult.intake."


def main(arguments: Sequence[str]) -> None:
    """Run ``MODULE:FUNCTION MEMORY OUTPUT CPU`` on standard input; exits with 1 when it fails."""
    reader, memory, output, cpu = arguments[0], *map(int, arguments[1:4])
    function = _reader(reader)  # our own code is loaded without limits, the file is not
    data = sys.stdin.buffer.read()
    _bind(memory, cpu)
    said = json.dumps(_result(function, data), ensure_ascii=True).encode()
    if len(said) > output:
        sys.exit(1)
    sys.stdout.buffer.write(said)


def _reader(name: str) -> Callable[[bytes], Any]:
    module, _, function = name.partition(":")
    if not module.startswith(_ROOM):
        raise ValueError(name)
    found: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)
    return found


def _bind(memory: int, cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no files
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _result(function: Callable[[bytes], Any], data: bytes) -> dict[str, Any]:
    try:
        return {"value": function(data)}
    except InputRefused as error:
        return {"refused": [error.code, error.field, error.values]}
    except (MemoryError, RecursionError):
        sys.exit(1)
