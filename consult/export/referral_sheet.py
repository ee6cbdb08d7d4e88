"""The sheet another office fills in about matters handed on to it (转办), as xlsx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook

from consult.domain.terms import DISPOSITIONS
from consult.export.sanitise import printable
from consult.export.xlsx_cells import Table, add_sheet, formats

# What stands at the head of the columns; ``intake.reply_sheet`` knows them again.
_COLUMNS: Final = (
    ("编号（请勿改动）", 16, "centre"),
    ("章节", 22, "text"),
    ("意见内容", 56, "text"),
    ("意见条数", 9, "centre"),
    ("交办说明", 30, "text"),
    ("采纳情况", 14, "centre"),
    ("理由", 36, "text"),
    ("答复", 40, "text"),
)
_CHOICE: Final = 5  # the column to choose from
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class ReferredMatter:
    """A row: the subject it is known by, and what the office must know; no contact data."""

    subject: str
    section: str
    words: str
    comments: int
    why: str
    disposition: str = ""
    reason: str = ""
    answer: str = ""


def referral_sheet(
    matters: Sequence[ReferredMatter], *, title: str, to: str, due: date | None, head: str
) -> bytes:
    """Return the file. The last three columns are theirs to fill in."""
    out = io.BytesIO()
    with (
        TemporaryDirectory(prefix="consult-") as folder,
        Workbook(out, {**_OPTIONS, "tmpdir": folder}) as book,
    ):
        book.set_properties({"title": printable(f"{title}转办意见（{to}）")})
        looks = formats(book)
        table = Table(_COLUMNS)
        sheet = add_sheet(book, "转办意见", table, "")
        table.write_head(sheet, 0, looks)
        for row, m in enumerate(matters, 1):
            values = (m.subject, m.section, m.words[:30_000], m.comments, m.why, m.disposition,
                      m.reason, m.answer)  # fmt: skip
            table.write_row(sheet, row, values, looks)
        if matters:
            choices = {"validate": "list", "source": list(DISPOSITIONS.values())}
            sheet.data_validation(1, _CHOICE, len(matters), _CHOICE, choices)
        _guide(book, looks, title=title, to=to, due=due, head=head)
    return out.getvalue()


def _guide(
    book: Workbook, looks: object, *, title: str, to: str, due: date | None, head: str
) -> None:
    table = Table((("项目", 24, "text"), ("内容", 90, "left")))
    sheet = add_sheet(book, "填写说明", table, "")
    table.write_head(sheet, 0, looks)  # type: ignore[arg-type]
    lines = (
        ("征求意见事项", title),
        ("转办单位", to),
        ("请在此日前回复", due.isoformat() if due else "未定"),
        (
            "怎样填写",
            "每一行填写采纳情况、理由和答复，其他各列请勿改动；不填的留空。",
        ),
        ("采纳情况", "、".join(DISPOSITIONS.values())),
        ("操作记录校验值", head),
    )
    for row, line in enumerate(lines, 1):
        table.write_row(sheet, row, line, looks)  # type: ignore[arg-type]
