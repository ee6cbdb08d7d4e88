"""Open sessions: their owner and administrators see and end them."""

from __future__ import annotations

import hashlib

from consult.domain.member import Session
from consult.services.office import Office
from consult.store import events, sessions, staff


def sessions_of(office: Office, *, username: str, token: str = "") -> tuple[Session, ...]:
    """Return the open sessions of somebody, the newest first; ``token`` marks the present one."""
    return sessions.of(office.store.db, username, current=token_hash(token))


def session_counts(office: Office) -> dict[str, int]:
    """Return how many open sessions each account has."""
    return sessions.counts(office.store.db)


def end_session(office: Office, *, username: str, handle: str, actor: str) -> bool:
    """End one session of somebody; False when it had ended already.

    Raises ``NotFound("staff.unknown")``.
    """
    with office.store.write() as db:
        staff.known(db, username)
        ended = sessions.close_by_handle(db, username, handle)
        if ended:
            events.add(
                db, at=office.clock(), actor=actor, verb="session-ended",
                subject=f"staff:{username}",
            )  # fmt: skip
    return ended


def token_hash(token: str) -> str:
    """Return how a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
