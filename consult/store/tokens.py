"""The tokens of other systems; only keyed hashes of the secrets are here."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from consult.domain.comment import Channel
from consult.domain.token import Token
from consult.store import codec
from consult.store.rows import rows


def add(
    db: Database, consultation: int, *, name: str, hash_: str, channel: Channel, actor: str,
    now: datetime,
) -> int:  # fmt: skip
    """Insert a token; returns its id."""
    cursor = db.execute(
        "insert into tokens (consultation, name, hash, channel, created, actor)"
        " values (?, ?, ?, ?, ?, ?)",
        [consultation, name, hash_, channel.value, codec.to_text(now), actor],
    )
    return int(cursor.lastrowid or 0)


def every(db: Database, consultation: int) -> tuple[Token, ...]:
    """Return the tokens of a consultation, newest first."""
    found = rows(db, "select * from tokens where consultation = ? order by id desc", [consultation])
    return tuple(_token(row) for row in found)


def by_hash(db: Database, consultation: int, hash_: str) -> Token | None:
    """Return the token with a keyed hash, unless it is revoked."""
    found = rows(
        db, "select * from tokens where consultation = ? and hash = ? and revoked is null",
        [consultation, hash_],
    )  # fmt: skip
    return next((_token(row) for row in found), None)


def use(db: Database, token: int, *, now: datetime) -> None:
    """Note when a token was used last."""
    db.execute("update tokens set used = ? where id = ?", [codec.to_text(now), token])


def revoke(db: Database, consultation: int, token: int, *, actor: str, now: datetime) -> bool:
    """Revoke a token; returns whether it was in use."""
    cursor = db.execute(
        "update tokens set revoked = ?, revoked_by = ? where id = ? and consultation = ?"
        " and revoked is null",
        [codec.to_text(now), actor, token, consultation],
    )
    return cursor.rowcount == 1


def _token(row: dict[str, object]) -> Token:
    return Token(
        id=int(str(row["id"])), name=str(row["name"]), channel=Channel(str(row["channel"])),
        created=codec.to_instant(str(row["created"])), actor=str(row["actor"]),
        used=_instant(row["used"]), revoked=_instant(row["revoked"]),
        revoked_by=str(row["revoked_by"]),
    )  # fmt: skip


def _instant(value: object) -> datetime | None:
    return codec.to_instant(str(value)) if value else None
