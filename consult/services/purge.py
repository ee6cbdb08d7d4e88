"""Delete contact data when the time that was promised for keeping them has passed."""

from __future__ import annotations

from datetime import timedelta

from consult.services.office import Office
from consult.store import (
    consultations,
    departments,
    events,
    files,
    imports,
    letters,
    originals,
    refusals,
    submissions,
)


def purge(office: Office, *, days: int, actor: str) -> int:
    """Delete the contact data of consultations that closed more than ``days`` ago.

    Saved drafts and files of forms that were never sent go when their own time is over.

    Returns how many submissions had contact data. Texts, numbers and counts stay; what told one
    person's submissions belong together is replaced by a number without meaning.
    """
    now = office.clock()
    with office.store.write() as db:
        files.expire(db, now=now.timestamp())
    total = gone = 0
    for consultation in consultations.every(office.store.db):
        if now < consultation.window.end + timedelta(days=days):
            continue
        with office.store.write() as db:
            identifier, _ = consultations.find(db, consultation.slug)
            count = submissions.forget_contacts(db, identifier)
            letters.forget_addresses(db, identifier)
            # Letters name their senders; so do refused items and the files of imports.
            others = originals.forget(db, identifier) + refusals.forget(db, identifier)
            others += imports.forget_files(db, identifier)
            others += departments.forget_contacts(db, identifier)
            if count or others:
                events.add(
                    db,
                    at=now,
                    actor=actor,
                    verb="contacts-purged",
                    subject=f"consultation:{consultation.slug}",
                    after={"submissions": count, "originals": others},
                    consultation=identifier,
                )
        total += count
        gone += count + others
    if gone:
        office.store.scrub()
    return total
