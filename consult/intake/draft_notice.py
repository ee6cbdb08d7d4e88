"""The notice (公告) that stands before the plan: where it ends, its title, office and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.consultation import Window
from consult.intake.draft_lines import Block, Line, texts_of, title_key, title_text
from consult.intake.draft_window import day_of, find_window

# 关于……征求……意见的公告, on a line of its own, perhaps after the trail of the web page.
_TITLE = re.compile(
    r"^(?:.*[>»›]\s*)?(?P<title>[^>»›]*(?:征求|征集)[^>»›]*(?:公告|通知|公示|启事|通告|函|公报))$"
)
_LONGEST_TITLE = 120  # characters
_TITLE_WITHIN = 300  # lines: navigation may stand before it, a whole plan may not
_NAMED = re.compile(r"《([^《》]{4,80})》")
_ANNEX = re.compile(r"^附\s*件\s*[0-9一二三四]?\s*[:：]?$")
_DATE = re.compile(r"(20[0-9]{2})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?")
_PUBLISHED = re.compile(r"(?:发布|发表|公开|更新|成文)(?:时间|日期)\s*[:：]\s*(?=20)|^日期[:：]")
_SOURCE = re.compile(r"(?:来源|发布机构|发布单位|作者|信息来源)\s*[:：]\s*([^\s|｜:：]{2,40})")
_OFFICE = re.compile(r"^[\u3400-\u9fff（）()]{3,30}$")
_OFFICE_ENDS = re.compile(r"(?:局|委|部|厅|办|办公室|政府|委员会|中心|院|处|会|署|公司|协会)$")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice states; empty where it is silent."""

    title: str = ""
    plan_title: str = ""
    office: str = ""
    published: date | None = None
    window: Window | None = None
    notes: tuple[str, ...] = ()


def cut_notice(blocks: Sequence[Block]) -> tuple[Notice, tuple[Block, ...]]:
    """Take the notice off a draft's front; without one all blocks are the plan's."""
    start = next((i for i, block in enumerate(blocks[:_TITLE_WITHIN]) if _title(block)), None)
    if start is None:
        return Notice(), tuple(blocks)
    title = title_text(_title(blocks[start]))
    named = _NAMED.search(title)
    plan_title = named.group(1) if named else ""
    end = _end(blocks, start + 1, plan_title)
    if end is None:
        return Notice(), tuple(blocks)
    return _read(title, plan_title, texts_of(blocks[start + 1 : end])), tuple(blocks[end:])


def _title(block: Block) -> str:
    if not isinstance(block, Line) or len(block.text) > _LONGEST_TITLE:
        return ""
    found = _TITLE.match(block.text)
    return found["title"].strip() if found else ""


def _end(blocks: Sequence[Block], start: int, plan_title: str) -> int | None:
    """Return where the plan begins: after 附件, at its title, or after the notice's date."""
    lines = [(i, b.text) for i, b in enumerate(blocks) if i >= start and isinstance(b, Line)]
    wanted = {title_key(plan_title), title_key(re.sub(r"[（(][^（）()]*[）)]$", "", plan_title))}
    starts = (
        next((i + 1 for i, text in lines if _ANNEX.match(text)), None),
        next((i for i, text in lines if plan_title and title_key(text) in wanted), None),
        next((i + 1 for i, text in lines if _DATE.fullmatch(text)), None),
    )
    return next((place for place in starts if place is not None), None)


def _read(title: str, plan_title: str, lines: Sequence[str]) -> Notice:
    signed = next((i for i, text in enumerate(lines) if _DATE.fullmatch(text)), None)
    published = _published(lines)
    if published is None and signed is not None:
        published = _date_in(lines[signed])
    found = find_window("\n".join(lines), published)
    office = _signature(lines, signed) or _source(lines)
    notes = (found.note,) if found.note else ()
    return Notice(title, plan_title, office, published, found.window, notes)


def _published(lines: Sequence[str]) -> date | None:
    for text in lines:
        label = _PUBLISHED.search(text)
        if label:
            return _date_in(text[label.end() :])
    return None


def _date_in(text: str) -> date | None:
    found = _DATE.search(unicodedata.normalize("NFKC", text))
    return day_of(int(found.group(1)), found.group(2), found.group(3)) if found else None


def _signature(lines: Sequence[str], signed: int | None) -> str:
    """Return the office that signs: the line above the date."""
    above = lines[signed - 1].strip() if signed else ""
    plain = re.sub(r"\s+", "", above)
    return plain if _OFFICE.match(plain) and _OFFICE_ENDS.search(plain) else ""


def _source(lines: Sequence[str]) -> str:
    found = next((label for text in lines if (label := _SOURCE.search(text))), None)
    return found.group(1) if found else ""
