"""The published results (公众意见采纳情况) as a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.results import Results, ResultSection
from consult.domain.terms import DISPOSITIONS
from consult.export.balance import COUNTING_RULE, balance_lines, balance_sums, check_results
from consult.export.blocks import TableColumn
from consult.export.docx_package import docx_package
from consult.export.docx_parts import paragraph, table
from consult.export.phrases import (
    COUNT_NAMES,
    NO_COMMENTS,
    REHEARSAL_NOTE,
    facts,
    four,
    full_heading,
    hidden_note,
    in_marks,
    moment,
    warnings,
)
from consult.export.result_columns import WAITING, disposition, reason, words

# Widths in millimetres; the lines between the margins are 156 mm long.
_FACTS: Final = (TableColumn("", 36, "TableBand"), TableColumn("", 120))
_COUNTS: Final = tuple(TableColumn(name, 39, "Figure") for name in COUNT_NAMES)
_TALLY: Final = (TableColumn("采纳情况", 110), TableColumn("意见条数", 46, "TableNumber"))
_SECTIONS: Final = (
    TableColumn("章节", 80),
    *(TableColumn(name, 15, "TableNumber") for name in COUNT_NAMES),
    TableColumn("已答复", 16, "TableNumber"),
)
_LINES: Final = (
    TableColumn("序号", 11, "TableNumber"),
    TableColumn("意见", 55),
    TableColumn("人数/条数", 18, "TableNumber"),
    TableColumn("采纳情况", 20),
    TableColumn("理由和答复", 52),
)
_CHANGES: Final = (
    TableColumn("章节", 40),
    TableColumn("改动", 76),
    TableColumn("意见条数", 40, "TableNumber"),
)
_ACCOUNTING: Final = (TableColumn("项目", 110, "TableBand"), TableColumn("数量", 46, "TableNumber"))


def results_docx(results: Results) -> bytes:
    """Return the .docx file; the same results give the same bytes. Raises ``AccountingError``."""
    check_results(results)
    masthead = results.masthead
    return docx_package(
        "".join(_body(results)),
        title=f"{in_marks(masthead.plan_title)}公众意见采纳情况",
        author=masthead.office,
        created=masthead.as_of,
        heading=REHEARSAL_NOTE if masthead.rehearsal else "",
    )


def _body(results: Results) -> Iterator[str]:
    masthead = results.masthead
    yield paragraph(in_marks(masthead.plan_title), "Title")
    yield paragraph("公众意见采纳情况", "Title")
    for warning in warnings(masthead):
        yield paragraph(f"（{warning}）", "Warning")
    yield table(_FACTS, facts(masthead), "Lines")
    yield paragraph("第一部分　总体情况", "Heading1")
    yield table(_COUNTS, [tuple(map(str, four(results.counts)))])
    if not results.counts.submissions:
        yield paragraph(NO_COMMENTS, "Body")
    tally = [(DISPOSITIONS[item], str(count)) for item, count in results.dispositions]
    yield table(_TALLY, [*tally, (WAITING, str(results.waiting))])
    yield table(_SECTIONS, [_total(section) for section in results.sections])
    if results.changes:
        yield paragraph("第二部分　因公众意见而作的改动", "Heading1")
        named = [(full_heading(c.section, c.label, c.title), c) for c in results.changes]
        yield table(_CHANGES, [(name, c.change, str(c.comments)) for name, c in named])
    yield paragraph("分章节采纳情况", "Heading1")
    for section in results.sections:
        yield from _section(section)
    yield from _ending(results)


def _total(section: ResultSection) -> tuple[str, ...]:
    name = full_heading(section.code, section.label, section.title)
    return (name, *map(str, four(section.counts)), str(section.answered))


def _section(section: ResultSection) -> Iterator[str]:
    yield paragraph(full_heading(section.code, section.label, section.title), "Heading2")
    if not section.lines:
        yield paragraph("没有意见。", "Body")
        return
    rows = [
        (
            str(position),
            words(line),
            f"{line.counts.people}/{line.counts.comments}",
            disposition(line),
            reason(line),
        )
        for position, line in enumerate(section.lines, 1)
    ]
    yield table(_LINES, rows)


def _ending(results: Results) -> Iterator[str]:
    yield paragraph("核对与说明", "Heading1")
    rows = [(name, str(number)) for name, number in balance_lines(results.accounting)]
    yield table(_ACCOUNTING, rows)
    for line in balance_sums(results.accounting):
        yield paragraph(f"{line}，核对相符。", "Body")
    for rule in COUNTING_RULE:
        yield paragraph(rule, "Detail")
    yield paragraph(
        "引用的原话都经提交人同意，姓名、电话、邮箱等已经隐去；没有同意引用的，只写明涉及的内容，"
        f"或者用单位概括的话。{hidden_note(results.doubtful)}",
        "Detail",
    )
    head = results.masthead.head or "无"
    yield paragraph(
        f"数据截至{moment(results.masthead.as_of)}。操作记录校验值（用于核对记录未被改动）：{head}",
        "Note",
    )
