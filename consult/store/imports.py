"""The ledger of imports: which there were, and what became of every item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.ledger import (
    ImportRecord,
    ImportReport,
    ImportState,
    Outcome,
    Source,
    SourceKind,
)
from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class Begun:
    """An import with what tells whether somebody works on it."""

    record: ImportRecord
    slug: str
    owner: str
    heartbeat: datetime | None


def add(
    db: Database,
    consultation: int,
    source: Source,
    *,
    actor: str,
    state: ImportState,
    options: Mapping[str, object],
    now: datetime,
) -> int:
    """Insert an import; returns its number."""
    cursor = db.execute(
        "insert into imports (consultation, kind, name, digest, actor, state, created, options)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [consultation, source.kind.value, source.name, source.digest, actor, state.value,
         codec.to_text(now), codec.dump(dict(options))],
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


_SELECT = (
    "select i.*, c.slug, (select count(*) from import_items t where t.import = i.id"
    " and t.outcome = 'taken') as taken, (select count(*) from import_items t where t.import = i.id"
    " and t.outcome = 'repeated') as repeated, (select count(*) from import_items t"
    " where t.import = i.id and t.outcome = 'refused') as refused,"
    " (select count(*) from import_items t join refusals r on r.id = t.refusal"
    " where t.import = i.id and r.state = 'open') as open,"
    " (select count(*) from import_items t join submissions s on s.number = t.number"
    " where t.import = i.id and t.outcome = 'taken' and s.state = 'undone') as gone"
    " from imports i join consultations c on c.id = i.consultation"
)


def one(db: Database, consultation: int, number: int) -> ImportRecord:
    """Return an import; raises ``NotFound("import.unknown")``."""
    for row in rows(db, f"{_SELECT} where i.id = ? and i.consultation = ?", [number, consultation]):
        return _begun(row).record
    raise NotFound("import.unknown", number=number)


def recent(db: Database, consultation: int, *, limit: int) -> tuple[ImportRecord, ...]:
    """Return the newest imports, newest first."""
    found = rows(
        db, f"{_SELECT} where i.consultation = ? order by i.id desc limit ?", [consultation, limit]
    )
    return tuple(_begun(row).record for row in found)


def unfinished(db: Database) -> tuple[Begun, ...]:
    """Return the imports of all consultations that wait or are under way, oldest first."""
    found = rows(db, f"{_SELECT} where i.state in ('waiting', 'running', 'undoing') order by i.id")
    return tuple(_begun(row) for row in found)


def broken_off(db: Database, consultation: int, source: Source) -> Begun | None:
    """Return the import of the same source that has not come to its end, if any."""
    if not source.digest:
        return None
    found = rows(
        db,
        f"{_SELECT} where i.consultation = ? and i.kind = ? and i.digest = ?"
        " and i.state in ('waiting', 'running') order by i.id limit 1",
        [consultation, source.kind.value, source.digest],
    )
    return next((_begun(row) for row in found), None)


def with_digest(
    db: Database, consultation: int, kind: SourceKind, digest: str
) -> ImportRecord | None:
    """Return the newest import of a source that is not undone, if any."""
    found = rows(
        db,
        f"{_SELECT} where i.consultation = ? and i.kind = ? and i.digest = ?"
        " and i.state not in ('undone', 'undoing') order by i.id desc limit 1",
        [consultation, kind.value, digest],
    )
    return next((_begun(row).record for row in found), None)


def take(db: Database, number: int, *, owner: str, state: ImportState, now: datetime) -> None:
    """Let a process work on an import."""
    db.execute(
        "update imports set state = ?, owner = ?, heartbeat = ? where id = ?",
        [state.value, owner, codec.to_text(now), number],
    )


def beat(db: Database, number: int, *, owner: str, now: datetime) -> bool:
    """Show life; returns whether the import is still this process's."""
    cursor = db.execute(
        "update imports set heartbeat = ? where id = ? and owner = ?",
        [codec.to_text(now), number, owner],
    )
    return cursor.rowcount == 1


def finish(
    db: Database,
    number: int,
    state: ImportState,
    *,
    now: datetime,
    empty: int | None = None,
    error: str = "",
    values: Mapping[str, object] | None = None,
) -> None:
    """Bring an import to its end."""
    shown = {name: str(value) for name, value in (values or {}).items()}
    db.execute(
        "update imports set state = ?, finished = ?, owner = '', empty = coalesce(?, empty),"
        " error = ?, detail = ? where id = ?",
        [state.value, codec.to_text(now), empty, error, codec.dump(shown), number],
    )


def wait(db: Database, number: int, options: Mapping[str, object]) -> None:
    """Let an import wait for the worker, to be read in a certain way."""
    db.execute(
        "update imports set state = 'waiting', options = ? where id = ?",
        [codec.dump(dict(options)), number],
    )


def drop(db: Database, number: int) -> None:
    """Forget an import that was never begun, and its file."""
    db.execute("delete from import_files where import = ?", [number])
    db.execute("delete from imports where id = ? and state = 'draft'", [number])


def old_drafts(db: Database, before: datetime) -> tuple[int, ...]:
    """Return the imports that were looked at before an instant and never begun."""
    found = rows(
        db, "select id from imports where state = 'draft' and created < ?", [codec.to_text(before)]
    )
    return tuple(int(row["id"]) for row in found)


def keep_file(db: Database, number: int, sealed: bytes) -> None:
    """Keep the file of an import."""
    db.execute("insert or replace into import_files values (?, ?)", [number, sealed])


def file_of(db: Database, number: int) -> bytes | None:
    """Return the ciphertext of the file of an import, None when it is not kept (any more)."""
    for row in rows(db, "select sealed from import_files where import = ?", [number]):
        return bytes(row["sealed"])
    return None


def forget_files(db: Database, consultation: int) -> int:
    """Delete the files of all imports of a consultation; returns how many there were."""
    return db.execute(
        "delete from import_files where import in (select id from imports where consultation = ?)",
        [consultation],
    ).rowcount


def known_places(db: Database, number: int, places: Sequence[str]) -> set[str]:
    """Return which of these places an import has dealt with already."""
    marks = ",".join("?" * len(places))
    found = rows(
        db, f"select place from import_items where import = ? and place in ({marks})",
        [number, *places],
    )  # fmt: skip
    return {str(row["place"]) for row in found}


def add_items(db: Database, number: int, items: Iterable[tuple[str, Outcome, str, int]]) -> None:
    """Record items: place, outcome, receipt number, id of the refusal."""
    db.conn.executemany(
        "insert into import_items (import, place, outcome, number, refusal) values (?, ?, ?, ?, ?)",
        [[number, place, outcome.value, receipt, refusal]
         for place, outcome, receipt, refusal in items],
    )  # fmt: skip


def counts(db: Database, number: int) -> dict[str, int]:
    """Count the items of an import by outcome."""
    found = rows(
        db, "select outcome, count(*) as n from import_items where import = ? group by outcome",
        [number],
    )  # fmt: skip
    return {str(row["outcome"]): int(row["n"]) for row in found}


def _begun(row: Mapping[str, object]) -> Begun:
    number = int(str(row["id"]))
    report = ImportReport(
        number,
        taken=int(str(row["taken"])),
        repeated=int(str(row["repeated"])),
        refused=int(str(row["refused"])),
        empty=int(str(row["empty"])),
    )
    record = ImportRecord(
        number=number,
        source=Source(SourceKind(str(row["kind"])), str(row["name"]), str(row["digest"])),
        state=ImportState(str(row["state"])),
        actor=str(row["actor"]),
        created=codec.to_instant(str(row["created"])),
        report=report,
        open=int(str(row["open"])),
        gone=int(str(row["gone"])),
        finished=_instant(row["finished"]),
        error=str(row["error"]),
        values=codec.load(str(row["detail"])),
        options=codec.load(str(row["options"])),
    )
    return Begun(record, str(row["slug"]), str(row["owner"]), _instant(row["heartbeat"]))


def _instant(value: object) -> datetime | None:
    return codec.to_instant(str(value)) if value else None
