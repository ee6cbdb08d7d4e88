"""Reads a file that came with a submission: what it is, what it says, or why it is not taken.

The kind is told by content. Word files, tables and PDF files with a text layer are read as
letters; pictures and scans wait for staff. Nothing here trusts the file: ``look_at`` is called by
the site and parses nothing itself, ``read`` runs in the sandbox.
"""

from __future__ import annotations

from typing import Final

from consult.domain.attachment import FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.domain.text import REPLACEMENT, is_blank, normalise
from consult.intake.charsets import decode
from consult.intake.file_kinds import ZIP, kind_of, refusal_of
from consult.intake.letter_package import read_package
from consult.intake.letter_pdf import read_pdf
from consult.intake.sandbox import Limits, in_sandbox

# Five times a long submission. A letter that is longer is a book: its author should send a summary.
MAX_CHARACTERS: Final = 100_000
# Kinds that are read; pictures wait for staff.
_READ: Final = frozenset({"pdf", ZIP})
# What the sandbox says of a file it could not cope with → what the person is told.
FAILURES: Final = {
    "sandbox.time": "attachment.complex",
    "sandbox.failed": "attachment.broken",
    "sandbox.busy": "attachment.busy",
}


def look_at(data: bytes, *, limits: Limits | None = None) -> Letter:
    """Return what a file is and says.

    Raises ``InputRefused``: ``attachment.empty``, ``attachment.unknown``, ``attachment.locked``,
    ``attachment.old``, ``attachment.archive``, ``attachment.macros``, ``attachment.broken``,
    ``attachment.complex``, ``attachment.long``, ``attachment.busy``.
    """
    if kind := is_picture(data):
        return Letter(kind, state=Reading.AWAITING)
    _read_kind(data)
    try:
        found = in_sandbox("consult.intake.letter:read", data, limits=limits)
        letter = Letter(FileKind(found["kind"]), str(found["text"]), Reading(found["state"]))
    except InputRefused as error:
        raise InputRefused(FAILURES.get(error.code, error.code)) from error
    if len(letter.text) > MAX_CHARACTERS:
        raise InputRefused("attachment.long", length=len(letter.text), limit=MAX_CHARACTERS)
    return letter


def read(data: bytes) -> dict[str, str]:
    """Read a Word, Excel or PDF file; runs in the sandbox. Raises as ``look_at``."""
    pdf = _read_kind(data) == "pdf"
    letter = read_pdf(data) if pdf else read_package(data)
    text = normalise(letter.text, strict=False).strip("\n")
    state = Reading.AWAITING if is_blank(text) else letter.state
    return {"kind": letter.kind, "text": "" if is_blank(text) else text, "state": state}


def read_any(data: bytes) -> dict[str, str]:
    """Read a file as ``read`` does, or as plain text when it is that."""
    if kind_of(data) or not data:
        return read(data)
    text = normalise(decode(data), strict=False).strip("\n")
    if not is_plain(data, text):
        raise InputRefused("attachment.unknown")
    return {"kind": FileKind.TXT, "text": text, "state": Reading.READ}


def is_plain(data: bytes, text: str) -> bool:
    """Tell whether bytes are text that a person wrote: no markup, no program, nothing broken."""
    head = text.lstrip()[:200].lower()
    if is_blank(text) or head.startswith(("<", "#!", "mz", "%!ps", "{\\rtf")):
        return False
    controls = sum(1 for byte in data[:4096] if byte < 9 or 13 < byte < 32)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return (wide or controls == 0) and text.count(REPLACEMENT) * 20 <= len(text)


def is_picture(data: bytes) -> FileKind | None:
    """Return which kind of picture a file is, None when it is none that is taken."""
    kind = kind_of(data)
    return FileKind(kind) if kind in ("jpg", "png") else None


def _read_kind(data: bytes) -> str:
    if not data:
        raise InputRefused("attachment.empty")
    kind = kind_of(data)
    if refusal := refusal_of(kind):
        raise refusal
    if kind not in _READ:
        raise InputRefused("attachment.unknown")
    return kind
