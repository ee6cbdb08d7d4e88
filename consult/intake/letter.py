"""Reads a file that came with a submission: what it is, what it says, or why it is not taken.

The kind is told by content. Word and PDF files with a text layer are read as letters; pictures,
scans and tables wait for staff. Nothing here trusts the file: ``look_at`` is called by the site and
parses nothing itself, ``read`` runs in the sandbox.
"""

from __future__ import annotations

from typing import Final

from consult.domain.attachment import FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, normalise
from consult.intake.letter_package import read_package
from consult.intake.letter_pdf import read_pdf
from consult.intake.sandbox import Limits, in_sandbox

# Five times a long submission. A letter that is longer is a book: its author should send a summary.
MAX_CHARACTERS: Final = 100_000
# First bytes → kind; what begins otherwise is not taken, whatever its name says.
_MAGICS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "package"),  # docx and xlsx are zip files
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),  # Word 97 to 2003, or encrypted
)
# What the sandbox says of a file it could not cope with → what the person is told.
_FAILURES: Final = {
    "sandbox.time": "attachment.complex",
    "sandbox.failed": "attachment.broken",
    "sandbox.busy": "attachment.busy",
}


def look_at(data: bytes, *, limits: Limits | None = None) -> Letter:
    """Return what a file is and says.

    Raises ``InputRefused``: ``attachment.empty``, ``attachment.unknown``, ``attachment.locked``,
    ``attachment.macros``, ``attachment.broken``, ``attachment.complex``, ``attachment.long``,
    ``attachment.busy``.
    """
    kind = _magic(data)
    if kind in ("jpg", "png"):
        return Letter(FileKind(kind), state=Reading.AWAITING)
    try:
        found = in_sandbox("consult.intake.letter:read", data, limits=limits)
        letter = Letter(FileKind(found["kind"]), str(found["text"]), Reading(found["state"]))
    except InputRefused as error:
        raise InputRefused(_FAILURES.get(error.code, error.code)) from error
    if len(letter.text) > MAX_CHARACTERS:
        raise InputRefused("attachment.long", length=len(letter.text), limit=MAX_CHARACTERS)
    return letter


def read(data: bytes) -> dict[str, str]:
    """Read a Word, Excel or PDF file; runs in the sandbox. Raises as ``look_at``."""
    pdf = _magic(data) == "pdf"
    letter = read_pdf(data) if pdf else read_package(data)
    text = normalise(letter.text, strict=False).strip("\n")
    state = Reading.AWAITING if is_blank(text) else letter.state
    return {"kind": letter.kind, "text": "" if is_blank(text) else text, "state": state}


def _magic(data: bytes) -> str:
    if not data:
        raise InputRefused("attachment.empty")
    kind = next((kind for magic, kind in _MAGICS if data.startswith(magic)), "")
    if kind == "ole":
        raise InputRefused("attachment.locked")
    if not kind:
        raise InputRefused("attachment.unknown")
    return kind
