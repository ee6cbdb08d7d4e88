"""What changes a stored submission: a correction, a withdrawal, an erasure, a release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from consult.domain.comment import Choice
from consult.store import (
    acts,
    codec,
    decisions,
    letters,
    maskings,
    originals,
    releases,
    search,
    together,
)
from consult.store.submissions import dump_choices


def correct(
    db: Database,
    submission: int,
    *,
    sealed: bytes,
    choices: tuple[Choice, ...],
    sealed_letters: bytes | None,
    now: datetime,
) -> None:
    """Put a new version in place of the text; the one before is kept beside it."""
    db.execute(
        "insert into versions (submission, version, sealed, stored)"
        " select id, version, sealed, ? from submissions where id = ?",
        [codec.to_text(now), submission],
    )
    db.execute(
        "update submissions set sealed = ?, choices = ?, sealed_letters = ?, version = version + 1"
        " where id = ?",
        [sealed, dump_choices(choices), sealed_letters, submission],
    )


def set_letters(db: Database, submission: int, sealed_letters: bytes) -> None:
    """Replace what the attachments of a submission say."""
    db.execute(
        "update submissions set sealed_letters = ? where id = ?", [sealed_letters, submission]
    )


def earlier(db: Database, submission: int) -> tuple[tuple[int, bytes, datetime], ...]:
    """Return the earlier versions: number, ciphertext, and until when each one stood."""
    rows = db.query(
        "select version, sealed, stored from versions where submission = ? order by version",
        [submission],
    )
    return tuple(
        (int(row["version"]), bytes(row["sealed"]), codec.to_instant(row["stored"])) for row in rows
    )


def move(db: Database, spans: Iterable[tuple[int, int, int]]) -> None:
    """Give comments other spans: (number, start, end)."""
    db.conn.executemany(
        'update comments set start = ?, "end" = ?, stamp = stamp + 1 where number = ?',
        [[start, end, number] for number, start, end in spans],
    )


def settle(db: Database, submission: int, state: str) -> None:
    """Say what becomes of a held submission: ``active`` (listed) or ``rejected`` (set aside)."""
    db.execute("update submissions set state = ? where id = ?", [state, submission])


def withdraw(db: Database, submission: int) -> tuple[int, ...]:
    """Take a submission out of all lists; returns the numbers of its comments.

    The derived forms, earlier versions and files taken away go; the sealed original stays until it
    is erased.
    """
    numbers = _forget_derived(db, submission, "withdrawn")
    releases.forget(db, submission)
    for table in ("versions", "former_files"):
        db.execute(f"delete from {table} where submission = ?", [submission])
    db.execute("update submissions set state = 'withdrawn' where id = ?", [submission])
    return numbers


def undo(db: Database, submission: int) -> tuple[int, ...]:
    """Take a submission that was imported by mistake out of everything; its key is free again.

    It was never received: it counts nowhere but in the ledger. The sealed original stays.
    """
    numbers = _forget_derived(db, submission, "undone")
    releases.forget(db, submission)
    db.execute("update submissions set state = 'undone', key = null where id = ?", [submission])
    return numbers


def erase(db: Database, submission: int) -> tuple[int, ...]:
    """Destroy the key, every ciphertext and every derived form; returns the comment numbers.

    What stays is a row that counts, with its number, its channel and its times.
    """
    numbers = _forget_derived(db, submission, "erased")
    releases.forget(db, submission)
    letters.forget_address(db, submission)
    originals.forget_one(db, submission)  # a letter names its sender
    for table in ("versions", "attachments", "former_files", "originals", "submission_keys"):
        db.execute(f"delete from {table} where submission = ?", [submission])
    db.execute(
        "update submissions set state = 'erased', sealed = null, sealed_contact = null,"
        " sealed_letters = null, person = '', key = null, source = '', choices = '[]',"
        " chosen = '[]' where id = ?",
        [submission],
    )
    return numbers


def set_contact(db: Database, submission: int, sealed_contact: bytes) -> None:
    """Put contact data that were read rightly in place of those that were not."""
    db.execute(
        "update submissions set sealed_contact = ? where id = ?", [sealed_contact, submission]
    )


def forget_contact(db: Database, submission: int, *, person: str) -> None:
    """Delete contact data; ``person`` stands for the submitter from now on and tells nothing."""
    letters.forget_address(db, submission)
    db.execute(
        "update submissions set sealed_contact = null, person = ? where id = ?",
        [person, submission],
    )


def replace_code(db: Database, submission: int, code_hash: str) -> None:
    """Let another code open a submission."""
    db.execute("update submissions set code_hash = ? where id = ?", [code_hash, submission])


def _forget_derived(db: Database, submission: int, state: str) -> tuple[int, ...]:
    """Empty the comments of a submission, whatever their state; their numbers are not reused."""
    rows = db.query("select number from comments where submission = ? order by number",
                    [submission])  # fmt: skip
    numbers = tuple(int(row["number"]) for row in rows)
    db.conn.executemany("delete from links where comment = ?", [[n] for n in numbers])
    db.execute("delete from comments where submission = ? and state = 'staged'", [submission])
    _relabel(db, numbers)
    decisions.forget(db, numbers)
    together.forget(db, numbers)
    db.conn.executemany("delete from decision_members where comment = ?", [[n] for n in numbers])
    db.conn.executemany("delete from comment_tags where comment = ?", [[n] for n in numbers])
    acts.forget(db, numbers)
    maskings.forget(db, numbers)
    db.execute(
        "update comments set text = '', words = '', family = null, theme = null, pinned = null,"
        " added_to = null, amendments = '[]', aims = '[]', stage = '', disposition = '', state = ?,"
        " stamp = stamp + 1"
        " where submission = ?",
        [state, submission],
    )
    if numbers:
        search.forget(db, numbers)
    return numbers


def _relabel(db: Database, numbers: tuple[int, ...]) -> None:
    """Take the words of comments out of the themes named after them.

    A theme with other members is called by the first of them until the next run finds better words.
    """
    gone = set(numbers)
    marks = ",".join("?" * len(numbers))
    rows = db.query(
        f"select id, label_from, central from themes where label_from in ({marks})"
        f" or central in ({marks})"
        f" or id in (select theme from comments where number in ({marks}))",
        [*numbers] * 3,
    )
    for row in list(rows):
        others = db.query(
            "select number, text from comments where theme = ? and state = 'active'"
            f" and number not in ({marks}) order by number limit 1",
            [row["id"], *numbers],
        )
        other = next(iter(others), None)
        if other is None:
            db.execute("update decisions set gist = '' where theme = ?", [row["id"]])
            db.execute("delete from themes where id = ? and state = 'proposed'", [row["id"]])
            db.execute("update themes set label = '', keywords = '[]' where id = ?", [row["id"]])
            continue
        if row["label_from"] in gone:
            db.execute(
                "update themes set label = ?, label_from = ? where id = ?",
                [str(other["text"])[:_LABEL], other["number"], row["id"]],
            )
        if row["central"] in gone:
            db.execute("update themes set central = ? where id = ?", [other["number"], row["id"]])
        # Its keywords were counted over all members, the one that goes included.
        db.execute("update themes set keywords = '[]' where id = ?", [row["id"]])


_LABEL = 40  # characters of a comment that stand for it
