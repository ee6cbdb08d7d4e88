"""The report of an import: every item once, as a workbook and as JSON; the totals add up."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook

from consult.domain.ledger import ImportRecord, LedgerItem, Outcome, RefusalState
from consult.domain.terms import IMPORT_STATES, OUTCOMES, REFUSAL_STATES, SOURCE_KINDS
from consult.export.xlsx_cells import Formats, Table, add_sheet, formats

TITLE: Final = "导入报告"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,  # =1+1 in a file name is text
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST: Final = 1_000_000  # rows of a sheet; a further one follows


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An item with its reason in words."""

    item: LedgerItem
    reason: str = ""

    @property
    def became(self) -> str:
        """What became of the item, in words."""
        if self.item.gone:
            return "已撤销"
        if self.item.outcome is Outcome.REFUSED and self.item.state is not RefusalState.OPEN:
            return REFUSAL_STATES[self.item.state]
        return OUTCOMES[self.item.outcome]


def totals(record: ImportRecord) -> tuple[tuple[str, int], ...]:
    """Return the sums of an import in the order they are printed; the first is that of the rest."""
    report = record.report
    return (
        ("读到", report.found), ("收下", report.taken), ("已有", report.repeated),
        ("未收", report.refused), ("空行", report.empty),
    )  # fmt: skip


def report_json(record: ImportRecord, lines: Iterable[ReportLine]) -> bytes:
    """Return the report as JSON."""
    report = record.report
    found = {
        "import": record.number, "kind": record.source.kind, "name": record.source.name,
        "sha256": record.source.digest, "state": record.state, "actor": record.actor,
        "created": record.created.isoformat(), "found": report.found, "taken": report.taken,
        "repeated": report.repeated, "refused": report.refused, "empty": report.empty,
        "undone": record.gone, "items": [_object(line) for line in lines],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _object(line: ReportLine) -> dict[str, object]:
    item = line.item
    found: dict[str, object] = {"place": item.place, "outcome": item.outcome, "number": item.number}
    if item.outcome is Outcome.REFUSED:
        found |= {"field": item.field, "code": item.code, "reason": line.reason,
                  "state": item.state}  # fmt: skip
    return found | ({"undone": True} if item.gone else {})


def report_xlsx(record: ImportRecord, lines: Iterable[ReportLine]) -> bytes:
    """Return the report as a workbook: totals on the first sheet, the items behind."""
    out = io.BytesIO()
    with Workbook(out, dict(_OPTIONS)) as book:
        book.set_properties({"title": TITLE, "created": record.created.replace(tzinfo=None)})
        looks = formats(book)
        about = Table((("项目", 16.0, "left"), ("内容", 60.0, "left")))
        sheet = add_sheet(book, TITLE, about, TITLE)
        about.write_head(sheet, 0, looks)
        facts = [
            ("第几次导入", str(record.number)), ("文件", record.source.name),
            ("类型", SOURCE_KINDS[record.source.kind]), ("SHA-256", record.source.digest),
            ("状态", IMPORT_STATES[record.state]), ("操作人", record.actor),
            ("时间（UTC）", f"{record.created:%Y-%m-%d %H:%M}"),
            *((name, str(count)) for name, count in totals(record)),
            ("收下后又撤销", str(record.gone)),
            ("核对", "读到 = 收下 + 已有 + 未收 + 空行"),
        ]  # fmt: skip
        for row, fact in enumerate(facts, 1):
            about.write_row(sheet, row, fact, looks)
        _items(book, looks, lines)
    return out.getvalue()


def _items(book: Workbook, looks: Formats, lines: Iterable[ReportLine]) -> None:
    table = Table((
        ("位置", 36.0, "left"), ("结果", 10.0, "centre"), ("回执编号", 16.0, "centre"),
        ("原因", 60.0, "left"),
    ))  # fmt: skip
    sheet, row = None, _MOST
    for line in lines:
        if row >= _MOST or sheet is None:
            name = "明细" if sheet is None else f"明细{len(book.worksheets())}"
            sheet, row = add_sheet(book, name, table, TITLE), 0
            table.write_head(sheet, 0, looks)
        row += 1
        values = (line.item.place, line.became, line.item.number, line.reason)
        table.write_row(sheet, row, values, looks)
