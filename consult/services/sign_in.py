"""Sign staff in and out; a session is a row, so that ending it ends it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from consult.crypto.codes import keyed_hash, new_token
from consult.crypto.passwords import verify_password
from consult.domain.errors import InputRefused, NotFound, TooMany
from consult.domain.member import StaffMember
from consult.services import second_factor
from consult.services.accounts import MAX_PASSWORD
from consult.services.limit import WINDOW
from consult.services.office import Office
from consult.store import attempts, events, sessions, staff
from consult.store.sessions import SessionRow
from consult.store.staff import StaffRow

_WINDOW = 300  # seconds; delays guessing, locks nobody out for good
_PER_NAME = 10
_PER_CLIENT = 50
_TOUCH = 60  # seconds between two notes that a session is in use
_PENDING = timedelta(minutes=10)  # to find the device and type the code
# No setting lets a session live longer: what is older is forgotten.
_LONGEST_IDLE, _LONGEST = timedelta(days=1), timedelta(days=7)
_AGENT = 80  # characters kept of what a browser calls itself


@dataclass(frozen=True, slots=True)
class Entry:
    """A new session: its token, and whether it still waits for the second factor."""

    token: str
    pending: bool


def sign_in(office: Office, *, username: str, password: str, client: str, agent: str = "") -> str:
    """Return the token of a new session, see :func:`enter`."""
    return enter(office, username=username, password=password, client=client, agent=agent).token


def enter(office: Office, *, username: str, password: str, client: str, agent: str = "") -> Entry:
    """Check the password and open a session.

    The same answer and time for a wrong name and a wrong password. Raises
    ``InputRefused("sign-in.failed")`` and ``TooMany``.
    """
    _refuse_guessing(office, username, client)
    row = staff.find(office.store.db, username)
    right = verify_password(row.password if row else None, password[: MAX_PASSWORD + 1])
    if not right or row is None or row.disabled:
        _count(office, username, client)
        raise InputRefused("sign-in.failed", field="password")
    return _opened(office, row, agent, pending=row.second)


def prove(office: Office, *, token: str, code: str, client: str) -> Entry:
    """Give the second factor of a pending session; returns the session that takes its place.

    A recovery code counts once. Raises ``InputRefused("sign-in.code")``, ``TooMany``, and
    ``NotFound("sign-in.over")`` when the password was given too long ago.
    """
    row = pending(office, token=token)
    if row is None:
        raise NotFound("sign-in.over")
    _refuse_guessing(office, row.staff.username, client)
    if not second_factor.accepts(office, row.staff, code):
        _count(office, row.staff.username, client)
        raise InputRefused("sign-in.code", field="code")
    with office.store.write() as db:
        agent = sessions.agent(db, _hash(token))
        sessions.close(db, _hash(token))
        return _opened(office, row.staff, agent, pending=False)


def pending(office: Office, *, token: str) -> SessionRow | None:
    """Return the session that waits for its second factor, or None."""
    row = sessions.find(office.store.db, _hash(token)) if token else None
    if row is None or not row.pending or row.staff.disabled:
        return None
    return row if office.clock() - row.created <= _PENDING else None


def who(
    office: Office, *, token: str, idle: int = 3600, absolute: int = 43_200
) -> StaffMember | None:
    """Return whose session a token is, or None when it ended or ran out (seconds)."""
    row = sessions.find(office.store.db, _hash(token)) if token else None
    now = office.clock()
    if row is None or row.staff.disabled or row.pending:
        return None
    if now - row.seen > timedelta(seconds=idle) or now - row.created > timedelta(seconds=absolute):
        return None
    if now - row.seen > timedelta(seconds=_TOUCH):
        with office.store.write() as db:
            sessions.touch(db, _hash(token), now=now)
    return row.staff.member


def sign_out(office: Office, *, token: str) -> None:
    """End a session; a replayed cookie finds nothing. It is an event when it was open."""
    with office.store.write() as db:
        row = sessions.find(db, _hash(token))
        sessions.close(db, _hash(token))
        if row is not None and not row.pending:
            _note(office, "signed-out", row.staff.username)


def _opened(office: Office, row: StaffRow, agent: str, *, pending: bool) -> Entry:
    token = new_token()
    now = office.clock()
    with office.store.write() as db:
        sessions.expire(db, seen_before=now - _LONGEST_IDLE, created_before=now - _LONGEST)
        sessions.add(
            db, token_hash=_hash(token), staff=row.id, now=office.clock(), agent=agent[:_AGENT],
            pending=pending,
        )  # fmt: skip
        if not pending:
            _note(office, "signed-in", row.username)
    return Entry(token, pending)


def _note(office: Office, verb: str, username: str) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=username, verb=verb, subject=f"staff:{username}"
    )


def _buckets(office: Office, username: str, client: str) -> dict[str, int]:
    return {
        # By name and address together: wrong passwords from elsewhere keep nobody out.
        keyed_hash(office.keys.codes, f"sign-in name {username} from {client}"): _PER_NAME,
        keyed_hash(office.keys.codes, f"sign-in from {client}"): _PER_CLIENT,
    }


def _refuse_guessing(office: Office, username: str, client: str) -> None:
    at = office.clock().timestamp()
    for bucket, limit in _buckets(office, username, client).items():
        if attempts.count(office.store.db, bucket, at=at, window=_WINDOW) >= limit:
            raise TooMany("limit.sign-in", seconds=_WINDOW)


def _count(office: Office, username: str, client: str) -> None:
    at = office.clock().timestamp()
    with office.store.write() as db:
        for bucket in _buckets(office, username, client):
            attempts.add(db, bucket, at=at, window=WINDOW)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
