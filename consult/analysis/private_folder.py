"""Folders for what processes of this machine hand each other: in memory, and gone with their owner.

Originals are sealed in the database, and what is erased there leaves no bytes behind; citizens'
words in a file on a disk would undo both, above all in that of a process that was killed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders in it are made for their owner alone
_ROOM: Final = 256 << 20  # bytes free; a container often has 64 MB in all
_NAME: Final = "consult-shared-"
_OWNER: Final = "owner"  # a file that its process holds locked for as long as it lives


class PrivateFolder:
    """A folder that no other user can open; ``close`` removes it, or whoever makes the next one.

    ``in_memory`` tells whether what is put there gets to no disk: it does where memory holds no
    files, or too little of them.
    """

    def __init__(self, memory: Path = _MEMORY) -> None:
        self.in_memory = _has_room(memory)
        where = memory if self.in_memory else Path(tempfile.gettempdir())
        sweep(where)
        self.path = Path(tempfile.mkdtemp(prefix=_NAME, dir=where))
        self._owner = _locked(self.path)

    def close(self) -> None:
        """Remove the folder and all in it."""
        self._owner.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(where: Path) -> None:
    """Remove the folders there whose process is gone, even by kill -9; never those of others."""
    for folder in where.glob(f"{_NAME}*"):
        try:
            with (folder / _OWNER).open("rb") as owner:
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # being made, in use, or of another user


def _has_room(memory: Path) -> bool:
    try:
        return os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= _ROOM
    except OSError:
        return False


def _locked(folder: Path) -> BinaryIO:
    """Make the file that says who owns a folder; it has its name once it is locked."""
    coming = folder / "coming"
    owner = coming.open("wb")
    fcntl.flock(owner, fcntl.LOCK_EX)
    coming.rename(folder / _OWNER)
    return owner
