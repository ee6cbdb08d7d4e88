"""The register (意见汇总表) as a Word document: across, by section, by theme and by comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Final

from consult.domain.digest import Register, SectionTotal
from consult.domain.register_theme import RegisterTheme
from consult.domain.terms import CHANNELS, SPEAKERS
from consult.export.balance import (
    COUNTING_RULE,
    balance_lines,
    balance_sums,
    check_register,
    partial_lines,
)
from consult.export.blocks import Block, Paragraph, Table, TableColumn
from consult.export.columns import PRACTICE, Cell, Column, chosen, local_time
from consult.export.docx_blocks import markup
from consult.export.docx_package import docx_package
from consult.export.phrases import (
    COUNT_NAMES,
    NO_COMMENTS,
    breakdown,
    counts_line,
    facts,
    four,
    full_heading,
    in_marks,
    issued_by,
    moment,
    named,
    number_list,
    page_note,
    warnings,
)
from consult.export.register_themes import answers, content, decided

_WIDE: Final = 254  # millimetres between the margins
# Widths in millimetres, as all below.
_FACTS: Final = (TableColumn("", 40, "TableBand"), TableColumn("", 214))
_SECTIONS: Final = (
    TableColumn("章节", 134),
    *(TableColumn(name, 24, "TableNumber") for name in COUNT_NAMES),
    TableColumn("已有采纳情况", 24, "TableNumber"),
)
_THEMES: Final = (
    TableColumn("序号", 12, "TableNumber"),
    TableColumn("意见内容", 74),
    TableColumn("提出主体、渠道", 38),
    TableColumn("人数/来件/文本/条数", 30, "TableNumber"),
    TableColumn("意见编号", 32),
    TableColumn("采纳情况", 24),
    TableColumn("理由和答复", 44),
)
_ACCOUNTING: Final = (
    TableColumn("项目", 150, "TableBand"),
    TableColumn("数量", 104, "TableNumber"),
)
_LEAST: Final = 11  # millimetres of a column


def register_docx(register: Register) -> bytes:
    """Return the .docx file; the same register gives the same bytes.

    Raises ``AccountingError`` when the sums do not add up, ``InputRefused`` for a column there is
    not. Without columns chosen it shows those that offices print.
    """
    check_register(register)
    masthead = register.masthead
    return docx_package(
        "".join(map(markup, _body(register))),
        title=named(f"{in_marks(masthead.plan_title)}公众意见汇总表", masthead),
        author=masthead.office,
        created=masthead.as_of,
        heading=page_note(masthead),
        across=True,
    )


def _body(register: Register) -> Iterator[Block]:
    masthead = register.masthead
    yield Paragraph(in_marks(masthead.plan_title), "Title")
    yield Paragraph(named("公众意见汇总表", masthead), "Title")
    if warned := warnings(masthead):
        yield Paragraph(f"（{'；'.join(warned)}）", "Warning")
    yield Paragraph(issued_by(masthead), "Byline")
    yield Paragraph("一、各章节数量", "Heading1")
    yield Table(_SECTIONS, [*_totals(register)])
    yield Paragraph("一人、一件来件涉及几个章节的，在各章节分别计数，合计中只计一次。", "Note")
    yield Paragraph("二、同类意见及采纳情况", "Heading1")
    yield from _themes(register)
    yield Paragraph("三、逐条意见", "Heading1")
    yield from _comments(register)
    yield Paragraph("四、核对与说明", "Heading1")
    yield from _ending(register)


def _totals(register: Register) -> Iterator[tuple[str, ...]]:
    done: dict[str, int] = {}
    for row in register.rows:
        if row.disposition:
            done[row.section] = done.get(row.section, 0) + 1
    for total in register.sections:
        yield (_name(total), *map(str, four(total.counts)), str(done.get(total.code, 0)))
    yield ("合计", *map(str, four(register.counts)), str(sum(done.values())))


def _themes(register: Register) -> Iterator[Block]:
    totals = {total.code: total for total in register.sections}
    position = 0
    for code, members in groupby(register.themes, key=lambda line: line.section):
        rows = []
        for line in members:
            position += 1
            rows.append(_theme(position, line))
        yield Paragraph(_name(totals[code]), "Heading2")
        yield Table(_THEMES, [*rows, (f"小计：{counts_line(totals[code].counts)}",)])
    if not register.themes:
        yield Paragraph(NO_COMMENTS, "Body")


def _theme(position: int, line: RegisterTheme) -> tuple[str, ...]:
    who = (breakdown(line.speakers, SPEAKERS), breakdown(line.channels, CHANNELS))
    return (
        str(position),
        content(line),
        "\n".join(filter(None, who)),
        "/".join(map(str, four(line.counts))),
        number_list(line.numbers),
        decided(line),
        answers(line),
    )


def _comments(register: Register) -> Iterator[Block]:
    # The heading of each table says chapter and section.
    columns = [
        column
        for column in chosen(register.columns or (PRACTICE,))
        if register.columns or column.key not in ("section", "clause")
    ]
    shown = (TableColumn("序号", _LEAST, "TableNumber"), *_columns(columns))
    totals = {total.code: total for total in register.sections}
    zone = register.masthead.as_of.tzinfo
    rows = enumerate(register.rows, 1)
    for code, members in groupby(rows, key=lambda item: item[1].section):
        yield Paragraph(_name(totals[code]), "Heading2")
        lines: list[Sequence[str]] = [
            (str(position), *(_cell(column.value(row), zone) for column in columns))
            for position, row in members
        ]
        yield Table(shown, [*lines, (f"小计：{counts_line(totals[code].counts)}",)], torn=True)
    if not register.rows:
        yield Paragraph(NO_COMMENTS, "Body")


def _columns(columns: Sequence[Column]) -> tuple[TableColumn, ...]:
    """Share the width among the columns as the workbook does."""
    room = _WIDE - _LEAST * (1 + len(columns))
    whole = sum(column.width for column in columns)
    return tuple(
        TableColumn(
            column.title,
            _LEAST + max(room, 0) * column.width / whole,
            "TableText" if column.style == "text" else "TableNumber",
        )
        for column in columns
    )


def _cell(value: Cell, zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return f"{local_time(value, zone):%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.0%}"
    return "" if value is None else str(value)


def _ending(register: Register) -> Iterator[Block]:
    yield Table(_FACTS, facts(register.masthead), "Lines")
    rows = [(name, str(number)) for name, number in balance_lines(register.accounting)]
    yield Table(_ACCOUNTING, rows)
    for line in (
        *balance_sums(register.accounting),
        *partial_lines(register.partial, register.accounting),
    ):
        yield Paragraph(f"{line}，核对相符。", "Body")
    for rule in COUNTING_RULE:
        yield Paragraph(rule, "Detail")
    head = register.masthead.head or "无"
    told = (
        f"数据截至{moment(register.masthead.as_of)}。操作记录校验值（用于核对记录未被改动）：{head}"
    )
    yield Paragraph(told, "Note")


def _name(total: SectionTotal) -> str:
    return full_heading(total.code, total.label, total.title)
