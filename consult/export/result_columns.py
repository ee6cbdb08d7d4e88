"""The columns of the published results: one table for docx, xlsx and csv."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from consult.domain.results import ResultLine, Results, ResultSection
from consult.domain.terms import CODES, DISPOSITIONS

WAITING: Final = "正在研究"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column: its head, its width in characters, how its cells lie, and what they hold."""

    title: str
    width: float
    style: str
    value: Callable[[ResultSection, ResultLine], str | int]


def rows(results: Results) -> Iterator[tuple[ResultSection, ResultLine]]:
    """Yield every line with its section, in the order of the plan."""
    return ((section, line) for section in results.sections for line in section.lines)


def place(section: ResultSection) -> str:
    """Return how a section is cited: ``三、（二）``, or 总体意见 and the like."""
    return CODES.get(section.code) or section.label or section.code


def words(line: ResultLine) -> str:
    """Return what was asked, in words that may be shown."""
    return line.words or (
        f"涉及：{'、'.join(line.keywords)}" if line.keywords else "（未同意引用）"
    )


def disposition(line: ResultLine) -> str:
    """Return what became of it."""
    if line.ruling is None:
        return WAITING
    to = f"（{line.ruling.office}）" if line.ruling.office else ""
    return DISPOSITIONS[line.ruling.disposition] + to


def reason(line: ResultLine) -> str:
    """Return reason and answer."""
    if line.ruling is None:
        return ""
    return "\n".join(dict.fromkeys(w for w in (line.ruling.reason, line.ruling.answer) if w))


def change(line: ResultLine) -> str:
    """Return what changed in the plan because of it."""
    return line.ruling.change if line.ruling else ""


COLUMNS: Final[tuple[ResultColumn, ...]] = (
    ResultColumn("章节", 10, "centre", lambda section, _line: place(section)),
    ResultColumn("条款", 16, "text", lambda s, _line: "" if s.code in CODES else s.title),
    ResultColumn("意见", 40, "text", lambda _section, line: words(line)),
    ResultColumn("人数", 7, "centre", lambda _section, line: line.counts.people),
    ResultColumn("来件数", 7, "centre", lambda _section, line: line.counts.submissions),
    ResultColumn("不同文本数", 8, "centre", lambda _section, line: line.counts.texts),
    ResultColumn("意见条数", 8, "centre", lambda _section, line: line.counts.comments),
    ResultColumn("采纳情况", 11, "centre", lambda _section, line: disposition(line)),
    ResultColumn("理由和答复", 40, "text", lambda _section, line: reason(line)),
    ResultColumn("规划改动", 24, "text", lambda _section, line: change(line)),
)
