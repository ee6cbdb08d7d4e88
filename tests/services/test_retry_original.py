"""The kept original of a refused table or form is read again without being sent anew."""

from __future__ import annotations

import pytest

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.ledger import ImportState, RefusalState, Source, SourceKind
from consult.domain.table import Columns
from consult.services.admit import Rules
from consult.services.import_table import import_table
from consult.services.office import Office
from consult.services.queue_import import file_content
from consult.services.refused import refused_item, refused_items
from consult.services.retry_original import Again, retriable, retry_original
from consult.services.take_forms import take_forms
from tests.conftest import OPEN, SLUG
from tests.services.test_departments import filled, form_of, listed

STRANGE = b"PK\x03\x04"  # begins like a workbook


def again(office: Office, identifier: int, most: int = 1_000_000) -> Again:
    return retry_original(
        office, slug=SLUG, identifier=identifier, now=OPEN, actor="li", rules=Rules(), most=most
    )


def refused_table(office: Office, data: bytes = STRANGE) -> int:
    source = Source(SourceKind.TABLE, "意见.xlsx", "d" * 64)
    import_table(
        office, slug=SLUG, data=data, source=source, columns=Columns(), now=OPEN, actor="li"
    )
    (item,) = refused_items(office, slug=SLUG)
    return item.id


def refused_form(office: Office) -> int:
    """Refuse the form of a department that is not known (yet) by its number."""
    listed(office)
    data = filled(form_of(office, 1), (1, "总体同意。", ""))
    office.store.db.execute("update departments set code = 'X' || code")
    take_forms(office, slug=SLUG, files=[("回复.docx", data)], now=OPEN, actor="li")
    (item,) = refused_items(office, slug=SLUG)
    return item.id


def test_a_refused_table_is_looked_at_again_from_its_original(published: Office) -> None:
    identifier = refused_table(published)
    done = again(published, identifier)
    record, data = file_content(published, slug=SLUG, number=done.held)
    assert (record.state, record.source.name, data) == (ImportState.DRAFT, "意见.xlsx", STRANGE)
    item = refused_item(published, slug=SLUG, identifier=identifier)
    assert (item.state, retriable(item)) == (RefusalState.OPEN, True)
    with pytest.raises(InputRefused, match=r"import\.large"):
        again(published, identifier, most=3)


def test_a_sheet_without_a_column_of_comments_keeps_its_file(published: Office) -> None:
    data = "甲,乙\n一,二\n".encode()
    identifier = refused_table(published, data)
    held = again(published, identifier).held
    assert file_content(published, slug=SLUG, number=held)[1] == data


def test_a_form_is_taken_once_its_department_is_known_and_only_once(published: Office) -> None:
    identifier = refused_form(published)
    with pytest.raises(InputRefused, match=r"department\.other-form"):
        again(published, identifier)
    published.store.db.execute("update departments set code = substr(code, 2)")

    receipt = again(published, identifier).receipt

    item = refused_item(published, slug=SLUG, identifier=identifier)
    assert (item.state, item.number, retriable(item)) == (RefusalState.TAKEN, receipt, False)
    with pytest.raises(Conflict, match=r"refusal\.settled"):
        again(published, identifier)


def test_what_has_no_original_cannot_be_read_again(published: Office) -> None:
    identifier = refused_table(published)
    published.store.db.execute("update refusals set kind = 'entry'")
    with pytest.raises(NotFound):
        again(published, identifier)
