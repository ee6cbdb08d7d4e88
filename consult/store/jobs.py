"""The table of jobs. An index lets one of a kind run at a time, in the whole database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import ConsultError, NotFound
from consult.domain.job import Cause, Job, JobKind, JobState
from consult.store import codec

_SELECT = "select j.*, c.slug from jobs j join consultations c on c.id = j.consultation"


def add(
    db: Database,
    consultation: int,
    *,
    cause: Cause,
    actor: str,
    now: datetime,
    kind: JobKind = JobKind.ANALYSIS,
) -> int:
    """Insert a waiting job; returns its number."""
    cursor = db.execute(
        "insert into jobs (consultation, state, cause, actor, created, kind)"
        " values (?, 'waiting', ?, ?, ?, ?)",
        [consultation, cause.value, actor, codec.to_text(now), kind.value],
    )
    return int(cursor.lastrowid or 0)


def one(db: Database, job: int) -> Job:
    """Return a job; raises ``NotFound("job.unknown")``."""
    for row in db.query(f"{_SELECT} where j.id = ?", [job]):
        return _job(row)
    raise NotFound("job.unknown", job=job)


def recent(
    db: Database, consultation: int, *, limit: int, kind: JobKind = JobKind.ANALYSIS
) -> tuple[Job, ...]:
    """Return the newest jobs of a consultation, newest first."""
    sql = f"{_SELECT} where j.consultation = ? and j.kind = ? order by j.id desc limit ?"
    return tuple(_job(row) for row in db.query(sql, [consultation, kind.value, limit]))


def in_state(db: Database, state: JobState, kind: JobKind = JobKind.ANALYSIS) -> tuple[Job, ...]:
    """Return the jobs of all consultations in a state, oldest first."""
    sql = f"{_SELECT} where j.state = ? and j.kind = ? order by j.id"
    return tuple(_job(row) for row in db.query(sql, [state.value, kind.value]))


def start(db: Database, job: int, *, owner: str, now: datetime) -> None:
    """Let a process work on a waiting job."""
    moment = codec.to_text(now)
    db.execute(
        "update jobs set state = 'running', owner = ?, started = ?, heartbeat = ?,"
        " attempts = attempts + 1, stage = '', done = 0, total = 0 where id = ?",
        [owner, moment, moment, job],
    )


def beat(db: Database, job: int, *, owner: str, now: datetime) -> None:
    """Show life."""
    db.execute(
        "update jobs set heartbeat = ? where id = ? and owner = ? and state = 'running'",
        [codec.to_text(now), job, owner],
    )


def advance(
    db: Database, job: int, *, owner: str, stage: str, done: int, total: int, now: datetime
) -> None:
    """Note how far a job is."""
    db.execute(
        "update jobs set stage = ?, done = ?, total = ?, heartbeat = ?"
        " where id = ? and owner = ? and state = 'running'",
        [stage, done, total, codec.to_text(now), job, owner],
    )


def put_back(db: Database, job: int, *, attempts: int) -> None:
    """Let a job wait again for somebody to work on it."""
    db.execute(
        "update jobs set state = 'waiting', owner = '', heartbeat = null, attempts = ?"
        " where id = ?",
        [attempts, job],
    )


def want_cancelled(db: Database, job: int, *, actor: str) -> None:
    """Note that somebody wants a job stopped."""
    db.execute("update jobs set cancelled_by = ? where id = ?", [actor, job])


def finish(
    db: Database,
    job: int,
    state: JobState,
    *,
    now: datetime,
    error: ConsultError | None = None,
) -> None:
    """Bring a job to its end."""
    values = error.values if error else {}
    shown = {name: str(value) for name, value in values.items()}
    db.execute(
        "update jobs set state = ?, finished = ?, error = ?, detail = ?, owner = '' where id = ?",
        [state.value, codec.to_text(now), error.code if error else "", codec.dump(shown), job],
    )


def set_result(db: Database, job: int, result: Mapping[str, int]) -> None:
    """Write the totals of a job that is done."""
    db.execute("update jobs set result = ? where id = ?", [codec.dump(dict(result)), job])


def data_version(db: Database) -> int:
    """Return a number that changes whenever another connection has written."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])


def _job(row: dict[str, object]) -> Job:
    return Job(
        id=int(str(row["id"])),
        consultation=int(str(row["consultation"])),
        slug=str(row["slug"]),
        state=JobState(str(row["state"])),
        cause=Cause(str(row["cause"])),
        actor=str(row["actor"]),
        created=codec.to_instant(str(row["created"])),
        started=_instant(row["started"]),
        finished=_instant(row["finished"]),
        heartbeat=_instant(row["heartbeat"]),
        owner=str(row["owner"]),
        attempts=int(str(row["attempts"])),
        stage=str(row["stage"]),
        done=int(str(row["done"])),
        total=int(str(row["total"])),
        cancelled_by=str(row["cancelled_by"]),
        result=codec.load(str(row["result"])),
        error=str(row["error"]),
        values=codec.load(str(row["detail"])),
        kind=JobKind(str(row["kind"])),
    )


def _instant(value: object) -> datetime | None:
    return codec.to_instant(str(value)) if value else None
