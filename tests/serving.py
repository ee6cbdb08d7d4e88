"""Starts the real program as a process that serves, and asks it over a real socket."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

PROGRAM = (sys.executable, "-m", "consult")
NOW = "2024-05-10T10:00:00+08:00"  # inside the window of the small consultation
_BANNER = re.compile(r"http://\S+:(\d+)/")


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a child: no settings and no module path of ours.

    Our citizens write faster than people, and nobody is to look at what they send;
    no worker runs beside a site.
    """
    ours = ("CONSULT_", "PYTHONPATH")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {
        **clean,
        "PYTHONIOENCODING": "utf-8",
        "CONSULT_MIN_SECONDS": "0",
        "CONSULT_WORKER": "false",
        **changes,
    }


def free_port() -> int:
    """Return a port below those that the system hands to clients, so that none of them takes it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@dataclass
class Server:
    """A serving process; ``log`` is its standard error."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    @property
    def address(self) -> str:
        return urlsplit(self.url).netloc

    def stop(self, number: int = signal.SIGTERM, *, within: float = 30) -> int:
        """Send a signal, wait, and return the exit code."""
        self.process.send_signal(number)
        return self.wait(within)

    def wait(self, within: float) -> int:
        """Wait for the end and return the exit code; raises ``TimeoutExpired``."""
        code = self.process.wait(within)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


def start(folder: Path, *args: str, program: Sequence[str] = PROGRAM, **environ: str) -> Server:
    """Start ``consult ARGS`` in a folder; returns when it says where it serves."""
    log = folder / "serve.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*program, *args], cwd=folder, env=environment(**environ), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8",
        )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if found := _BANNER.search(line):
            return Server(process, found.group(), log)
    process.stdout.close()
    raise AssertionError(f"exit code {process.wait()}: {log.read_text(encoding='utf-8')}")


@contextmanager
def serving(
    folder: Path, *args: str, program: Sequence[str] = PROGRAM, **environ: str
) -> Iterator[Server]:
    """Serve for the length of a block."""
    server = start(folder, *args, program=program, **environ)
    try:
        yield server
    finally:
        server.stop(signal.SIGKILL)


@contextmanager
def answer(server: Server, path: str) -> Iterator[HTTPResponse]:
    """Ask for a page over a connection of its own, without cookies."""
    connection = HTTPConnection(server.address, timeout=30)
    try:
        connection.request("GET", path)
        yield connection.getresponse()
    finally:
        connection.close()
