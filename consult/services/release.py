"""Publish the results of a consultation (公布结果), renew or take them back: acts of staff.

What is published stays as it was approved for publication, whatever is decided afterwards, until
somebody publishes the present state (更新公布内容).
"""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InputRefused
from consult.domain.results import Results
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.results import results
from consult.store import consultations, events, releases


def release(
    office: Office, *, slug: str, now: datetime, actor: str, rehearsal: bool = False
) -> None:
    """Show the results as they are now from now on.

    ``now`` is what the window goes by. Raises ``Conflict("results.early")`` before the closing, and
    ``Conflict("results.released")`` when they are shown already.
    """
    with office.store.write() as db:
        identifier, consultation = consultations.find(db, slug)
        if consultation.window.state(now) != "closed":
            raise Conflict("results.early", closes=consultation.window.closes.isoformat())
        if releases.when(db, identifier) is not None:
            raise Conflict("results.released")
        shown = results(office, slug=slug, as_of=now, rehearsal=rehearsal, preview=True)
        releases.add(db, identifier, at=now, actor=actor, shown=shown)
        _note(office, identifier, slug, actor, "results-released", shown)


def renew(office: Office, *, slug: str, now: datetime, actor: str, rehearsal: bool = False) -> None:
    """Show the results as they are now in place of what is shown; raises ``Conflict``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if releases.when(db, identifier) is None:
            raise Conflict("results.hidden")
        shown = results(office, slug=slug, as_of=now, rehearsal=rehearsal, preview=True)
        releases.renew(db, identifier, shown)
        _note(office, identifier, slug, actor, "results-renewed", shown)


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
        _note(office, identifier, slug, actor, "results-taken-back", None, why)


def _note(
    office: Office,
    consultation: int,
    slug: str,
    actor: str,
    verb: str,
    shown: Results | None,
    why: str = "",
) -> None:
    """Enter the act; ``shown`` is what the public reads from now on."""
    after = {"comments": shown.counts.comments, "answered": shown.answered} if shown else {}
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb,
        subject=f"consultation:{slug}", why=why, after=after, consultation=consultation,
    )  # fmt: skip
