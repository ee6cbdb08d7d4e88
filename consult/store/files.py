"""Files of citizens: uploads that belong to a form until it is sent, attachments afterwards.

They lie in the database: a file is stored, backed up and erased in one transaction with the rest,
and an upload that breaks off leaves nothing. ``sealed`` is ciphertext throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.attachment import FileKind, Reading
from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A row without its content. ``owner`` is a form's hash or a submission's id, as text.

    ``sealed_text`` is what was read from an upload; attachments have theirs with the submission.
    """

    storage: str
    owner: str
    kind: FileKind
    size: int
    state: Reading
    sealed_name: bytes
    sealed_text: bytes = b""


_PLAIN = "storage, kind, size, state, sealed_name"


def add_upload(db: Database, file: StoredFile, sealed: bytes, *, expires: float) -> None:
    """Keep a file for a form until an instant (seconds since 1970)."""
    db.execute(
        "insert into uploads (storage, form, kind, size, state, sealed_name, sealed_text, sealed,"
        " expires) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [file.storage, file.owner, file.kind.value, file.size, file.state.value,
         file.sealed_name, file.sealed_text, sealed, expires],
    )  # fmt: skip


def uploads(db: Database, form: str) -> tuple[StoredFile, ...]:
    """Return the files of a form in the order they came."""
    found = rows(
        db,
        f"select {_PLAIN}, form as owner, sealed_text from uploads where form = ? order by rowid",
        [form],
    )
    return tuple(_file(row) for row in found)


def upload_content(db: Database, storage: str) -> bytes:
    """Return the ciphertext of an upload."""
    rows = db.query("select sealed from uploads where storage = ?", [storage])
    return next(bytes(row["sealed"]) for row in rows)


def drop_upload(db: Database, form: str, storage: str) -> None:
    """Remove a file of a form."""
    db.execute("delete from uploads where form = ? and storage = ?", [form, storage])


def drop_uploads(db: Database, form: str) -> None:
    """Remove all files of a form."""
    db.execute("delete from uploads where form = ?", [form])


def keep_uploads(db: Database, form: str, *, expires: float) -> None:
    """Keep the files of a form until a later instant."""
    db.execute("update uploads set expires = ? where form = ?", [expires, form])


def volume(db: Database) -> int:
    """Return how many bytes of uploads wait for their form to be sent."""
    rows = db.query("select coalesce(sum(size), 0) as n from uploads")
    return int(next(iter(rows))["n"])


def expire(db: Database, *, now: float) -> int:
    """Drop uploads and drafts whose time is over; returns how many there were."""
    gone = 0
    for table in ("uploads", "drafts"):
        gone += db.execute(f"delete from {table} where expires <= ?", [now]).rowcount
    return gone


def add_attachment(db: Database, submission: int, file: StoredFile, sealed: bytes) -> None:
    """Add a file to a submission, after those it has."""
    db.execute(
        "insert into attachments (storage, submission, place, kind, size, state, sealed_name,"
        " sealed) select ?, ?, coalesce(max(place) + 1, 0), ?, ?, ?, ?, ? from attachments"
        " where submission = ?",
        [file.storage, submission, file.kind.value, file.size, file.state.value,
         file.sealed_name, sealed, submission],
    )  # fmt: skip


def attachments(db: Database, submission: int) -> tuple[StoredFile, ...]:
    """Return the files of a submission in the order they came."""
    rows = db.query(
        f"select {_PLAIN}, submission as owner from attachments where submission = ?"
        " order by place",
        [submission],
    )
    return tuple(_file(row) for row in rows)


def awaiting(db: Database, consultation: int) -> tuple[StoredFile, ...]:
    """Return the files of listed submissions that staff have to transcribe, oldest first."""
    rows = db.query(
        "select a.storage, a.kind, a.size, a.state, a.sealed_name, a.submission as owner"
        " from attachments a join submissions s on s.id = a.submission"
        " where s.consultation = ? and s.state = 'active' and a.state = 'awaiting'"
        " order by a.submission, a.place",
        [consultation],
    )
    return tuple(_file(row) for row in rows)


def take_away(db: Database, storage: str, *, sealed_text: bytes, now: datetime) -> None:
    """Move a file of a submission among those it had before, with what was read from it."""
    db.execute(
        "insert into former_files (storage, submission, kind, size, state, sealed_name, sealed,"
        " sealed_text, until) select storage, submission, kind, size, state, sealed_name, sealed,"
        " ?, ? from attachments where storage = ?",
        [sealed_text, codec.to_text(now), storage],
    )
    db.execute("delete from attachments where storage = ?", [storage])


def former(db: Database, submission: int) -> tuple[tuple[StoredFile, datetime], ...]:
    """Return the files a submission had before, each with the instant it was taken away."""
    found = rows(
        db,
        f"select {_PLAIN}, submission as owner, sealed_text, until from former_files"
        " where submission = ? order by rowid",
        [submission],
    )
    return tuple((_file(row), codec.to_instant(str(row["until"]))) for row in found)


def attachment(db: Database, storage: str) -> tuple[StoredFile, bytes] | None:
    """Return a file of a submission and its ciphertext, or None."""
    rows = db.query(
        f"select {_PLAIN}, submission as owner, sealed from attachments where storage = ?",
        [storage],
    )
    return next(((_file(row), bytes(row["sealed"])) for row in rows), None)


def transcribed(db: Database, storage: str) -> None:
    """Note that staff have written down what a file says."""
    db.execute(
        "update attachments set state = ? where storage = ?", [Reading.TRANSCRIBED.value, storage]
    )


def _file(row: dict[str, object]) -> StoredFile:
    text = row.get("sealed_text")
    return StoredFile(
        storage=str(row["storage"]),
        owner=str(row["owner"]),
        kind=FileKind(str(row["kind"])),
        size=int(str(row["size"])),
        state=Reading(str(row["state"])),
        sealed_name=bytes(row["sealed_name"]),  # type: ignore[call-overload]
        sealed_text=bytes(text) if isinstance(text, bytes) else b"",
    )
