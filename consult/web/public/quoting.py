"""Begins a comment with the words of the plan it is about, when a link beside them is followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from consult.domain.consultation import Indicator, Plan
from consult.web.filters import section_name

_SHOWN: Final = 40  # characters of a paragraph: enough to find it again
_DIGITS: Final = 4
# What is left of a comment when nothing was written behind the beginning.
_ONLY: Final = re.compile(r"\s*关于[^\n“]{0,120}“[^\n”]{1,120}”[^\n“：]{0,80}：\s*")


def beginning(plan: Plan, asked: Mapping[str, str]) -> str:
    """Return the line for ``section`` and ``paragraph``, or ``indicator``; empty for unknown ones.

    The plan is not translated, so neither is the line.
    """
    row = _chosen(plan.indicators, asked.get("indicator", ""))
    if row is not None:
        return f"关于指标“{_quotable(row.name)}”（{row.base} → {row.target}）：\n"
    node = plan.find(asked.get("section", ""))
    at = _number(asked.get("paragraph", ""))
    if node is None or not 0 < at <= len(node.paragraphs):
        return ""
    words = _quotable(node.paragraphs[at - 1])
    return f"关于{section_name(node.code, plan)}第{at}段“{words}”：\n"


def only_beginning(text: str) -> bool:
    """Tell whether nothing was written behind the beginning."""
    return _ONLY.fullmatch(text) is not None


def _chosen(rows: tuple[Indicator, ...], asked: str) -> Indicator | None:
    return next((row for row in rows if row.number == _number(asked)), None)


def _number(asked: str) -> int:
    whole = asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS
    return int(asked) if whole else 0


def _quotable(words: str) -> str:
    flat = re.sub(r"\s+", " ", words).strip().replace("“", "‘").replace("”", "’")
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}……"
