"""The ledger of imports (收件台账): what was imported, and what became of every item of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from enum import StrEnum

from consult.domain.comment import Refusal


class SourceKind(StrEnum):
    """What an import reads."""

    TABLE = "table"  # xlsx, csv, or a table in a docx
    JSONL = "jsonl"
    MAIL = "mail"
    FORM = "form"  # a department's feedback form
    ENTRY = "entry"  # typed in by staff
    API = "api"


class Outcome(StrEnum):
    """What became of an item."""

    TAKEN = "taken"
    REPEATED = "repeated"  # it was there already
    REFUSED = "refused"


class ImportState(StrEnum):
    """Where an import stands."""

    DRAFT = "draft"  # looked at, and not begun
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class RefusalState(StrEnum):
    """What became of a refused item: still open, corrected and taken, or set aside by staff."""

    OPEN = "open"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported. ``name`` is what people call it (a file name).

    ``digest`` is the SHA-256 of its bytes as hex, or whatever else names its content: by kind and
    digest an import that was broken off is found again and goes on where it stopped, and by digest
    and place a refused item is known again. Without one, an import always begins anew.
    """

    kind: SourceKind
    name: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """A place of the source in which nothing stands, or ``count`` of them: counted, not listed."""

    place: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every item: ``found = taken + repeated + refused + empty``, always.

    ``refusals`` are the first of those that this run met, for messages; the ledger has them all.
    """

    number: int
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    empty: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def found(self) -> int:
        """Number of places that were looked at."""
        return self.taken + self.repeated + self.refused + self.empty


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as the ledger lists it.

    ``done`` counts the items so far, ``open`` its refused items that nobody has dealt with yet,
    ``gone`` what it took and that was undone;
    ``error`` is a code with ``values``, empty for none; ``options`` is how the file is read.
    """

    number: int
    source: Source
    state: ImportState
    actor: str
    created: datetime
    report: ImportReport
    open: int = 0
    gone: int = 0
    finished: datetime | None = None
    error: str = ""
    values: Mapping[str, object] = default(default_factory=dict)
    options: Mapping[str, object] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """One item of an import. ``number`` is its receipt; ``refusal`` the id of a refused one.

    ``state`` is what became of a refused one since; ``gone`` tells that it was undone.
    """

    place: str
    outcome: Outcome
    number: str = ""
    refusal: int = 0
    field: str = ""
    code: str = ""
    values: Mapping[str, object] = default(default_factory=dict)
    state: RefusalState = RefusalState.OPEN
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """A refused item with all that was kept of it.

    ``number`` is the receipt of one that was corrected and taken, ``actor`` and ``why`` tell who
    settled it and, of one set aside, for what reason.
    """

    id: int
    refusal: Refusal
    state: RefusalState
    source: Source
    number: str = ""
    actor: str = ""
    why: str = ""
