"""Files that come with a submission (附件), and what could be read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class FileKind(StrEnum):
    """What a file is, told by its content and never by its name."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"
    TXT = "txt"


class Reading(StrEnum):
    """How far a file has been read."""

    READ = "read"
    AWAITING = "awaiting"  # a scan, a picture or a table: staff have to transcribe it (待转录)
    TRANSCRIBED = "transcribed"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a file says: its kind, the text read from it, and whether staff have to look."""

    kind: FileKind
    text: str = ""
    state: Reading = Reading.READ


class FileWords(NamedTuple):
    """What a file of a submission says, and the name its sender gave it.

    ``storage`` is the name we gave it; empty for files that came in a letter, and in older rows.
    """

    name: str
    text: str
    storage: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came in a letter, with the name its sender gave it and what could be read."""

    name: str
    data: bytes = field(repr=False)
    letter: Letter


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file. ``storage`` is the name we gave it, ``name`` the person's own, kept as data.

    ``size`` is in bytes.
    """

    storage: str
    name: str
    kind: FileKind
    size: int
    state: Reading
    text: str = ""
