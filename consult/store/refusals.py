"""Refused items: where they stand, why, and what was kept of them, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.ledger import RefusalState, Source
from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    """A row as stored; ``sealed`` holds the original, None when it is not kept (any more)."""

    id: int
    key: str
    place: str
    field: str
    code: str
    detail: str
    kind: str
    name: str
    state: RefusalState
    number: str
    actor: str
    why: str
    sealed: bytes | None


def find(db: Database, consultation: int, key: str) -> StoredRefusal | None:
    """Return the refusal with a key, or None."""
    found = rows(
        db, "select * from refusals where consultation = ? and key = ?", [consultation, key]
    )
    return next((_stored(row) for row in found), None)


def one(db: Database, consultation: int, identifier: int) -> StoredRefusal:
    """Return a refusal; raises ``NotFound("refusal.unknown")``."""
    found = rows(
        db, "select * from refusals where consultation = ? and id = ?", [consultation, identifier]
    )
    for row in found:
        return _stored(row)
    raise NotFound("refusal.unknown", number=identifier)


def add(
    db: Database,
    consultation: int,
    *,
    key: str,
    place: str,
    field: str,
    code: str,
    source: Source | None,
    at: datetime,
) -> int:
    """Insert a refusal; returns its id."""
    kind, name = (source.kind.value, source.name) if source else ("", "")
    cursor = db.execute(
        "insert into refusals (consultation, key, at, place, field, code, kind, name)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, key, codec.to_text(at), place, field, code, kind, name],
    )
    return int(cursor.lastrowid or 0)


def keep(db: Database, identifier: int, sealed: bytes) -> None:
    """Keep what stood there."""
    db.execute("update refusals set sealed = ? where id = ?", [sealed, identifier])


def explain(db: Database, identifier: int, *, field: str, code: str) -> None:
    """Note another reason: it was tried again and refused again."""
    db.execute("update refusals set field = ?, code = ? where id = ?", [field, code, identifier])


def settle(
    db: Database,
    identifier: int,
    state: RefusalState,
    *,
    actor: str,
    number: str = "",
    why: str = "",
) -> None:
    """Note what became of a refused item. What was kept of one that was taken goes."""
    db.execute(
        "update refusals set state = ?, number = ?, actor = ?, why = ?,"
        " sealed = case when ? = 'taken' then null else sealed end where id = ?",
        [state.value, number, actor, why, state.value, identifier],
    )


def in_state(
    db: Database, consultation: int, state: RefusalState, *, after: int = 0, limit: int
) -> tuple[StoredRefusal, ...]:
    """Return the refused items of a consultation in a state, oldest first."""
    found = rows(
        db,
        "select * from refusals where consultation = ? and state = ? and id > ?"
        " order by id limit ?",
        [consultation, state.value, after, limit],
    )
    return tuple(_stored(row) for row in found)


def count(db: Database, consultation: int, state: RefusalState) -> int:
    """Count the refused items of a consultation in a state."""
    found = rows(
        db, "select count(*) as n from refusals where consultation = ? and state = ?",
        [consultation, state.value],
    )  # fmt: skip
    return next(int(row["n"]) for row in found)


def forget(db: Database, consultation: int) -> int:
    """Delete what was kept of all refused items; returns how many had anything."""
    return db.execute(
        "update refusals set sealed = null, detail = '{}' where consultation = ?"
        " and sealed is not null",
        [consultation],
    ).rowcount


def _stored(row: dict[str, object]) -> StoredRefusal:
    sealed = row["sealed"]
    return StoredRefusal(
        id=int(str(row["id"])),
        key=str(row["key"]),
        place=str(row["place"]),
        field=str(row["field"]),
        code=str(row["code"]),
        detail=str(row["detail"]),
        kind=str(row["kind"]),
        name=str(row["name"]),
        state=RefusalState(str(row["state"])),
        number=str(row["number"]),
        actor=str(row["actor"]),
        why=str(row["why"]),
        sealed=bytes(sealed) if isinstance(sealed, bytes) else None,
    )
