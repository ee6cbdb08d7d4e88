"""The columns of the register (意见汇总表): one table for the xlsx and the csv."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from consult.domain.aim import Aim
from consult.domain.amendment import Amendment, AmendmentKind, Lookup
from consult.domain.digest import RegisterRow
from consult.domain.errors import InputRefused
from consult.domain.terms import (
    AMENDMENTS,
    CHANNELS,
    CODES,
    DIRECTIONS,
    DISPOSITIONS,
    KINDS,
    LOOKUPS,
    ORIGINS,
    SPEAKERS,
)

Cell = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, how its cells lie, and what they hold.

    ``style`` is ``text`` (left, wrapped), ``centre``, ``percent`` or ``time``; ``key`` is what
    commands call it.
    """

    key: str
    title: str
    width: float
    style: str
    value: Callable[[RegisterRow], Cell]


def section_name(row: RegisterRow) -> str:
    """Return how the section of a row is cited: ``三、（二）``, or 总体意见 and the like."""
    return CODES.get(row.section) or row.section_label or row.section


def disposition_name(row: RegisterRow) -> str:
    """Return the disposition in Chinese; empty while there is none."""
    known = {str(key): name for key, name in DISPOSITIONS.items()}
    return known.get(row.disposition, row.disposition)


def local_time(at: datetime, zone: tzinfo | None) -> datetime:
    """Return an instant on the consultation's clock, without zone, to the second."""
    return at.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _title(row: RegisterRow) -> str:
    return "" if row.section in CODES else row.section_title


def _origin(row: RegisterRow) -> str:
    return ORIGINS[row.origin] if row.origin else ""


def _confidence(row: RegisterRow) -> float | None:
    return round(row.confidence, 4) if row.origin else None


def _also(row: RegisterRow) -> str:
    return "；".join(CODES.get(code, code) for code in row.also)


def amendment_words(item: Amendment) -> str:
    """Return an amendment in one line: what, the old and the new words, whether they were found."""
    parts = [AMENDMENTS[item.kind], "：", f"（{item.where}）" if item.where else ""]
    if item.kind is AmendmentKind.INSERT and item.old:
        parts.append(f"在“{item.old}”之{'前' if item.before else '后'}加“{item.new}”")
    else:
        parts += [f"“{item.old}”" if item.old else "", f"→“{item.new}”" if item.new else ""]
    if item.lookup is Lookup.MISSING:
        parts.append(f"（{LOOKUPS[item.lookup]}）")
    return "".join(parts)


def aim_words(aim: Aim) -> str:
    """Return an aim in one line: the direction, of what, from which figure to which."""
    figures = "→".join(filter(None, (aim.before, aim.asked)))
    figures = f"→{figures}" if aim.asked and not aim.before else figures
    return f"{DIRECTIONS[aim.direction]}：" + " ".join(filter(None, (aim.subject, figures)))


def _asked(row: RegisterRow) -> str:
    return "；".join([*map(amendment_words, row.amendments), *map(aim_words, row.aims)])


COLUMNS: Final[tuple[Column, ...]] = (
    Column("section", "章节", 9, "centre", section_name),
    Column("clause", "条款", 12, "text", _title),
    Column("number", "意见编号", 8, "centre", lambda row: row.number),
    Column("receipt", "回执号", 11, "centre", lambda row: row.receipt),
    Column("text", "意见内容", 42, "text", lambda row: row.text),
    Column("kind", "类型", 5, "centre", lambda row: KINDS[row.kind]),
    Column("speaker", "提出主体", 6, "centre", lambda row: SPEAKERS[row.speaker]),
    Column("name", "姓名/单位", 8, "centre", lambda row: row.name),
    Column("channel", "渠道", 6, "centre", lambda row: CHANNELS[row.channel]),
    Column("received", "收到时间", 15, "time", lambda row: row.received),
    Column("late", "是否逾期", 4.3, "centre", lambda row: "是" if row.late else "否"),
    Column("theme", "同类意见", 14, "text", lambda row: row.theme),
    Column("similar", "同类件数", 4.3, "centre", lambda row: row.similar),
    Column("origin", "归属来源", 7, "centre", _origin),
    Column("confidence", "置信度", 6, "percent", _confidence),
    Column("reason", "归类理由", 14, "text", lambda row: row.reason),
    Column("also", "另涉章节", 8, "centre", _also),
    Column("asked", "修改请求", 18, "text", _asked),
    Column("disposition", "采纳情况", 7, "centre", disposition_name),
    Column("answer", "答复", 18, "text", lambda row: row.answer),
)
# What offices print: 章节条款, 意见内容, 提出单位或个人, 渠道, 同类件数, 采纳情况, 理由.
PRACTICE: Final = "practice"
_PRACTICE: Final = (
    "section", "clause", "number", "text", "speaker", "name", "channel", "similar", "disposition",
    "answer",
)  # fmt: skip
_KNOWN: Final = {name: column for column in COLUMNS for name in (column.key, column.title)}


def chosen(names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns named by key or title, in this order, each once; all for no names.

    ``practice`` stands for those that offices print. Raises ``InputRefused("register.column")``.
    """
    wanted = [key for name in names for key in (_PRACTICE if name == PRACTICE else (name,))]
    for name in wanted:
        if name not in _KNOWN:
            keys = "、".join((PRACTICE, *(column.key for column in COLUMNS)))
            raise InputRefused("register.column", field="columns", name=name, keys=keys)
    return tuple(dict.fromkeys(_KNOWN[name] for name in wanted)) or COLUMNS


def listed(names: str) -> tuple[str, ...]:
    """Return the names written in one line with commas between them."""
    return tuple(name.strip() for name in names.replace("，", ",").split(",") if name.strip())
