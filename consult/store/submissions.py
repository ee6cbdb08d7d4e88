"""Submissions: sealed originals and contact data, their keys, and what is read without a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.comment import Channel, Choice, Sender, Speaker, Submission
from consult.domain.errors import NotFound
from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class SealedSubmission:
    """A submission ready to be stored: hashes and ciphertext, no plain text.

    ``sealed_letters`` holds what attachments said; with a reason in ``held`` it waits for staff.

    ``person`` is the keyed hash by which two submissions of one person are seen as one person's;
    empty for an anonymous one.
    """

    number: str
    code_hash: str
    key: str | None
    channel: Channel
    speaker: Speaker
    received: datetime
    stored: datetime
    late: bool
    publish: bool
    privacy_version: str
    chosen: tuple[str, ...]
    source: str
    person: str
    sealed: bytes
    sealed_contact: bytes | None
    wrapped: bytes
    choices: tuple[Choice, ...] = ()
    sealed_letters: bytes | None = None
    held: str = ""


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A row as stored: public facts in ``value`` (its text empty), ciphertext beside it."""

    value: Submission
    code_hash: str
    sealed: bytes
    sealed_contact: bytes | None
    wrapped: bytes | None
    person: str = ""
    privacy_version: str = ""
    sealed_letters: bytes | None = None


_COLUMNS = (
    "consultation, number, code_hash, key, channel, speaker, received, stored, late, publish,"
    " privacy_version, chosen, source, person, state, sealed, sealed_contact, choices,"
    " sealed_letters, held"
)


def add(db: Database, consultation: int, item: SealedSubmission) -> int:
    """Insert a submission and its key; returns its id."""
    values = [
        consultation, item.number, item.code_hash, item.key, item.channel.value,
        item.speaker.value, codec.to_text(item.received), codec.to_text(item.stored),
        int(item.late), int(item.publish), item.privacy_version, codec.dump(item.chosen),
        item.source, item.person, "held" if item.held else "active", item.sealed,
        item.sealed_contact, dump_choices(item.choices), item.sealed_letters, item.held,
    ]  # fmt: skip
    marks = ", ".join("?" * len(values))
    cursor = db.conn.execute(f"insert into submissions ({_COLUMNS}) values ({marks})", values)
    number = int(cursor.lastrowid or 0)
    db.conn.execute("insert into submission_keys values (?, ?)", [number, item.wrapped])
    return number


_SELECT = (
    "select s.*, k.wrapped from submissions s left join submission_keys k on k.submission = s.id"
)


def by_key(db: Database, consultation: int, key: str) -> StoredSubmission | None:
    """Return the submission that an idempotency key has stored already, or None."""
    found = rows(db, f"{_SELECT} where s.consultation = ? and s.key = ?", [consultation, key])
    return next((_stored(row) for row in found), None)


def by_number(db: Database, consultation: int, number: str) -> StoredSubmission | None:
    """Return the submission with a receipt number, or None."""
    found = rows(db, f"{_SELECT} where s.consultation = ? and s.number = ?", [consultation, number])
    return next((_stored(row) for row in found), None)


def by_id(db: Database, identifier: int) -> StoredSubmission:
    """Return one submission; raises ``NotFound("submission.unknown")``."""
    for row in db.query(f"{_SELECT} where s.id = ?", [identifier]):
        return _stored(row)
    raise NotFound("submission.unknown", id=identifier)


def active(db: Database, consultation: int) -> tuple[StoredSubmission, ...]:
    """Return all submissions that are listed, in the order they were stored."""
    rows = db.query(
        f"{_SELECT} where s.consultation = ? and s.state = 'active' order by s.id", [consultation]
    )
    return tuple(_stored(row) for row in rows)


def awaiting(
    db: Database, consultation: int, *, after: int, limit: int
) -> tuple[StoredSubmission, ...]:
    """Return listed submissions without a comment, in the order they were stored.

    ``after`` is the id of one that came before all of them.
    """
    rows = db.query(
        f"{_SELECT} where s.consultation = ? and s.state = 'active' and s.id > ? and not exists"
        " (select 1 from comments c where c.submission = s.id and c.state = 'active')"
        " order by s.id limit ?",
        [consultation, after, limit],
    )
    return tuple(_stored(row) for row in rows)


def unplaced(db: Database, submission: int, *, version: int) -> bool:
    """Tell whether a submission is listed in this version and has no comment yet."""
    rows = db.query(
        "select 1 from submissions s where s.id = ? and s.state = 'active' and s.version = ?"
        " and not exists (select 1 from comments c where c.submission = s.id"
        " and c.state = 'active')",
        [submission, version],
    )
    return any(True for _ in rows)


def in_state(
    db: Database, consultation: int, state: str, *, most: int
) -> tuple[StoredSubmission, ...]:
    """Return the first submissions in a state, in the order they were stored."""
    rows = db.query(
        f"{_SELECT} where s.consultation = ? and s.state = ? order by s.id limit ?",
        [consultation, state, most],
    )
    return tuple(_stored(row) for row in rows)


def standing(db: Database, consultation: int) -> dict[int, int]:
    """Return the version of every listed submission, by id."""
    rows = db.query(
        "select id, version from submissions where consultation = ? and state = 'active'",
        [consultation],
    )
    return {int(row["id"]): int(row["version"]) for row in rows}


def numbers(db: Database, consultation: int) -> dict[int, StoredSubmission]:
    """Return all listed submissions by id."""
    return {item.value.id: item for item in active(db, consultation)}


def senders(db: Database, consultation: int) -> dict[int, Sender]:
    """Return what documents tell of each listed submission, by id: neither text nor contact."""
    rows = db.query(
        "select id, channel, speaker, received, person <> '' as known from submissions"
        " where consultation = ? and state = 'active' order by id",
        [consultation],
    )
    return {
        row["id"]: Sender(
            Channel(row["channel"]),
            Speaker(row["speaker"]),
            codec.to_instant(row["received"]),
            bool(row["known"]),
        )
        for row in rows
    }


def persons(db: Database, consultation: int) -> dict[int, str]:
    """Return, for each listed submission, the key that stands for its person.

    An anonymous submission is a person of its own.
    """
    rows = db.query(
        "select id, person from submissions where consultation = ? and state = 'active'",
        [consultation],
    )
    return {int(row["id"]): str(row["person"]) or f"#{row['id']}" for row in rows}


def _stored(row: dict[str, object]) -> StoredSubmission:
    value = Submission(
        id=int(str(row["id"])),
        number=str(row["number"]),
        channel=Channel(str(row["channel"])),
        speaker=Speaker(str(row["speaker"])),
        received=codec.to_instant(str(row["received"])),
        stored=codec.to_instant(str(row["stored"])),
        text="",
        late=bool(row["late"]),
        publish=bool(row["publish"]),
        identified=bool(row["person"]),
        state=str(row["state"]),
        chosen=tuple(codec.load(str(row["chosen"]))),
        source=str(row["source"]),
        choices=_choices(str(row["choices"])),
        version=int(str(row["version"])),
        held=str(row["held"]),
    )
    return StoredSubmission(
        value=value,
        code_hash=str(row["code_hash"]),
        person=str(row["person"]),
        privacy_version=str(row["privacy_version"]),
        sealed_letters=_bytes(row["sealed_letters"]),
        sealed=_bytes(row["sealed"]) or b"",
        sealed_contact=_bytes(row["sealed_contact"]),
        wrapped=_bytes(row["wrapped"]),
    )


def dump_choices(choices: tuple[Choice, ...]) -> str:
    """Write choices as lists of start, end and section."""
    return codec.dump([[choice.start, choice.end, choice.section] for choice in choices])


def _choices(text: str) -> tuple[Choice, ...]:
    return () if text == "[]" else tuple(Choice(*item) for item in codec.load(text))


def _bytes(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes) else None


def some(db: Database, identifiers: set[int]) -> dict[int, Submission]:
    """Return what may be read without a key of some submissions, by id."""
    marks = ",".join("?" * len(identifiers))
    rows = db.query(f"{_SELECT} where s.id in ({marks})", sorted(identifiers))
    return {int(row["id"]): _stored(row).value for row in rows}


def forget_contacts(db: Database, consultation: int) -> int:
    """Delete all contact data; returns how many submissions had any.

    The keyed hash of a person is replaced by a number, so that counts of people stay.
    """
    held = "consultation = ? and (sealed_contact is not null or length(person) > 20)"
    rows = list(db.query(f"select distinct person from submissions where {held}", [consultation]))
    count = next(
        iter(db.query(f"select count(*) as n from submissions where {held}", [consultation]))
    )
    for place, row in enumerate(rows, 1):
        if len(row["person"]) > 20:
            db.execute(
                "update submissions set person = ? where consultation = ? and person = ?",
                [f"person {place}", consultation, row["person"]],
            )
    db.execute(
        "update submissions set sealed_contact = null where consultation = ?", [consultation]
    )
    return int(count["n"])
