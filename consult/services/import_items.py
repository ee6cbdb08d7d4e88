"""Import many submissions: each taken, already there, or refused with place and reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from consult.domain.comment import NewSubmission, Receipt, Refusal
from consult.domain.errors import InputRefused
from consult.services.office import Office
from consult.services.receive import Rules, check, store
from consult.store import consultations, runs

_CHUNK = 500  # items in one transaction: other writers wait a fraction of a second at most


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every item: ``found = taken + repeated + refused``, always."""

    found: int
    receipts: tuple[Receipt, ...]
    refused: tuple[Refusal, ...]

    @property
    def taken(self) -> int:
        """Number of items stored by this import."""
        return sum(1 for receipt in self.receipts if not receipt.repeated)

    @property
    def repeated(self) -> int:
        """Number of items that an earlier import had stored already."""
        return sum(1 for receipt in self.receipts if receipt.repeated)


def import_items(
    office: Office,
    *,
    slug: str,
    items: Iterable[NewSubmission | Refusal],
    now: datetime,
    actor: str,
    rules: Rules | None = None,
) -> ImportReport:
    """Store all items that can be taken; interrupted, it can be run again and adds nothing twice.

    Raises ``NotFound`` for an unknown consultation; a bad item is never an exception.
    """
    consultation_id, _ = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation_id)
    receipts: list[Receipt] = []
    refused: list[Refusal] = []
    for chunk in _chunks(items):
        with office.store.write() as db:
            before = len(refused)
            for item in chunk:
                if isinstance(item, Refusal):
                    refused.append(item)
                    continue
                try:
                    checked = check(item, plan, rules=rules or Rules(), strict=False)
                except InputRefused as error:
                    refused.append(Refusal(item.source, error.field, error.code, error.values))
                    continue
                receipts.append(store(office, slug=slug, new=checked, now=now, actor=actor))
            rows = [_row(refusal) for refusal in refused[before:]]
            runs.refusals(db, consultation_id, rows, at=office.clock())
    return ImportReport(len(receipts) + len(refused), tuple(receipts), tuple(refused))


def _row(refusal: Refusal) -> tuple[str, str, str, str]:
    detail = json.dumps(dict(refusal.values), ensure_ascii=False, default=str)
    return refusal.place, refusal.field, refusal.code, detail


def _chunks(
    items: Iterable[NewSubmission | Refusal],
) -> Iterator[list[NewSubmission | Refusal]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
