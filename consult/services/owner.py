"""Which process works on something, and whether it is still there."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timedelta
from typing import Final

STALE: Final = timedelta(seconds=30)  # without a sign of life: whoever had it is gone


def new_owner() -> str:
    """Return a name for this process that no other one has: host, process, and chance."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def alive(owner: str, heartbeat: datetime | None, now: datetime) -> bool:
    """Tell whether an owner's process exists, where that can be told, and has shown life."""
    host, _, process = owner.rpartition("/")[0].rpartition("/")
    if host == socket.gethostname() and process.isdigit() and not _exists(int(process)):
        return False
    return heartbeat is not None and now - heartbeat < STALE


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
