"""The feedback form (意见反馈表) that a department fills in, as a Word file: a row per section.

Its number stands on it, so that it is known again whatever the file is called when it comes back;
its rows name the sections, so that each comment finds its own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from consult.domain.consultation import Plan
from consult.export.blocks import TableColumn
from consult.export.docx_package import docx_package
from consult.export.docx_parts import paragraph, table

# The columns are called as the reader of tables knows them.
_COLUMNS: Final = (
    TableColumn("序号", 12.0, "TableNumber"),
    TableColumn("章节条款", 48.0),
    TableColumn("修改意见", 62.0),
    TableColumn("理由", 34.0),
)
_WHOLE: Final = "总体意见"
_BLANK_ROWS: Final = 3  # for what belongs to no section of the plan


def feedback_form(
    *,
    plan: Plan,
    title: str,
    office: str,
    department: str,
    code: str,
    closes: date,
    created: datetime,
) -> bytes:
    """Return the form of a department; the same arguments give the same bytes."""
    named = [_WHOLE]
    for node in plan.sections:
        label = plan.label(node.code)
        named.append(f"{label}{node.title}" if label.endswith("）") else f"{label} {node.title}")
    named += [""] * _BLANK_ROWS
    rows = [[str(place), name, "", ""] for place, name in enumerate(named, 1)]
    parts = [
        paragraph(f"《{plan.title}》征求意见反馈表", "Title"),
        paragraph(f"表号：{code}（请保留，收表时按它识别）", "Note"),
        paragraph(f"填报单位：{department}", "Note"),
        paragraph("联系人：", "Note"),
        paragraph("联系电话：", "Note"),
        paragraph(
            f"请于{closes.year}年{closes.month}月{closes.day}日前填好交{office}。在对应的章节后填写"
            "修改意见和理由，没有意见的章节留空；全文没有意见的，请在“总体意见”一栏写“无意见”。",
            "Note",
        ),
        table(_COLUMNS, rows),
    ]
    return docx_package("".join(parts), title=title, author=office, created=created)
