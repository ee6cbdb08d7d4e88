"""The time line: what was received per day, in longer steps where the days are many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from consult.domain.masthead import Day
from consult.export.blocks import Bar, Table, TableColumn, TimeLine

MOST_STEPS: Final = 45  # lines of a table, bars of a chart: a window of 30 days is shown by day

# Widths in millimetres; the lines between the margins are 156 mm long.
_COLUMNS: Final = (
    TableColumn("日期", 52, "TableNumber"),
    TableColumn("来件数", 30, "TableNumber"),
    TableColumn("意见条数", 30, "TableNumber"),
    TableColumn("来件数分布", 44, "TableBar"),
)


def time_line(days: Sequence[Day]) -> TimeLine:
    """Return the table with bars; steps are of equal numbers of listed days."""
    steps = [*_steps(days)]
    most = max((sent for _, sent, _ in steps), default=0)
    rows = [
        (label, str(sent), str(said), Bar(sent / most if most else 0.0))
        for label, sent, said in steps
    ]
    total = (sum(sent for _, sent, _ in steps), sum(said for *_, said in steps))
    table = Table(_COLUMNS, [*rows, ("合计", *map(str, total), "")])
    labels = tuple(label for label, *_ in steps)
    return TimeLine(table, labels, tuple(sent for _, sent, _ in steps), "每日来件数")


def _steps(days: Sequence[Day]) -> list[tuple[str, int, int]]:
    size = -(-len(days) // MOST_STEPS) or 1
    groups = [days[at : at + size] for at in range(0, len(days), size)]
    return [
        (
            _label(group),
            sum(day.submissions for day in group),
            sum(day.comments for day in group),
        )
        for group in groups
    ]


def _label(group: Sequence[Day]) -> str:
    first, last = (date.fromisoformat(day.date) for day in (group[0], group[-1]))
    start = f"{first.year}年{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.year}年{last.month}月{last.day}日"
