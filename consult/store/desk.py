"""What staff keep beside the comments: tags, saved views, reusable reasons, referrals, settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from consult.domain.desk import Phrase, Referral, ReferralState, SavedView
from consult.domain.triage import Disposition
from consult.store import codec
from consult.store.rows import rows


def tags(db: Database, consultation: int) -> dict[str, int]:
    """Count the listed comments of every tag, the most used first."""
    found = rows(
        db,
        "select t.tag as tag, count(*) as n from comment_tags t join comments c"
        " on c.number = t.comment and c.state = 'active' where t.consultation = ?"
        " group by t.tag order by n desc, t.tag",
        [consultation],
    )
    return {str(row["tag"]): int(row["n"]) for row in found}


def tags_of(db: Database, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of comments, by name; those without any are left out."""
    marks = ",".join("?" * len(numbers))
    sql = f"select comment, tag from comment_tags where comment in ({marks}) order by comment, tag"
    found: dict[int, list[str]] = {}
    for row in rows(db, sql, list(numbers)):
        found.setdefault(int(row["comment"]), []).append(str(row["tag"]))
    return {number: tuple(names) for number, names in found.items()}


def tag(db: Database, consultation: int, number: int, name: str) -> bool:
    """Put a tag on a comment; False when it has it already."""
    cursor = db.execute(
        "insert or ignore into comment_tags (consultation, tag, comment) values (?, ?, ?)",
        [consultation, name, number],
    )
    return bool(cursor.rowcount)


def untag(db: Database, consultation: int, number: int, name: str) -> bool:
    """Take a tag off a comment; False when it has none."""
    cursor = db.execute(
        "delete from comment_tags where consultation = ? and tag = ? and comment = ?",
        [consultation, name, number],
    )
    return bool(cursor.rowcount)


def handlers(db: Database, consultation: int) -> tuple[str, ...]:
    """Return who handles a comment or a chapter, by name."""
    found = rows(
        db,
        "select handler as name from (select distinct handler from assignments) h"
        " where exists (select 1 from assignments a cross join comments c on c.number = a.comment"
        " where a.handler = h.handler and c.consultation = ?1)"
        " union select handler from chapter_desks where consultation = ?1 and handler <> ''"
        " order by 1",
        [consultation],
    )
    return tuple(str(row["name"]) for row in found)


def views(db: Database, consultation: int, username: str) -> tuple[SavedView, ...]:
    """Return a person's own views and those that others share, by name."""
    found = rows(
        db,
        "select * from views where consultation = ? and (owner = ? or shared = 1)"
        " order by name, owner",
        [consultation, username],
    )
    return tuple(
        SavedView(int(r["id"]), str(r["owner"]), str(r["name"]), str(r["query"]), bool(r["shared"]))
        for r in found
    )


def save_view(db: Database, consultation: int, view: SavedView) -> None:
    """Keep a view; one of the same name and owner is replaced."""
    db.execute(
        "insert into views (consultation, owner, name, query, shared) values (?, ?, ?, ?, ?)"
        " on conflict (consultation, owner, name) do update set query = excluded.query,"
        " shared = excluded.shared",
        [consultation, view.owner, view.name, view.query, int(view.shared)],
    )


def drop_view(db: Database, consultation: int, identifier: int, *, owner: str) -> bool:
    """Delete a view of one's own; False when there is none."""
    cursor = db.execute(
        "delete from views where consultation = ? and id = ? and owner = ?",
        [consultation, identifier, owner],
    )
    return bool(cursor.rowcount)


def phrases(db: Database, consultation: int) -> tuple[Phrase, ...]:
    """Return the reusable reasons by title, those out of use last."""
    found = rows(
        db,
        "select p.*, (select count(*) from decisions d where d.phrase = p.id and d.current = 1)"
        " as uses from phrases p where p.consultation = ? order by p.retired, p.title, p.id",
        [consultation],
    )
    return tuple(
        Phrase(
            id=int(row["id"]),
            title=str(row["title"]),
            disposition=Disposition(row["disposition"]) if row["disposition"] else None,
            text=str(row["text"]),
            actor=str(row["actor"]),
            retired=bool(row["retired"]),
            uses=int(row["uses"]),
        )
        for row in found
    )


def add_phrase(db: Database, consultation: int, phrase: Phrase, *, now: datetime) -> int:
    """Keep a reusable reason; returns its number."""
    cursor = db.execute(
        "insert into phrases (consultation, title, disposition, text, actor, at)"
        " values (?, ?, ?, ?, ?, ?)",
        [consultation, phrase.title, phrase.disposition.value if phrase.disposition else "",
         phrase.text, phrase.actor, codec.to_text(now)],
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def retire_phrase(db: Database, consultation: int, identifier: int, *, retired: bool) -> bool:
    """Offer a reason no more, or again; False when there is none."""
    cursor = db.execute(
        "update phrases set retired = ? where consultation = ? and id = ?",
        [int(retired), consultation, identifier],
    )
    return bool(cursor.rowcount)


def phrase_used(db: Database, consultation: int, identifier: int) -> tuple[int, ...]:
    """Return the ids of the current decisions whose words came from a reason, newest first."""
    sql = "select id from decisions where consultation = ? and phrase = ? and current = 1"
    found = rows(db, f"{sql} order by id desc", [consultation, identifier])
    return tuple(int(row["id"]) for row in found)


def referrals(db: Database, consultation: int) -> dict[str, Referral]:
    """Return what is noted of matters handed to other offices, by their subject."""
    found = rows(db, "select * from referrals where consultation = ?", [consultation])
    return {
        str(row["subject"]): Referral(
            state=ReferralState(row["state"]),
            note=str(row["note"]),
            actor=str(row["actor"]),
            at=codec.to_instant(row["at"]),
        )
        for row in found
    }


def note_referral(
    db: Database, consultation: int, subject: str, referral: Referral, *, now: datetime
) -> None:
    """Write how far a matter is with the other office."""
    db.execute(
        "insert or replace into referrals (subject, consultation, state, note, actor, at)"
        " values (?, ?, ?, ?, ?, ?)",
        [subject, consultation, referral.state.value, referral.note, referral.actor,
         codec.to_text(now)],
    )  # fmt: skip


def preference(db: Database, username: str, name: str) -> str:
    """Return what a person has set, empty when nothing."""
    sql = "select value from preferences where username = ? and name = ?"
    return next((str(row["value"]) for row in rows(db, sql, [username, name])), "")


def set_preference(db: Database, username: str, name: str, value: str) -> None:
    """Keep what a person sets."""
    db.execute(
        "insert or replace into preferences (username, name, value) values (?, ?, ?)",
        [username, name, value],
    )


def mark_opened(db: Database, numbers: Iterable[int]) -> None:
    """Note that somebody of the staff has looked at comments."""
    db.conn.executemany(
        "update comments set opened = 1 where number = ? and opened = 0", [[n] for n in numbers]
    )
