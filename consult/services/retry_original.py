"""Read the kept original of a refused item again: a letter, a file of one, a table, a form.

What could not be read yesterday (a busy machine, a form of a department that was entered since)
may be read today; nobody has to fetch the file and send it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from consult.domain.errors import Conflict, NotFound
from consult.domain.ledger import Outcome, RefusalState, RefusedItem, SourceKind
from consult.services.admit import Rules
from consult.services.ledger import import_lines
from consult.services.office import Office
from consult.services.queue_import import hold_file
from consult.services.refused import refused_item
from consult.services.resend import note_taken
from consult.services.retry_letter import retry_letter
from consult.services.take_forms import check_form, take_forms

_KINDS: Final = frozenset({SourceKind.MAIL, SourceKind.TABLE, SourceKind.FORM})


@dataclass(frozen=True, slots=True)
class Again:
    """What came of it: the receipt of what was taken, or the import that is now to be looked at."""

    receipt: str = ""
    held: int = 0


def retriable(item: RefusedItem) -> bool:
    """Tell whether an item is still open, and its original was kept and can be read again."""
    kept = bool(item.refusal.original) and item.state is RefusalState.OPEN
    return kept and item.source.kind in _KINDS


def retry_original(
    office: Office, *, slug: str, identifier: int, now: datetime, actor: str, rules: Rules,
    most: int,
) -> Again:  # fmt: skip
    """Read an original again: a letter or form is taken, a table (``most`` bytes) held to look at.

    The item of a table stays open, since what becomes of its rows shows only later. Raises
    ``InputRefused`` with the reason of this reading, ``NotFound`` where there is nothing to read,
    ``Conflict("refusal.settled")``; nothing is lost then.
    """
    item = refused_item(office, slug=slug, identifier=identifier)
    if item.state is not RefusalState.OPEN:
        raise Conflict("refusal.settled", actor=item.actor)
    if not retriable(item):
        raise NotFound("refusal.no-letter")
    if item.source.kind is SourceKind.MAIL:
        return Again(retry_letter(office, slug=slug, identifier=identifier, now=now, actor=actor))
    if item.source.kind is SourceKind.FORM:
        return Again(_form(office, slug, item, now, actor, rules))
    held = hold_file(
        office, slug=slug, kind=SourceKind.TABLE, name=item.refusal.file,
        data=item.refusal.original, actor=actor, most=most,
    )  # fmt: skip
    return Again(held=held)


def _form(
    office: Office, slug: str, item: RefusedItem, now: datetime, actor: str, rules: Rules
) -> str:
    """Take a department's form in as if it had just come; returns its receipt."""
    name, data = item.refusal.file, item.refusal.original
    check_form(office, slug=slug, name=name, data=data)
    report = take_forms(office, slug=slug, files=[(name, data)], now=now, actor=actor, rules=rules)
    _, lines = import_lines(office, slug=slug, number=report.number)
    (number,) = [line.number for line in lines if line.outcome is not Outcome.REFUSED]
    note_taken(office, slug=slug, identifier=item.id, number=number, actor=actor)
    return number
