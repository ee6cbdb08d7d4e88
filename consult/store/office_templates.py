"""Office templates: one a purpose and consultation."""

from __future__ import annotations

from sqlite_utils import Database

from consult.domain.office_template import OfficeTemplate
from consult.store import codec


def put(db: Database, consultation: int, item: OfficeTemplate, data: bytes) -> None:
    """Store a template in place of the one before."""
    db.execute(
        "insert or replace into office_templates values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, item.purpose, item.name, item.reference,
         codec.dump(list(item.placeholders)), item.sha256, data, item.actor,
         codec.to_text(item.at)],
    )  # fmt: skip


def drop(db: Database, consultation: int, purpose: str) -> bool:
    """Remove a template; tells whether there was one."""
    return bool(
        db.execute(
            "delete from office_templates where consultation = ? and purpose = ?",
            [consultation, purpose],
        ).rowcount
    )


def every(db: Database, consultation: int) -> tuple[OfficeTemplate, ...]:
    """Return the templates of a consultation by purpose."""
    rows = db.query(
        "select purpose, name, reference, placeholders, sha256, actor, at from office_templates"
        " where consultation = ? order by purpose",
        [consultation],
    )
    return tuple(
        OfficeTemplate(
            purpose=str(row["purpose"]),
            name=str(row["name"]),
            reference=str(row["reference"]),
            placeholders=tuple(codec.load(str(row["placeholders"]))),
            sha256=str(row["sha256"]),
            actor=str(row["actor"]),
            at=codec.to_instant(str(row["at"])),
        )
        for row in rows
    )


def content(db: Database, consultation: int, purpose: str) -> tuple[bytes, str] | None:
    """Return the file and the reference of a template, or None."""
    for row in db.query(
        "select data, reference from office_templates where consultation = ? and purpose = ?",
        [consultation, purpose],
    ):
        return bytes(row["data"]), str(row["reference"])
    return None
