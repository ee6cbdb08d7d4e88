"""The one door to pypdf: the text layer of a PDF, its printed lines joined to paragraphs again."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from consult.domain.attachment import FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank

_PAGES: Final = 300
# A printed line this full, of the widest one, goes on in the next unless a sentence ends there.
_FULL: Final = 0.75
_ENDS: Final = "。！？；：!?;:"
# What begins a new point whatever stands before it: 一、 （一） (1) 1. 第三条
_COUNT: Final = r"[一二三四五六七八九十百\d]"
_BEGINS: Final = re.compile(rf"[（(]?{_COUNT}{{1,3}}[)）、.．]|第{_COUNT}+[章节条]")


def read_pdf(data: bytes) -> Letter:
    """Read the text layer; pages without one leave the file waiting for staff.

    Raises ``InputRefused``: ``attachment.locked``, ``attachment.complex``, ``attachment.broken``.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputRefused("attachment.locked")
        if len(reader.pages) > _PAGES:
            raise InputRefused("attachment.complex")
        pages = [page.extract_text() for page in reader.pages]
    except (InputRefused, MemoryError):
        raise
    except Exception as error:  # the library fails in as many ways as files can be damaged
        raise InputRefused("attachment.broken") from error
    unread = any(is_blank(text) for text in pages)
    lines = [line for text in pages for line in text.splitlines()]
    return Letter(FileKind.PDF, joined(lines), Reading.AWAITING if unread else Reading.READ)


def joined(lines: Sequence[str]) -> str:
    """Join printed lines to paragraphs: a full line goes on unless a sentence ends in it."""
    written = [line.strip() for line in lines if not is_blank(line)]
    widest = max(map(_width, written), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in written:
        if goes_on and not _BEGINS.match(line):
            words = paragraphs[-1][-1].isascii() and line[0].isascii()
            paragraphs[-1] += f" {line}" if words else line
        else:
            paragraphs.append(line)
        goes_on = _width(line) >= _FULL * widest and line[-1] not in _ENDS
    return "\n".join(paragraphs)


def _width(line: str) -> int:
    """Return the width of a line in half characters: a Chinese one is twice as wide."""
    return sum(1 if character.isascii() else 2 for character in line)
