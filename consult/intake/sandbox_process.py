"""The sandbox seen from outside: one child process, asked over pipes, ended when it is late."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from consult.intake.sandbox_frames import END, read_frame, write_frame

_ROOT: Final = Path(__file__).resolve().parents[2]
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from consult.intake.sandbox_child import main; main(sys.argv[2:])"
)
_SIGXCPU: Final = -24  # how the system ends a process for the CPU it has used


class Died(Exception):
    """The child is gone; ``late`` tells that it had used up its time."""

    def __init__(self, *, late: bool) -> None:
        super().__init__(late)
        self.late = late


class Child:
    """One child and its pipes. ``memory`` and ``output`` are bytes, ``cpu`` seconds an item."""

    def __init__(self, reader: str, *, memory: int, output: int, cpu: int) -> None:
        numbers = map(str, (memory, output, cpu))
        self._output = output
        self._late = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _START, str(_ROOT), reader, *numbers],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"}, cwd="/", start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.end()

    def ask(self, data: bytes, *, clock: float) -> Iterator[dict[str, Any]]:
        """Yield the answers to one item; raises ``Died``. ``clock``: seconds for each answer."""
        source, sink = _pipes(self._process)
        left = self._output
        with contextlib.suppress(OSError), self._timed(clock):  # one that died reads no more
            write_frame(sink, data)
        while True:
            with self._timed(clock):
                found = read_frame(source, most=left)
            if found is None:
                raise self._dead()
            answer, size = found
            if answer == END:
                return
            left -= size
            yield answer

    def end(self) -> None:
        """End the child, whatever it does."""
        self._process.kill()
        for pipe in _pipes(self._process):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    @contextlib.contextmanager
    def _timed(self, seconds: float) -> Iterator[None]:
        clock = threading.Timer(seconds, self._out_of_time)
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _out_of_time(self) -> None:
        self._late.set()
        self._process.kill()

    def _dead(self) -> Died:
        """Say why nothing comes any more; one that says too much is still alive."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._process.kill()
        self._process.wait()
        return Died(late=self._late.is_set() or self._process.returncode == _SIGXCPU)


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdout is not None  # noqa: S101 - opened above, for the type checker
    assert process.stdin is not None  # noqa: S101 - as above
    return process.stdout, process.stdin
