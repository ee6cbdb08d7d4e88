"""Tables of indicators (指标): which tables are such, and what stands in which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consult.domain.consultation import Indicator
from consult.intake.draft_lines import TableBlock, cell_text, title_text

# (role, what the head of a column says, why it is told by this); the first that fits decides.
ROLES: Final[tuple[tuple[str, re.Pattern[str], str], ...]] = (
    ("number", re.compile(r"序号|编号|No\.?", re.I), "running number of the row"),
    ("name", re.compile(r"(?:主要|具体|预期|核心)?指标(?:名称|内容)?"), "what is measured"),
    ("unit", re.compile(r"(?:计量)?单位"), "the unit of all figures in the row"),
    ("growth", re.compile(r".{0,12}(?:增长|增速|增幅|年均|累计).{0,8}"), "a rate, even with years"),
    ("year", re.compile(r".{0,6}(?:19|20)[0-9]{2}\s*年?.{0,8}"), "a figure in a year"),
    ("base", re.compile(r"(?:基期|基准|现状|现有|当前)(?:值|数|水平)?"), "where it starts"),
    ("target", re.compile(r"(?:规划)?(?:目标|预期)(?:值|数)?"), "where it shall go"),
    (
        "other",
        re.compile(r"(?:指标)?(?:属性|类别|类型)|(?:牵头|责任)(?:单位|部门)|备注|性质"),
        "known, but no part of an indicator",
    ),
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_HEAD_WITHIN = 3  # rows: a caption and a line of units may stand above the head


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of an indicator stand (-1: nowhere), and the years of both figures."""

    number: int
    name: int
    unit: int
    base: int
    target: int
    growth: int
    base_year: int | None
    target_year: int | None


def role_of(text: str) -> str:
    """Return the role of a column by its head; empty when the text heads no known column."""
    plain = re.sub(r"[\s（）()]", "", text)
    return next((role for role, pattern, _ in ROLES if pattern.fullmatch(plain)), "")


def columns_of(head: Sequence[str]) -> Columns | None:
    """Return the columns of a table of indicators; None for any other table."""
    roles = [role_of(cell) for cell in head]
    years = sorted(
        (int(found.group()), index)
        for index, role in enumerate(roles)
        if role == "year" and (found := _YEAR.search(head[index]))
    )
    base = _first(roles, "base")
    target = _first(roles, "target")
    base_year = target_year = None
    if target < 0 and years:
        target_year, target = years.pop()
    if base < 0 and years:
        base_year, base = years[0]
    if "name" not in roles or max(base, target) < 0:
        return None
    named = {role: _first(roles, role) for role in ("number", "name", "unit", "growth")}
    return Columns(base=base, target=target, base_year=base_year, target_year=target_year, **named)


def _first(roles: Sequence[str], role: str) -> int:
    return roles.index(role) if role in roles else -1


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave: indicators (numbered in the table), and rows that are none."""

    indicators: tuple[Indicator, ...] = ()
    rest: tuple[str, ...] = ()


def read_table(table: TableBlock, section: str) -> TableReading:
    """Read a table that stands in a section: indicators, or its rows as text."""
    for at, head in enumerate(table.rows[:_HEAD_WITHIN]):
        columns = columns_of(head)
        if columns:
            return _read_rows(table.rows[at + 1 :], columns, section, table.rows[:at])
    return TableReading(rest=tuple(map(row_text, table.rows)))


def row_text(row: Sequence[str]) -> str:
    """Return a row as one line of text, its cells apart by tabs."""
    return "\t".join(cell for cell in row if cell)


def _read_rows(
    rows: Sequence[Sequence[str]],
    columns: Columns,
    section: str,
    above: Sequence[Sequence[str]],
) -> TableReading:
    found: list[Indicator] = []
    rest = [row_text(row) for row in above]
    for row in rows:
        name = _cell(row, columns.name)
        figures = [_cell(row, columns.base), _cell(row, columns.target)]
        if not name or not any(figures):
            rest.append(row_text(row))
            continue
        number = _number(_cell(row, columns.number), [known.number for known in found])
        found.append(_indicator(number, title_text(name), row, columns, section))
    return TableReading(tuple(found), tuple(text for text in rest if text))


def _indicator(
    number: int, name: str, row: Sequence[str], columns: Columns, section: str
) -> Indicator:
    return Indicator(
        number=number,
        name=name,
        unit=_cell(row, columns.unit),
        base_year=columns.base_year,
        base=_cell(row, columns.base),
        target_year=columns.target_year,
        target=_cell(row, columns.target),
        growth=_cell(row, columns.growth),
        section=section,
    )


def _cell(row: Sequence[str], index: int) -> str:
    return cell_text(row[index]) if 0 <= index < len(row) else ""


def _number(printed: str, taken: Sequence[int]) -> int:
    """Return the printed number, or the next free one where it is missing or used before."""
    if re.fullmatch("[0-9]{1,4}", printed) and int(printed) not in taken:
        return int(printed)
    return max(taken, default=0) + 1
