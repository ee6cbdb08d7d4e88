"""What was done in a consultation, the newest first, with the head hash of the chain."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.triage import Event
from consult.services.office import Office
from consult.store import consultations, events

_SIZE = 100


@dataclass(frozen=True, slots=True)
class History:
    """One page of the events of a consultation; ``last`` is the number of the newest of all."""

    events: tuple[Event, ...]
    page: int
    pages: int
    total: int
    head: str
    last: int


def history(office: Office, *, slug: str, page: int = 1, actor: str = "") -> History:
    """Return a page of the events of a consultation; by one ``actor`` if given."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.read():
        total = events.count(db, identifier, actor=actor)
        pages = max(1, -(-total // _SIZE))
        page = min(max(1, page), pages)
        found = events.page(
            db, identifier, actor=actor, limit=_SIZE, offset=(page - 1) * _SIZE
        )  # fmt: skip
        return History(found, page, pages, total, events.head(db), events.last(db))
