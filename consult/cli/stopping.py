"""Signals that tell a program to stop, noted while it runs and left as they were afterwards."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def told_to_stop(*, second_ends: bool) -> Iterator[threading.Event]:
    """Note the first SIGTERM or SIGINT; ``second_ends``: another one ends the process at once.

    Not so a worker: Ctrl+C reaches it beside the site, which then tells it to stop again.
    """
    stopping = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in signals}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(_number: int, _frame: object) -> None:
        stopping.set()
        if second_ends:
            restore()

    for number in signals:
        signal.signal(number, stop)
    try:
        yield stopping
    finally:
        restore()
