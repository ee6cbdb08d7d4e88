"""How the documents put values into Chinese words: counts, shares, dates, comment numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from consult.domain.consultation import LEAD
from consult.domain.digest import Counts, ThemeLine
from consult.domain.masthead import Masthead
from consult.domain.since import Novelty
from consult.domain.terms import CODES, NOVELTIES

NO_COMMENTS: Final = "未收到意见。"
NO_ASK: Final = "表示支持或者没有意见的"
OURS: Final = "摘要，以正式文本为准"
REHEARSAL: Final = "演练"
PARTIAL: Final = "部分意见"
REHEARSAL_NOTE: Final = "演练：使用模拟日期或者样例数据，不是正式征求意见的结果"
COUNT_NAMES: Final = ("人数", "来件数", "不同文本数", "意见条数")

_BEIJING: Final = timedelta(hours=8)
_K = TypeVar("_K")


def four(counts: Counts) -> tuple[int, int, int, int]:
    """Return the four counts in the order of ``COUNT_NAMES``."""
    return (counts.people, counts.submissions, counts.texts, counts.comments)


def counts_line(counts: Counts) -> str:
    """Return the four counts side by side, e.g. ``人数 3，来件数 3，不同文本数 2，意见条数 4``."""
    return "，".join(f"{name} {n}" for name, n in zip(COUNT_NAMES, four(counts), strict=True))


def known_people(people: int, identified: int) -> str:
    """Return how many people are identified and how many not, side by side."""
    return f"可确认身份 {identified} 人，不能确认身份 {people - identified} 人"


def breakdown(items: Iterable[tuple[_K, int]], names: Mapping[_K, str], unit: str = "") -> str:
    """Return counts by kind in words, zeros left out, e.g. ``建议3条、支持1条``."""
    gap = "" if unit else " "
    return "、".join(f"{names[key]}{gap}{n}{unit}" for key, n in items if n)


def novelty_mark(line: ThemeLine) -> str:
    """Return what an ask is beside the last digest: ``〔新提出〕``, ``〔增加2条〕``, or nothing."""
    if line.novelty in (None, Novelty.SAME):
        return ""
    if line.novelty is Novelty.GROWN:
        return f"〔增加{line.fresh}条〕"
    return f"〔{NOVELTIES[line.novelty]}〕"


def percent(share: float) -> str:
    """Return a share of 0 to 1 with one decimal, e.g. ``12.5%``."""
    return f"{share:.1%}"


def number_list(numbers: Sequence[int]) -> str:
    """Return comment numbers, three or more in a row as a range: ``3, 7–12, 15``.

    With comma and space, because LibreOffice tears numbers joined by ``、`` apart at line ends.
    """
    parts: list[str] = []
    start = 0
    for i in range(1, len(numbers) + 1):
        if i < len(numbers) and numbers[i] == numbers[i - 1] + 1:
            continue
        run = numbers[start:i]
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(n) for n in run]
        start = i
    return ", ".join(parts)


def first_numbers(numbers: Sequence[int], most: int = 3) -> str:
    """Return the first comment numbers and, when there are more, how many in all."""
    shown = ", ".join(map(str, numbers[:most]))
    return f"{shown} 等{len(numbers)}条" if len(numbers) > most else shown


def heading(code: str, label: str, title: str) -> str:
    """Return a section's heading inside its chapter, e.g. ``（二）title`` for ``三、（二）``."""
    if code in CODES:
        return CODES[code]
    if code == LEAD:
        return title or "引言"
    mark = label.rsplit("、", 1)[-1]
    if not mark or (mark == code and not title):
        return title or code
    if mark.startswith("第"):
        return f"{mark} {title}"
    return mark + ("" if mark.endswith(("）", ")", ".", "、")) else "、") + title


def full_heading(code: str, label: str, title: str) -> str:
    """Return the heading of a section with its whole citation, e.g. ``三、（二）title``."""
    inner = heading(code, label, title)
    return inner if code in CODES else label.removesuffix(label.rsplit("、", 1)[-1]) + inner


def day(value: str) -> str:
    """Return an ISO date as ``2022年9月26日``."""
    at = date.fromisoformat(value)
    return f"{at.year}年{at.month}月{at.day}日"


def moment(at: datetime) -> str:
    """Return an aware instant to the minute, in its own zone, e.g. ``2022年10月3日 09:05``."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def zone(at: datetime) -> str:
    """Return the zone of an aware instant in words: ``北京时间`` or its offset from UTC."""
    return "北京时间" if at.utcoffset() == _BEIJING else f"UTC{at:%z}"


def in_marks(plan_title: str) -> str:
    """Return a plan's title in title marks, 《…》, once."""
    return plan_title if "《" in plan_title else f"《{plan_title}》"


def facts(masthead: Masthead) -> tuple[tuple[str, str], ...]:
    """Return what stands at the head of every document: (label, value) lines."""
    days = (date.fromisoformat(masthead.closes) - date.fromisoformat(masthead.opens)).days + 1
    return (
        ("征求意见事项", masthead.title),
        ("征求意见稿", in_marks(masthead.plan_title)),
        ("征求意见单位", masthead.office),
        ("征求意见时间", f"{day(masthead.opens)}至{day(masthead.closes)}，共{days}天"),
        ("数据截至", f"{moment(masthead.as_of)}（{zone(masthead.as_of)}）"),
        ("归类批次", f"第{masthead.run}次" if masthead.run else "尚未归类"),
        *((("所含意见", masthead.partial),) if masthead.partial else ()),
    )


def hidden_note(doubtful: int) -> str:
    """Return what is published of hidden places that nobody has checked, or nothing."""
    if not doubtful:
        return ""
    return f"同意引用的原话里有{doubtful}处像个人信息、尚未人工核实，一律先行隐去。"


def issued_by(masthead: Masthead) -> str:
    """Return in one line who asked, from when to when, and how far the data reach."""
    run = f"第{masthead.run}次分析" if masthead.run else "尚未归类"
    return (
        f"{masthead.office}　{day(masthead.opens)}至{day(masthead.closes)}征求意见　"
        f"数据截至{moment(masthead.as_of)}（{run}）"
    )


def head_title(masthead: Masthead) -> str:
    """Return the title of a csv file's last, empty column: the only place for the head hash."""
    return f"操作记录校验值：{masthead.head or '无'}"


def page_note(masthead: Masthead) -> str:
    """Return what stands at the head of every page: a part of the comments, a rehearsal."""
    part = f"{PARTIAL}：{masthead.partial}" if masthead.partial else ""
    return "　".join(filter(None, (part, REHEARSAL_NOTE if masthead.rehearsal else "")))


def named(title: str, masthead: Masthead) -> str:
    """Return a title that says when the document holds a part of the comments."""
    return f"{title}（{PARTIAL}）" if masthead.partial else title


def warnings(masthead: Masthead) -> tuple[str, ...]:
    """Return what every reader must be told first: a rehearsal, summaries instead of the text."""
    marks = (REHEARSAL_NOTE,) if masthead.rehearsal else ()
    if masthead.partial:
        marks = (f"{PARTIAL}（{masthead.partial}），不代表全部来件", *marks)
    ours = () if masthead.official else (f"未附正式文本，各章节内容为{OURS}",)
    return marks + ours
