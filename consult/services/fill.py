"""Fill the places of a template (``{诉求}``) in a ruling with the words of a comment's theme."""

from __future__ import annotations

from dataclasses import asdict

from consult.domain.decision import Ruling
from consult.services.deeds import Doing, filled
from consult.services.office import Office
from consult.store import consultations


def fill(office: Office, *, slug: str, number: int, ruling: Ruling) -> Ruling:
    """Return the ruling for one comment; one without places comes back as it is."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    values = {name: str(value) for name, value in asdict(ruling).items()}
    return filled(Doing(office, identifier, consultations.plan(db, identifier), "", values), number)
