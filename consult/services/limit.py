"""Limit how often one address may do something, in a window that all workers share."""

from __future__ import annotations

from consult.crypto.codes import keyed_hash
from consult.domain.errors import TooMany
from consult.services.office import Office
from consult.store import attempts

_WINDOW = 3600  # seconds


def limit(office: Office, *, act: str, client: str, per_hour: int) -> None:
    """Count one act of a client; raises ``TooMany`` when the hour's allowance is used up."""
    at = office.clock().timestamp()
    bucket = keyed_hash(office.keys.codes, f"{act} {client}")
    with office.store.write() as db:
        used = attempts.count(db, bucket, since=at - _WINDOW)
        if used < per_hour:
            attempts.add(db, bucket, at=at, keep_since=at - _WINDOW)
    if used >= per_hour:
        raise TooMany("limit.posts", seconds=_WINDOW)
