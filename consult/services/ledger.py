"""The ledger as people read it: the imports there were, and what became of each item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consult.domain.ledger import ImportRecord, LedgerItem, Outcome
from consult.services import refused
from consult.services.office import Office
from consult.store import consultations, import_items, imports, refusals

PAGE = 200  # items of a page


@dataclass(frozen=True, slots=True)
class ImportPage:
    """An import with some of its items; ``after`` leads to the next ones, 0 when there are none."""

    record: ImportRecord
    items: tuple[LedgerItem, ...]
    outcome: Outcome | None
    after: int = 0


def ledger(office: Office, *, slug: str, limit: int = 50) -> tuple[ImportRecord, ...]:
    """Return the newest imports, newest first; raises ``NotFound``."""
    with office.store.read() as db:
        consultation, _ = consultations.find(db, slug)
        return imports.recent(db, consultation, limit=limit)


def import_page(
    office: Office, *, slug: str, number: int, outcome: Outcome | None = None, after: int = 0
) -> ImportPage:
    """Return an import and a page of its items; raises ``NotFound``."""
    with office.store.read() as db:
        consultation, _ = consultations.find(db, slug)
        record = imports.one(db, consultation, number)
        found = import_items.page(db, number, outcome=outcome, after=after, limit=PAGE + 1)
        shown = tuple(_whole(office, consultation, item) for _, item in found[:PAGE])
    further = found[PAGE - 1][0] if len(found) > PAGE else 0
    return ImportPage(record, shown, outcome, further)


def import_lines(
    office: Office, *, slug: str, number: int
) -> tuple[ImportRecord, Iterator[LedgerItem]]:
    """Return an import and all of its items, for a report; raises ``NotFound``."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    record = imports.one(db, consultation, number)
    items = import_items.every(db, number)
    return record, (_whole(office, consultation, item) for item in items)


def refused_lines(office: Office, slug: str, number: int) -> Iterator[LedgerItem]:
    """Yield the refused items of an import that nobody has dealt with."""
    consultation, _ = consultations.find(office.store.db, slug)
    after = 0
    while True:
        found = import_items.page(
            office.store.db, number, outcome=Outcome.REFUSED, after=after, limit=PAGE
        )
        yield from (_whole(office, consultation, item) for _, item in found)
        if len(found) < PAGE:
            return
        after = found[-1][0]


def _whole(office: Office, consultation: int, item: LedgerItem) -> LedgerItem:
    """Return an item with the values of its reason, which are kept sealed."""
    if item.outcome is not Outcome.REFUSED or not item.refusal:
        return item
    held = refused.opened(office, refusals.one(office.store.db, consultation, item.refusal))
    return replace(item, values=held.refusal.values)
