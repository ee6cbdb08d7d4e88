"""The published results as an Excel workbook: asks and answers, counts by section, accounting."""

from __future__ import annotations

import io
from datetime import UTC
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook

from consult.domain.results import Results
from consult.domain.terms import DISPOSITIONS
from consult.export.balance import COUNTING_RULE, balance_lines, balance_sums, check_results
from consult.export.phrases import (
    COUNT_NAMES,
    REHEARSAL_NOTE,
    facts,
    four,
    full_heading,
    hidden_note,
    in_marks,
    warnings,
)
from consult.export.result_columns import COLUMNS, WAITING, rows
from consult.export.sanitise import printable
from consult.export.xlsx_cells import Formats, Table, add_sheet, formats

ANSWERS: Final = "意见采纳情况"
SECTIONS: Final = "分章节统计"
CHANGES: Final = "因意见而改"
ACCOUNTING: Final = "说明和核对"
_MOST_WORDS: Final = 50  # asks behind one change that a cell of 32,767 characters surely holds
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,  # =1+1 in a comment is text
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def results_xlsx(results: Results) -> bytes:
    """Return the .xlsx file; the same results give the same bytes. Raises ``AccountingError``."""
    check_results(results)
    out = io.BytesIO()
    with (
        TemporaryDirectory(prefix="consult-") as folder,
        Workbook(out, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        masthead = results.masthead
        created = masthead.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        title = f"{in_marks(masthead.plan_title)}意见采纳情况"
        names = {"title": printable(title), "author": printable(masthead.office)}
        book.set_properties({**names, "created": created})
        looks = formats(book)
        header = REHEARSAL_NOTE if masthead.rehearsal else ""
        _answers(book, results, looks, header)
        _sections(book, results, looks, header)
        _changes(book, results, looks, header)
        _accounting(book, results, looks, header)
    return out.getvalue()


def _answers(book: Workbook, results: Results, looks: Formats, header: str) -> None:
    table = Table(tuple((c.title, c.width, c.style) for c in COLUMNS))
    sheet = add_sheet(book, ANSWERS, table, header)
    table.write_head(sheet, 0, looks)
    for number, (section, line) in enumerate(rows(results), 1):
        values = (column.value(section, line) for column in COLUMNS)
        table.write_row(sheet, number, list(values), looks)


def _sections(book: Workbook, results: Results, looks: Formats, header: str) -> None:
    heads = ("章节", *COUNT_NAMES, "已答复条数")
    widths, styles = (48, 9, 9, 12, 11, 12), ("text", *["centre"] * 5)
    table = Table(tuple(zip(heads, widths, styles, strict=True)))
    sheet = add_sheet(book, SECTIONS, table, header)
    table.write_head(sheet, 0, looks)
    lines: list[tuple[object, ...]] = [
        (full_heading(s.code, s.label, s.title), *four(s.counts), s.answered)
        for s in results.sections
    ]
    lines.append(("合计", *four(results.counts), results.answered))
    for number, line in enumerate(lines, 1):
        table.write_row(sheet, number, line, looks)


def _changes(book: Workbook, results: Results, looks: Formats, header: str) -> None:
    table = Table(
        (
            ("章节", 30, "text"),
            ("改动", 60, "text"),
            ("因为这些意见", 60, "text"),
            ("意见条数", 10, "centre"),
        )
    )
    sheet = add_sheet(book, CHANGES, table, header)
    table.write_head(sheet, 0, looks)
    for number, item in enumerate(results.changes, 1):
        name = full_heading(item.section, item.label, item.title)
        row = (name, item.change, "\n".join(item.words[:_MOST_WORDS]), item.comments)
        table.write_row(sheet, number, row, looks)


def _accounting(book: Workbook, results: Results, looks: Formats, header: str) -> None:
    table = Table((("项目", 44, "text"), ("内容", 90, "left")))
    sheet = add_sheet(book, ACCOUNTING, table, header)
    table.write_head(sheet, 0, looks)
    described: list[tuple[str, object]] = [
        *facts(results.masthead),
        ("操作记录校验值", results.masthead.head or "无"),
        *(("提示", warning) for warning in warnings(results.masthead)),
        *zip(COUNT_NAMES, four(results.counts), strict=True),
        *((DISPOSITIONS[item], count) for item, count in results.dispositions),
        (WAITING, results.waiting),
        *balance_lines(results.accounting),
        *(("核对相符", line) for line in balance_sums(results.accounting)),
        *(("计数规则", rule) for rule in COUNTING_RULE),
        *((("遮盖", note),) if (note := hidden_note(results.doubtful)) else ()),
    ]
    for number, line in enumerate(described, 1):
        table.write_row(sheet, number, line, looks)
