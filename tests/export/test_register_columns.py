"""The columns of the register can be chosen and put in order, in every form of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from consult.domain.digest import Register
from consult.domain.errors import InputRefused
from consult.export.columns import COLUMNS, chosen, listed
from consult.export.register_csv import register_csv
from consult.export.register_docx import register_docx
from consult.export.register_xlsx import register_xlsx

WANTED = ("answer", "意见内容", "number", "意见内容")
TITLES = ["答复", "意见内容", "意见编号"]


def test_columns_are_named_by_key_or_title_each_once() -> None:
    assert [column.title for column in chosen(WANTED)] == TITLES
    assert chosen(()) == COLUMNS
    assert [column.key for column in chosen(("practice", "kind"))][-2:] == ["answer", "kind"]
    assert listed("answer， 意见内容,,number") == ("answer", "意见内容", "number")


def test_every_form_shows_what_was_chosen(
    make_register: Callable[..., Register], read_docx: Callable[[bytes], str]
) -> None:
    register = replace(make_register(), columns=WANTED)

    (head, *rows) = csv.reader(io.StringIO(register_csv(register).decode("utf-8-sig")))
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(register)))
    sheet = book["意见汇总表"]
    assert head[1:4] == TITLES
    assert [cell.value for cell in sheet[4]] == ["序号", *TITLES]
    assert sheet.auto_filter.ref == f"A4:D{4 + len(rows)}"
    assert f"序号 | {' | '.join(TITLES)}\n" in read_docx(register_docx(register))
    assert [row[2] for row in rows] == [row.text for row in register.rows]
    assert [r[2].value for r in sheet.iter_rows(min_row=5)] == [row.text for row in register.rows]


def test_a_column_there_is_not_is_refused_by_name(make_register: Callable[..., Register]) -> None:
    register = replace(make_register(), columns=("colour",))

    for write in (register_csv, register_xlsx, register_docx):
        with pytest.raises(InputRefused) as refused:
            write(register)
        assert (refused.value.code, refused.value.values["name"]) == ("register.column", "colour")


def test_a_register_by_theme_ends_each_section_with_its_subtotal(
    make_register: Callable[..., Register],
) -> None:
    register = make_register()
    sheet = openpyxl.load_workbook(io.BytesIO(register_xlsx(register)))["同类意见"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    subtotals = {row[3]: row[6:10] for row in rows if row[2] == "小计"}
    expected = {
        s.code: [s.counts.people, s.counts.submissions, s.counts.texts, s.counts.comments]
        for s in register.sections
        if s.counts.comments
    }
    assert list(subtotals.values()) == list(expected.values())
    assert [row[0] for row in rows if row[2] != "小计"] == [*range(1, len(register.themes) + 1)]
