"""Take in the forms that departments send back: each known by its number, each comment in place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.domain.department import Department, has_no_objection
from consult.domain.errors import InputRefused
from consult.domain.ledger import ImportReport, Outcome, Source, SourceKind
from consult.domain.table import Columns, Row, Sheet
from consult.intake.table import read_table
from consult.intake.table_items import read_items
from consult.services import vault
from consult.services.admit import Rules
from consult.services.import_items import import_items
from consult.services.ledger import import_lines
from consult.services.office import Office
from consult.services.table_columns import reading_of
from consult.services.uploads import shown_name
from consult.store import consultations, departments, events, submissions

# As departments type it: full-width, spaces, small letters.
_CODE: Final = re.compile(r"BM\s*-\s*(\d{3})\s*-\s*([0-9A-Z]{4})", re.IGNORECASE)


def take_forms(
    office: Office,
    *,
    slug: str,
    files: Sequence[tuple[str, bytes]],
    now: datetime,
    actor: str,
    rules: Rules | None = None,
) -> ImportReport:
    """Take in filled forms (name, bytes); what is none is refused with the file kept.

    “无异议” is an answer like any other. Raises as ``import_items``.
    """
    digest = hashlib.sha256(b"".join(hashlib.sha256(d).digest() for _, d in files)).hexdigest()
    names = "、".join(shown_name(name) for name, _ in files)
    source = Source(SourceKind.FORM, names[:200], digest)
    report = import_items(
        office, slug=slug, items=_items(office, slug, files), now=now, actor=actor, rules=rules,
        source=source,
    )  # fmt: skip
    _note_answers(office, slug, report, actor)
    return report


def check_form(office: Office, *, slug: str, name: str, data: bytes) -> None:
    """Raise ``InputRefused`` where a file is no filled form of a department that is asked."""
    _item(office, slug, shown_name(name), data)


def note_no_objection(
    office: Office, *, slug: str, identifier: int, now: datetime, actor: str
) -> ImportReport:
    """Take in that a department has nothing to object to, as it said by telephone.

    Raises ``NotFound``.
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = departments.one(db, consultation, identifier).value
    new = NewSubmission(
        "无意见", Channel.TELEPHONE, Speaker.AGENCY, name=found.name,
        key=f"form:{found.code}:telephone", source=found.code,
    )  # fmt: skip
    source = Source(SourceKind.FORM, found.name, hashlib.sha256(new.key.encode()).hexdigest())
    report = import_items(office, slug=slug, items=[new], now=now, actor=actor, source=source)
    _note_answers(office, slug, report, actor)
    return report


def _items(
    office: Office, slug: str, files: Sequence[tuple[str, bytes]]
) -> Iterator[NewSubmission | Refusal]:
    for place, (given, data) in enumerate(files, 1):
        name = f"{place}:{shown_name(given)}"
        try:
            yield _item(office, slug, name, data)
        except InputRefused as error:
            values = {**error.values, "name": shown_name(given)}
            yield Refusal(
                name, error.field or "file", error.code, values, original=data,
                file=shown_name(given), key=f"form:{hashlib.sha256(data).hexdigest()}",
            )  # fmt: skip


def _item(office: Office, slug: str, name: str, data: bytes) -> NewSubmission | Refusal:
    """Read one form; raises ``InputRefused``."""
    found = list(read_table(data))
    department = _whose(office, slug, found)
    source = Source(SourceKind.FORM, name, hashlib.sha256(data).hexdigest())
    reading = reading_of(office, slug=slug, source=source, columns=Columns())
    items = [item for item in read_items(found, reading)
             if isinstance(item, NewSubmission | Refusal)]  # fmt: skip
    forms = [item for item in items if isinstance(item, NewSubmission)]
    if len(forms) != 1:
        first = next((item for item in items if isinstance(item, Refusal)), None)
        raise InputRefused(first.code if first else "table.blank-form", field="file",
                           **(dict(first.values) if first else {}))  # fmt: skip
    (form,) = forms
    content = hashlib.sha256(form.text.encode()).hexdigest()[:16]
    contact = form.contact or form.name.removeprefix(department.name).strip()
    return replace(
        form, name=department.name, contact=contact, channel=Channel.DEPARTMENT,
        speaker=Speaker.AGENCY, key=f"form:{department.code}:{content}", source=name,
    )  # fmt: skip


def _whose(office: Office, slug: str, found: Sequence[Sheet | Row]) -> Department:
    """Return the department whose form it is, by the number on it."""
    consultation, _ = consultations.find(office.store.db, slug)
    lines = [line for item in found if isinstance(item, Sheet) for line in item.lines]
    lines += [c.text for item in found if isinstance(item, Row) for c in item.cells]
    for line in lines:
        match = _CODE.search(line.translate(_NARROW))
        if match:
            code = f"BM-{match[1]}-{match[2].upper()}"
            known = departments.by_code(office.store.db, consultation, code)
            if known is None:
                raise InputRefused("department.other-form", field="file", code=code)
            return known.value
    raise InputRefused("department.no-code", field="file")


_NARROW: Final = str.maketrans("－—–０１２３４５６７８９", "---0123456789")


def _note_answers(office: Office, slug: str, report: ImportReport, actor: str) -> None:
    """Note which departments have answered, and which of them have no objection."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    _, lines = import_lines(office, slug=slug, number=report.number)
    numbers = [line.number for line in lines if line.outcome is not Outcome.REFUSED]
    with office.store.write():
        for number in numbers:
            stored = submissions.by_number(db, consultation, number)
            if stored is None or stored.value.state != "active":
                continue
            text = vault.original(office.keys, stored).text
            known = _answering(office, consultation, vault.contact(office.keys, stored)[0])
            if known is None:
                continue
            departments.note_answer(
                db, known.id, number=number, agreed=has_no_objection(text), now=office.clock()
            )
            events.add(
                db, at=office.clock(), actor=actor, verb="department-answered",
                subject=f"department:{known.code}", after={"number": number},
                consultation=consultation,
            )  # fmt: skip


def _answering(office: Office, consultation: int, name: str) -> Department | None:
    listed = departments.every(office.store.db, consultation)
    return next((item.value for item in listed if item.value.name == name), None)
