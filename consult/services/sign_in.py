"""Sign staff in and out; a session is a row, so that ending it ends it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from consult.crypto.codes import keyed_hash, new_token
from consult.crypto.passwords import verify_password
from consult.domain.errors import InputRefused, TooMany
from consult.services.accounts import MAX_PASSWORD, StaffMember
from consult.services.office import Office
from consult.store import attempts, events, staff

_WINDOW = 300  # seconds; delays guessing, locks nobody out for good
_PER_NAME = 10
_PER_CLIENT = 50
_TOUCH = 60  # seconds between two notes that a session is in use


def sign_in(office: Office, *, username: str, password: str, client: str) -> str:
    """Return a new session token.

    The same answer and time for a wrong name and a wrong password. Raises
    ``InputRefused("sign-in.failed")`` and ``TooMany``.
    """
    at = office.clock().timestamp()
    buckets = {
        # By name and address together: wrong passwords from elsewhere keep nobody out.
        keyed_hash(office.keys.codes, f"sign-in name {username} from {client}"): _PER_NAME,
        keyed_hash(office.keys.codes, f"sign-in from {client}"): _PER_CLIENT,
    }
    for bucket, limit in buckets.items():
        if attempts.count(office.store.db, bucket, since=at - _WINDOW) >= limit:
            raise TooMany("limit.sign-in", seconds=_WINDOW)
    row = staff.find(office.store.db, username)
    right = verify_password(row.password if row else None, password[: MAX_PASSWORD + 1])
    if not right or row is None or row.disabled:
        with office.store.write() as db:
            for bucket in buckets:
                attempts.add(db, bucket, at=at, keep_since=at - 3600)
        raise InputRefused("sign-in.failed", field="password")
    token = new_token()
    with office.store.write() as db:
        staff.open_session(db, token_hash=_hash(token), staff=row.id, now=office.clock())
        events.add(
            db, at=office.clock(), actor=username, verb="signed-in", subject=f"staff:{username}"
        )
    return token


def who(
    office: Office, *, token: str, idle: int = 3600, absolute: int = 43_200
) -> StaffMember | None:
    """Return whose session a token is, or None when it ended or ran out (seconds)."""
    row = staff.session(office.store.db, _hash(token))
    now = office.clock()
    if row is None or row.staff.disabled:
        return None
    if now - row.seen > timedelta(seconds=idle) or now - row.created > timedelta(seconds=absolute):
        return None
    if now - row.seen > timedelta(seconds=_TOUCH):
        with office.store.write() as db:
            staff.touch(db, _hash(token), now=now)
    return StaffMember(row.staff.username, row.staff.role)


def sign_out(office: Office, *, token: str) -> None:
    """End a session; a replayed cookie finds nothing."""
    with office.store.write() as db:
        staff.close_session(db, _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
