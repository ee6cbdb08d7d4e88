"""Deliver documents: compile, check the accounting, write bytes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from consult.domain.digest import Digest, Register
from consult.domain.errors import InputRefused, NotFound
from consult.export.formats import DOCUMENTS, DigestFormat, RegisterFormat
from consult.services.compile import compile_digest, compile_register
from consult.services.office import Office
from consult.services.office_templates import dressed

_PARTIAL: Final = "partial-"  # in front of the name of what holds only some of the comments


@dataclass(frozen=True, slots=True)
class Document:
    """A file ready to be sent: name, media type, bytes."""

    name: str
    content_type: str
    data: bytes


def document(
    office: Office,
    *,
    slug: str,
    name: str,
    as_of: datetime,
    rehearsal: bool = False,
    filters: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Document:
    """Return one document; raises ``NotFound("document.unknown")`` and ``AccountingError``.

    ``filters`` (``choose``) make it a partial one, which its name tells too; ``columns`` are
    what a register's tables of comments show.
    """
    if name not in DOCUMENTS:
        raise NotFound("document.unknown", name=name)
    return _rendered(office, slug, (name,), (as_of, rehearsal), filters, columns)[0]


def every_document(
    office: Office, *, slug: str, as_of: datetime, rehearsal: bool = False
) -> tuple[Document, ...]:
    """Return all documents, of one state of the database; raises ``AccountingError``."""
    return _rendered(office, slug, tuple(DOCUMENTS), (as_of, rehearsal), ())


def deliver(
    office: Office,
    *,
    slug: str,
    out: Path,
    as_of: datetime,
    rehearsal: bool = False,
    names: tuple[str, ...] = (),
    filters: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> tuple[Path, ...]:
    """Write documents (all by default) into a folder; each appears whole or not at all.

    Raises ``InputRefused("file.unwritable")`` where the folder cannot be written to, as on a full
    disk; documents written before stay, the unfinished one leaves nothing behind.
    """
    paths = []
    wanted = names or tuple(DOCUMENTS)
    for item in _rendered(office, slug, wanted, (as_of, rehearsal), filters):
        path = out / item.name
        try:
            out.mkdir(parents=True, exist_ok=True)
            _put(path, item.data)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InputRefused(
                "file.unwritable", field="out", path=str(path), reason=reason
            ) from error
        paths.append(path)
    return tuple(paths)


def _put(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(data)
        os.replace(draft, path)  # noqa: PTH105 - atomic on every platform
    finally:
        draft.unlink(missing_ok=True)


def _rendered(
    office: Office,
    slug: str,
    names: tuple[str, ...],
    moment: tuple[datetime, bool],
    filters: Sequence[str],
    columns: Sequence[str] = (),
) -> tuple[Document, ...]:
    """Render documents from one digest and one register, read from one state of the database."""
    formats = {name: DOCUMENTS[name] for name in names}
    as_of, rehearsal = moment
    with office.store.read():
        digest = register = None
        if any(isinstance(entry, DigestFormat) for entry in formats.values()):
            digest = compile_digest(
                office, slug=slug, as_of=as_of, rehearsal=rehearsal, filters=filters,
                reasons="digest.json" in formats,
            )  # fmt: skip
        if any(isinstance(entry, RegisterFormat) for entry in formats.values()):
            register = compile_register(
                office,
                slug=slug,
                as_of=as_of,
                rehearsal=rehearsal,
                filters=filters,
                columns=columns,
            )
        made = digest or register
        part = _PARTIAL if made is not None and made.partial else ""
        return tuple(
            Document(
                f"{part}{name}",
                entry.content_type,
                _dressed(office, slug, name, _write(entry, digest, register), as_of),
            )
            for name, entry in formats.items()
        )


def _dressed(office: Office, slug: str, name: str, data: bytes, as_of: datetime) -> bytes:
    """Put a Word document into the office's own template, where there is one."""
    if not name.endswith(".docx"):
        return data
    purpose = name.removesuffix(".docx")
    return dressed(office, slug=slug, purpose=purpose, data=data, as_of=as_of)


def _write(
    entry: DigestFormat | RegisterFormat, digest: Digest | None, register: Register | None
) -> bytes:
    if isinstance(entry, DigestFormat):
        assert digest is not None  # noqa: S101 - compiled above for every digest format
        return entry.write(digest)
    assert register is not None  # noqa: S101 - compiled above for every register format
    return entry.write(register)
