"""Tables of comments: cells with what is wrong with them, and what their columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a column of a table means."""

    TEXT = "text"  # what is said
    ORIGINAL = "original"  # the words of the draft it is about
    REPLACEMENT = "replacement"  # the words wanted instead
    REASON = "reason"
    SECTION = "section"
    UNIT = "unit"
    NAME = "name"
    CONTACT = "contact"
    SPEAKER = "speaker"
    CHANNEL = "channel"
    RECEIVED = "received"
    ID = "id"  # a number of the office's own: of a call, a work order
    PUBLISH = "publish"
    IGNORED = ""


class Flaw(StrEnum):
    """What is wrong with a cell, or particular about it."""

    NONE = ""
    MERGED = "merged"  # part of a merged cell: repeats the words of its first cell
    ERROR = "error"  # #N/A and the like
    FORMULA = "formula"  # a formula whose value was never saved
    ROUNDED = "rounded"  # more digits than the table program keeps


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell as people see them."""

    text: str = ""
    flaw: Flaw = Flaw.NONE


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank; ``number`` counts from 1 as the table program does."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook or a table of a document. ``lines`` are the words above it."""

    name: str
    hidden: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table is read.

    ``roles`` says what a column means, by its header or its letters (``A``, ``AB``); what it does
    not name is told by the header. ``header`` is the number of the header's row: None to find it,
    0 for a table without one.
    """

    roles: Mapping[str, Role] = field(default_factory=dict)
    header: int | None = None
