"""Limit how often one address or one form may do something, in a window that all workers share."""

from __future__ import annotations

from consult.crypto.codes import keyed_hash
from consult.domain.errors import TooMany
from consult.services.office import Office
from consult.store import attempts

_WINDOW = 3600  # seconds
_GUESS = "look-up"


def limit(office: Office, *, act: str, client: str, per_hour: int, code: str = "posts") -> None:
    """Count one act of a client; raises ``TooMany`` when the hour's allowance is used up.

    Joins a transaction that is open, so that the act and its count are one.
    """
    at = office.clock().timestamp()
    bucket = keyed_hash(office.keys.codes, f"{act} {client}")
    with office.store.write() as db:
        used = attempts.count(db, bucket, since=at - _WINDOW)
        if used < per_hour:
            attempts.add(db, bucket, at=at, keep_since=at - _WINDOW)
    if used >= per_hour:
        raise TooMany("limit.form" if code == "form" else "limit.posts", seconds=_WINDOW)


def refuse_guessing(office: Office, *, client: str, per_hour: int) -> None:
    """Raise ``TooMany`` when a client has given too many wrong codes within the hour."""
    at = office.clock().timestamp()
    used = attempts.count(office.store.db, _bucket(office, client), since=at - _WINDOW)
    if used >= per_hour:
        raise TooMany("limit.look-ups", seconds=_WINDOW)


def failed(office: Office, *, client: str) -> None:
    """Count a wrong code of a client."""
    at = office.clock().timestamp()
    with office.store.write() as db:
        attempts.add(db, _bucket(office, client), at=at, keep_since=at - _WINDOW)


def _bucket(office: Office, client: str) -> str:
    return keyed_hash(office.keys.codes, f"{_GUESS} {client}")
