"""The further sheets of the register: statistics by section, accounting, what fits no cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consult.domain.comment import Kind
from consult.domain.digest import Counts, Register, RegisterRow, SectionTotal
from consult.domain.terms import CODES, KINDS
from consult.export.balance import COUNTING_RULE, balance_lines, balance_sums, partial_lines
from consult.export.phrases import (
    COUNT_NAMES,
    NO_COMMENTS,
    facts,
    four,
    full_heading,
    number_list,
    warnings,
)
from consult.export.sanitise import printable
from consult.export.xlsx_cells import Formats, Table, add_sheet, put

STATISTICS: Final = "分章节统计"
ACCOUNTING: Final = "核对"
CONTINUATIONS: Final = "续页"

_HEAD: Final = ("章节", *COUNT_NAMES, "占比", *KINDS.values(), "已有采纳情况")
_WIDTHS: Final = (48, 8, 8, 11, 9, 8, *[10] * len(KINDS), 12)
_COMMENTS: Final = 4  # the column of 意见条数, which the chart draws


@dataclass(frozen=True, slots=True)
class Overflow:
    """What the table of comments could not show as a whole.

    ``pieces`` are (number of the comment or line, column, part, text) beyond the limit of a cell;
    ``tall`` are the numbers of comments that need a higher row than Excel has.
    """

    pieces: tuple[tuple[int | str, str, int, str], ...] = ()
    tall: tuple[int, ...] = ()


def add_statistics(book: Workbook, register: Register, looks: Formats, header: str) -> None:
    """Add a row per section, in the order of the register, the total, and a bar chart."""
    styles = ("text", *["centre"] * 4, "share", *["centre"] * (len(KINDS) + 1))
    table = Table(tuple(zip(_HEAD, _WIDTHS, styles, strict=True)))
    sheet = add_sheet(book, STATISTICS, table, header)
    table.write_head(sheet, 0, looks)
    groups: dict[str, list[RegisterRow]] = {}
    for row in register.rows:
        groups.setdefault(row.section, []).append(row)
    whole = register.counts.comments
    lines = [
        (_name(total), *_figures(total.counts, groups.get(total.code, []), whole))
        for total in register.sections
    ]
    total = ("合计", *_figures(register.counts, register.rows, whole))
    for number, line in enumerate((*lines, total), 1):
        table.write_row(sheet, number, line, looks)
    note = "一人、一件来件涉及几个章节的，在各章节分别计数，合计中只计一次。"
    last = len(lines) + 2
    put(sheet, last, 0, note if register.rows else NO_COMMENTS, None)
    if register.rows:
        _chart(book, sheet, lines, last + 2)


def add_accounting(
    book: Workbook, register: Register, overflow: Overflow, looks: Formats, header: str
) -> None:
    """Add the masthead, the four counts, the sums that must agree, and the counting rule."""
    table = Table((("项目", 44, "text"), ("内容", 90, "left")))
    sheet = add_sheet(book, ACCOUNTING, table, header)
    table.write_head(sheet, 0, looks)
    masthead = register.masthead
    described: list[tuple[str, object]] = [
        *facts(masthead),
        *(("提示", warning) for warning in warnings(masthead)),
        *zip(COUNT_NAMES, four(register.counts), strict=True),
        *balance_lines(register.accounting),
        *(("核对相符", line) for line in balance_sums(register.accounting)),
        *(("核对相符", line) for line in partial_lines(register.partial, register.accounting)),
        *(("计数规则", rule) for rule in COUNTING_RULE),
        ("操作记录校验值", masthead.head or "无"),
    ]
    if overflow.tall:
        described.append(("行高不足、请在编辑栏查看全文的意见", number_list(overflow.tall)))
    for number, line in enumerate(described, 1):
        table.write_row(sheet, number, line, looks)


def add_continuations(book: Workbook, overflow: Overflow, looks: Formats, header: str) -> None:
    """Add the pieces that were too long for their cells."""
    heads = (("意见编号", 12, "centre"), ("栏目", 14, "centre"), ("第几段", 8, "centre"))
    table = Table((*heads, ("续文", 120, "text")))
    sheet = add_sheet(book, CONTINUATIONS, table, header)
    table.write_head(sheet, 0, looks)
    for number, line in enumerate(overflow.pieces, 1):
        table.write_row(sheet, number, line, looks)


def _name(total: SectionTotal) -> str:
    if total.code in CODES:
        return CODES[total.code]
    return full_heading(total.code, total.label, total.title)


def _figures(counts: Counts, rows: Sequence[RegisterRow], whole: int) -> tuple[float, ...]:
    kinds: Counter[Kind] = Counter(row.kind for row in rows)
    return (
        *four(counts),
        counts.comments / whole if whole else 0.0,
        *(kinds[kind] for kind in KINDS),
        sum(1 for row in rows if row.disposition),
    )


def _chart(book: Workbook, sheet: Worksheet, lines: Sequence[Sequence[object]], at: int) -> None:
    """Draw the comments by section; with the values, as no preview recalculates them."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "意见条数",
            "categories": [STATISTICS, 1, 0, len(lines), 0],
            "values": [STATISTICS, 1, _COMMENTS, len(lines), _COMMENTS],
            "categories_data": [printable(str(line[0])) for line in lines],
            "values_data": [line[_COMMENTS] for line in lines],
            "data_labels": {"value": True},
            "fill": {"color": "#44618C"},
            "gap": 40,
        }
    )
    chart.set_title({"name": "各章节意见条数", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"major_gridlines": {"visible": False}, "visible": False})
    chart.set_size({"width": 900, "height": 120 + 22 * len(lines)})  # pixels
    sheet.insert_chart(at, 0, chart)
