"""Office packages (docx, xlsx) as letters: told apart by their content types, macros refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from consult.domain.attachment import FileKind, Letter
from consult.domain.errors import InputRefused
from consult.intake.draft_docx import docx_blocks
from consult.intake.draft_lines import Block, Line

# ECMA-376 part 1, sections 11 and 12: the content type of the main part says what a package is.
_MAIN: Final = {
    b"wordprocessingml.document.main+xml": FileKind.DOCX,
    b"wordprocessingml.template.main+xml": FileKind.DOCX,
    b"spreadsheetml.sheet.main+xml": FileKind.XLSX,
    b"spreadsheetml.template.main+xml": FileKind.XLSX,
}
_TYPES: Final = "[Content_Types].xml"
_LARGEST: Final = 1_000_000  # bytes of the list of content types; real ones have a few thousand
_PARTS: Final = 5_000


def read_package(data: bytes) -> Letter:
    """Read a docx or an xlsx.

    Raises ``InputRefused``: ``attachment.unknown`` (another zip file), ``attachment.macros``,
    ``attachment.locked``, ``attachment.broken``, ``attachment.complex``.
    """
    kind = package_kind(data)
    if kind is FileKind.XLSX:
        # openpyxl takes 0.1 s to load: only the child that meets a table pays for it.
        from consult.intake.letter_xlsx import read_xlsx

        return read_xlsx(data)
    try:
        blocks = docx_blocks(data)
    except InputRefused as error:
        reason = error.code.rpartition(".")[2]
        raise InputRefused(_REFUSED.get(reason, "attachment.broken")) from error
    return Letter(kind, _text(blocks))


def package_kind(data: bytes) -> FileKind:
    """Return what a zip file is; raises as ``read_package``."""
    return _kind(_content_types(data))


# Why the reader of drafts refuses a file → what its sender is told.
_REFUSED: Final = {"too-large": "attachment.complex", "encrypted": "attachment.locked"}


def _content_types(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            names = [part for part in parts if part.filename == _TYPES]
            if not names:
                raise InputRefused("attachment.unknown")
            if len(parts) > _PARTS or names[0].file_size > _LARGEST:
                raise InputRefused("attachment.complex")
            return package.read(names[0])
    except InputRefused:
        raise
    except Exception as error:  # zipfile fails in as many ways as files can be damaged
        raise InputRefused("attachment.broken") from error


def _kind(types: bytes) -> FileKind:
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise InputRefused("attachment.macros")
    for mark, kind in _MAIN.items():
        if re.search(re.escape(mark), types):
            return kind
    raise InputRefused("attachment.unknown")


def _text(blocks: Sequence[Block]) -> str:
    """Return paragraphs as lines and rows of tables as lines with tabs between the cells."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += ["\t".join(row) for row in block.rows]
    return "\n".join(lines)
