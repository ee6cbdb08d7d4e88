"""Publish the results of a consultation (公布结果), or take them back: acts of staff."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.services.office import Office
from consult.store import consultations, events, releases, totals


def release(office: Office, *, slug: str, now: datetime, actor: str) -> None:
    """Show the results from now on.

    ``now`` is what the window goes by. Raises ``Conflict("results.early")`` before the closing, and
    ``Conflict("results.released")`` when they are shown already.
    """
    with office.store.write() as db:
        identifier, consultation = consultations.find(db, slug)
        if consultation.window.state(now) != "closed":
            raise Conflict("results.early", closes=consultation.window.closes.isoformat())
        if releases.when(db, identifier) is not None:
            raise Conflict("results.released")
        releases.add(db, identifier, at=now, actor=actor)
        events.add(
            db,
            at=office.clock(),
            actor=actor,
            verb="results-released",
            subject=f"consultation:{slug}",
            after={"comments": totals.whole(db, identifier).comments},
            consultation=identifier,
        )


def take_back(office: Office, *, slug: str, why: str, actor: str) -> None:
    """Show the results no longer; raises ``InputRefused`` without a reason, ``Conflict``."""
    why = single_line(why)[:500]
    if not why:
        raise InputRefused("results.why", field="why")
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if releases.when(db, identifier) is None:
            raise Conflict("results.hidden")
        releases.remove(db, identifier)
        events.add(
            db,
            at=office.clock(),
            actor=actor,
            verb="results-taken-back",
            subject=f"consultation:{slug}",
            why=why,
            consultation=identifier,
        )
