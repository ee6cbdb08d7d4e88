"""Departments: a form for each, filled with LibreOffice and read back, who has answered."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from docx import Document

from consult.domain.department import has_no_objection
from consult.domain.errors import Conflict, InputRefused
from consult.services.departments import (
    add_departments,
    department_form,
    department_list,
    note_reminded,
    reminder,
    remove_department,
)
from consult.services.office import Office
from consult.services.refused import refused_items
from consult.services.take_forms import note_no_objection, take_forms
from tests.conftest import OPEN, SLUG
from tests.libreoffice import PROGRAM, added, controlled, merged, typed, written
from tests.libreoffice import filled as by_libreoffice
from tests.web.journey import stored

NAMES = "清河县财政局 0830-1234567\n清河县林业局\n清河县财政局\n\n清河县司法局"


def listed(office: Office) -> None:
    assert add_departments(office, slug=SLUG, lines=NAMES, actor="li") == 3


def filled(data: bytes, *rows: tuple[int, str, str]) -> bytes:
    """Fill in a form: row, comment, reason."""
    document = Document(io.BytesIO(data))
    for place, words, reason in rows:
        cells = document.tables[0].rows[place].cells
        cells[2].text, cells[3].text = words, reason
    for line in document.paragraphs:
        if line.text == "联系电话：":
            line.add_run("0830-7654321")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def form_of(office: Office, place: int) -> bytes:
    item = department_list(office, slug=SLUG)[place - 1]
    return department_form(office, slug=SLUG, identifier=item.id, actor="li")[1]


# Rows of the form: 1 the header, 2 the whole, 3 to 7 the sections, then blank ones.
PLAIN = [typed("C3", "管网改为四十公里。"), typed("D3", "现状已有三十。"),
         typed("C6", "增加垂钓区。|分两处。"), typed("C8", "资金要落实。"),
         written("联系电话：", "0830-7654321")]  # fmt: skip
# A control that a form of another program puts into a cell; a reason merged into its comment's
# cell; a row that somebody added.
ODD = [controlled("C3", "管网改为四十公里。"), typed("D3", "现状已有三十。"),
       typed("C6", "增加垂钓区。|分两处。"), merged("C6", "D6"),
       added(1), typed("C11", "资金要落实。")]  # fmt: skip
# CI installs it: there its absence is a failure.
libreoffice = pytest.mark.skipif(
    PROGRAM is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def comes_back(office: Office, saved: bytes) -> None:
    """Take a form in and see each comment under its section."""
    report = take_forms(office, slug=SLUG, files=[("回复.docx", saved)], now=OPEN, actor="li")
    assert (report.taken, report.refused) == (1, 0)
    (item,) = stored(office)
    assert [(c.section, item.text[c.start : c.end]) for c in item.choices] == [
        ("1.1", "管网改为四十公里。\n理由：现状已有三十。"), ("2.2", "增加垂钓区。\n分两处。"),
    ]  # fmt: skip
    assert item.text.endswith("资金要落实。")
    assert (item.channel, item.speaker) == ("department", "agency")
    first = department_list(office, slug=SLUG)[0]
    assert (first.number, first.agreed, first.answered is not None) == (item.number, False, True)


@libreoffice
def test_a_form_filled_in_with_libreoffice_comes_back_to_the_right_sections(
    published: Office, tmp_path: Path
) -> None:
    """Typed into and saved as docx; opened again, saved as odt, as doc, and as docx at last."""
    listed(published)
    docx, _, doc, last = by_libreoffice(
        form_of(published, 1), PLAIN, tmp_path, "docx", "odt", "doc", "docx"
    )
    comes_back(published, docx)
    again = take_forms(published, slug=SLUG, files=[("b.docx", last)], now=OPEN, actor="li")
    assert (again.taken, again.repeated) == (0, 1)  # every word in the same place
    old = take_forms(published, slug=SLUG, files=[("回复.doc", doc)], now=OPEN, actor="li")
    (held,) = refused_items(published, slug=SLUG)
    assert (old.refused, held.refusal.code, held.refusal.original) == (1, "attachment.old", doc)


@libreoffice
def test_controls_merged_cells_and_added_rows_lose_nothing(
    published: Office, tmp_path: Path
) -> None:
    listed(published)
    (saved,) = by_libreoffice(form_of(published, 1), ODD, tmp_path, "docx")
    comes_back(published, saved)


def test_no_objection_is_an_answer_by_form_and_by_telephone(published: Office) -> None:
    listed(published)
    data = filled(form_of(published, 2), (1, "无异议", ""))
    take_forms(published, slug=SLUG, files=[("林业局.docx", data)], now=OPEN, actor="li")
    third = department_list(published, slug=SLUG)[2]
    note_no_objection(published, slug=SLUG, identifier=third.id, now=OPEN, actor="li")
    note_no_objection(published, slug=SLUG, identifier=third.id, now=OPEN, actor="li")
    found = [(d.name, d.agreed) for d in department_list(published, slug=SLUG) if d.answered]
    assert found == [("清河县林业局", True), ("清河县司法局", True)]
    assert sorted(item.text for item in stored(published)) == ["无异议", "无意见"]
    with pytest.raises(Conflict, match=r"department\.answered"):
        note_reminded(published, slug=SLUG, identifier=third.id, actor="li")


def test_blank_forms_and_strange_files_are_refused_with_the_file_kept(published: Office) -> None:
    listed(published)
    blank = form_of(published, 1)
    other = Document()
    other.add_table(rows=2, cols=2).rows[0].cells[0].text = "意见"
    out = io.BytesIO()
    other.save(out)
    report = take_forms(
        published, slug=SLUG, now=OPEN, actor="li",
        files=[("空.docx", blank), ("别的.docx", out.getvalue()), ("坏.docx", b"PK\x03\x04")],
    )  # fmt: skip
    assert (report.found, report.taken, report.refused) == (3, 0, 3)
    held = refused_items(published, slug=SLUG)
    assert [(item.refusal.code, item.refusal.file) for item in held] == [
        ("table.blank-form", "空.docx"), ("department.no-code", "别的.docx"),
        ("attachment.broken", "坏.docx"),
    ]  # fmt: skip
    assert held[0].refusal.original == blank
    assert all(d.answered is None for d in department_list(published, slug=SLUG))


def test_the_list_keeps_contacts_sealed_and_reminds_those_who_have_not_answered(
    published: Office,
) -> None:
    listed(published)
    first, second, _ = department_list(published, slug=SLUG)
    assert (first.contact, second.contact) == ("0830-1234567", "")
    published.store.scrub()
    assert b"0830-1234567" not in published.store.path.read_bytes()
    words = reminder(published, slug=SLUG, identifier=first.id, now=OPEN)
    assert first.code in words
    assert "请于5月30日前反馈（还有20天）" in words
    note_reminded(published, slug=SLUG, identifier=first.id, actor="li")
    assert department_list(published, slug=SLUG)[0].reminded is not None
    remove_department(published, slug=SLUG, identifier=second.id, actor="li")
    assert [d.place for d in department_list(published, slug=SLUG)] == [1, 3]
    with pytest.raises(InputRefused, match=r"department\.none"):
        add_departments(published, slug=SLUG, lines=" \n", actor="li")


@pytest.mark.parametrize(("text", "agreed"), [
    ("无异议", True), ("无意见。", True), ("我局无修改意见", True), ("没有意见", True),
    ("经研究，我局对《清河整治规划》无不同意见。", True), ("无意见和建议", True),
    ("原则同意，建议增加资金。", False), ("无意见，但资金要落实", False), ("", False),
])  # fmt: skip
def test_no_objection_is_told_from_a_comment(text: str, agreed: bool) -> None:
    assert has_no_objection(text) is agreed
