"""Issue the digest (发出摘要): an act of staff, so that the next one tells what is new since."""

from __future__ import annotations

from consult.domain.errors import Conflict
from consult.domain.issue import Issue
from consult.services.office import Office
from consult.store import consultations, events, issues, runs


def issue_digest(office: Office, *, slug: str, actor: str) -> Issue:
    """Note which comments stand where in the digest of now; returns the issue.

    Raises ``Conflict("digest.unread")`` before the first analysis: nothing has its place yet.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        run = runs.latest(db, identifier)
        if not run:
            raise Conflict("digest.unread")
        issued = issues.add(db, identifier, at=office.clock(), actor=actor, run=run)
        events.add(
            db,
            at=issued.at,
            actor=actor,
            verb="digest-issued",
            subject=f"consultation:{slug}",
            after={"issue": issued.number, "run": run, "comments": issued.comments},
            consultation=identifier,
        )
        return issued


def issued_digests(office: Office, *, slug: str) -> tuple[Issue, ...]:
    """Return the digests that were issued, the newest first."""
    with office.store.read():
        identifier, _ = consultations.find(office.store.db, slug)
        return issues.every(office.store.db, identifier)
