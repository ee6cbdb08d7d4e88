"""Reading and writing the files that commands are given."""

from __future__ import annotations

from pathlib import Path

import click

from consult.domain.errors import InputRefused

FILE = click.Path(path_type=Path, dir_okay=False)
PATH = click.Path(path_type=Path)


def read(path: Path) -> bytes:
    """Return the bytes of a file; raises ``InputRefused`` with the reason."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused("file.missing", field="file", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or ""
        raise InputRefused(
            "file.unreadable", field="file", path=str(path), reason=reason
        ) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole; raises ``InputRefused("file.unwritable")``."""
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            "file.unwritable", field="file", path=str(path), reason=reason
        ) from error
