"""What a run was made with: versions of plan, resources and code, so that it can be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from consult import __version__
from consult.domain.knowledge import Knowledge

_ROOMS = ("analysis", "domain", "services", "store")
_SHORT = 16  # hexadecimal digits of a hash: enough to tell versions apart, short enough to read


def run_record(
    marks: Mapping[str, str], knowledge: Knowledge, *, segmenter: str, threshold: float
) -> dict[str, str]:
    """Return the versions of a run by name; ``marks`` are the fingerprints in the database.

    ``plan``, ``plan_file`` and ``plan_text``: number of its version, hash of the file it came
    from, hash of its text as read. ``*_text``: hashes of the resources' contents. ``code``: hash of
    the program's parts that a run passes through; a version number alone does not tell an office's
    own changes.
    """
    return {
        "consult": __version__,
        "code": code_hash(),
        "segmenter": segmenter,
        "threshold": f"{threshold:g}",
        **knowledge.versions,
        **{name: mark[:_SHORT] for name, mark in marks.items()},
    }


@cache
def code_hash() -> str:
    """Return the hash of all modules that a run passes through, by name and content."""
    folder = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(path for room in _ROOMS for path in (folder / room).rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_SHORT]
