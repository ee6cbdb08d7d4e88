"""Limit how often one address or one form may do something, in a window that all workers share."""

from __future__ import annotations

from consult.crypto.codes import keyed_hash
from consult.domain.errors import TooMany
from consult.services.office import Office
from consult.store import attempts

WINDOW = 3600  # seconds


def bucket(office: Office, act: str, client: str) -> str:
    """Return under which name the acts of a client are counted; it tells nobody who that is."""
    return keyed_hash(office.keys.codes, f"{act} {client}")[:32]


def count(office: Office, act: str, client: str) -> None:
    """Count one act of a client; joins a transaction that is open."""
    at = office.clock().timestamp()
    with office.store.write() as db:
        attempts.add(db, bucket(office, act, client), at=at, window=WINDOW)


def limit(office: Office, *, act: str, client: str, per_hour: int) -> None:
    """Count one act of a client; raises ``TooMany`` when the hour's allowance is used up."""
    with office.store.write():
        if used(office, act, client) >= per_hour:
            raise TooMany("limit.posts", seconds=WINDOW)
        count(office, act, client)


def used(office: Office, act: str, client: str) -> int:
    """Return how often a client has done an act within the hour."""
    at = office.clock().timestamp()
    return attempts.count(office.store.db, bucket(office, act, client), at=at, window=WINDOW)
