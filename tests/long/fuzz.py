"""Coverage-guided fuzzing (atheris) of a reader of untrusted bytes.

``python -m tests.long.fuzz mail|table|enclosure|archive FOLDER SECONDS``: begins with the files of
the folder, adds what reaches new code, and ends with an error when a reader raises anything but a
refusal, takes over 20 s or over 1 GiB, or says what cannot be sent back.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

READERS = {
    "mail": "consult.intake.mail:read",
    "enclosure": "consult.intake.letter:read_any",
    "archive": "consult.intake.archive:read",
    "table": "consult.intake.table_read:batches",
}


def target(name: str) -> Callable[[bytes], None]:
    """Return what is done with each input."""
    from consult.domain.errors import InputRefused
    from consult.intake.sandbox_frames import pack, unpack

    module, _, function = READERS[name].partition(":")
    read: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)

    def once(data: bytes) -> None:
        try:
            found = read(data)
            for value in found if isinstance(found, Iterator) else (found,):
                unpack(pack({"value": value}))
        except InputRefused:
            return

    return once


def main(name: str, folder: str, seconds: str) -> None:
    """Fuzz a reader for so many seconds."""
    import atheris

    with atheris.instrument_imports(include=["consult.intake", "consult.domain.text"]):
        once = target(name)
    options = (
        f"-max_total_time={seconds}", "-max_len=65536", "-timeout=20", "-rss_limit_mb=1024",
        f"-artifact_prefix={folder}/",
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options, folder], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
