"""Second factors of staff: the sealed secret, the last step used, hashes of recovery codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from consult.store import codec
from consult.store.rows import rows


@dataclass(frozen=True, slots=True)
class FactorRow:
    """``secret`` is sealed; ``step`` is the newest 30-second step whose code was accepted."""

    secret: bytes
    confirmed: bool
    step: int


def find(db: Database, staff: int) -> FactorRow | None:
    """Return the factor of somebody, confirmed or only begun, or None."""
    for row in rows(db, "select * from second_factors where staff = ?", [staff]):
        return FactorRow(bytes(row["secret"]), bool(row["confirmed"]), int(row["step"]))
    return None


def begin(db: Database, staff: int, *, secret: bytes) -> None:
    """Keep a secret that is not confirmed yet."""
    db.execute("insert or replace into second_factors values (?, ?, '', 0)", [staff, secret])


def confirm(db: Database, staff: int, *, step: int, now: datetime, codes: Sequence[str]) -> None:
    """Make a begun factor count from now on, with new recovery codes (hashes)."""
    db.execute(
        "update second_factors set confirmed = ?, step = ? where staff = ?",
        [codec.to_text(now), step, staff],
    )
    db.execute("delete from recovery_codes where staff = ?", [staff])
    for code in codes:
        db.execute("insert into recovery_codes (staff, hash) values (?, ?)", [staff, code])


def used(db: Database, staff: int, *, step: int) -> None:
    """Note the step of an accepted code: none of it or before counts again."""
    db.execute("update second_factors set step = ? where staff = ?", [step, staff])


def recover(db: Database, staff: int, *, code: str, now: datetime) -> bool:
    """Use a recovery code up; False when there is no such unused one."""
    done = db.execute(
        "update recovery_codes set used = ? where staff = ? and hash = ? and used = ''",
        [codec.to_text(now), staff, code],
    )
    return bool(done.rowcount)


def left(db: Database, staff: int) -> int:
    """Count the unused recovery codes."""
    sql = "select count(*) as n from recovery_codes where staff = ? and used = ''"
    return int(next(iter(rows(db, sql, [staff])))["n"])


def drop(db: Database, staff: int) -> None:
    """Forget factor and codes."""
    db.execute("delete from recovery_codes where staff = ?", [staff])
    db.execute("delete from second_factors where staff = ?", [staff])
