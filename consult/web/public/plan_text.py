"""The plan as a text file: for those who read or print it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from consult.domain.consultation import Consultation, Indicator, Plan
from consult.web.filters import paragraphs


def plan_text(consultation: Consultation, plan: Plan) -> str:
    """Return title, headings, summaries (marked as such), official paragraphs and indicators."""
    lines = [plan.title, consultation.office, ""]
    lines += _summary(plan.lead_summary)
    lines += plan.lead
    for node in plan.walk():
        lines += ["", node.heading, *_summary(node.summary), *node.paragraphs]
        lines += [_row(row) for row in plan.indicators if row.section == node.code]
    rest = [_row(row) for row in plan.indicators if not row.section]
    return "\n".join([*lines, *(["", *rest] if rest else []), ""])


def _summary(text: str) -> Iterator[str]:
    if text:
        yield f"【{_('摘要，以正式文本为准')}】"
        yield from paragraphs(text)


def _row(row: Indicator) -> str:
    unit = f"（{row.unit}）" if row.unit else ""
    growth = f"（{row.growth}）" if row.growth.strip("-— ") else ""
    return f"{row.number}. {row.name}{unit}：{row.base} → {row.target}{growth}"
