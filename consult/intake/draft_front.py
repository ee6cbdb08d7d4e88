"""The plan's front: its title on the cover, and what of the front is text (the lead)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.intake.draft_lines import Block, Line, TableBlock, title_key, title_text

# What a plan calls itself at the end of its title.
_KIND = re.compile(
    r"(?:规划|计划|方案|纲要|办法|条例|规定|意见|措施|政策|细则|章程|指南|导则|标准|制度|决定|规则|预案|稿|草案)$"
)
_IN_BRACKETS = re.compile(r"^[（(].{1,40}[）)]$")
_STAGE = re.compile(r"[（(][^（）()]*(?:稿|草案)[）)]$")
_OFFICE = re.compile(r"(?:局|厅|委|委员会|办公室|人民政府|党委|编制组)$")
_ANNEX = re.compile(r"^附\s*件\s*[0-9一二三四]?\s*[:：]?$")
# 2022年月, 二〇二二年九月, 2022年9月26日: the day of the cover
_DAY = re.compile(
    r"^[（(]?\s*[0-9〇○零一二三四五六七八九X]{2,4}\s*年"
    r"\s*[0-9一二三四五六七八九十X]*\s*月?[0-9一二三四五六七八九十日\s]*[）)]?$"
)
_SENTENCE = re.compile(r"[。；！？:：]$")
_LONGEST_COVER = 40  # characters: a cover line with more is text
_COVER_LINES = 8  # lines: a title stands within


def find_title(front: Sequence[Block], named: str = "") -> str:
    """Return the plan's title from the lines of its front, or as the notice names it.

    The lines up to the one that says what it is (规划, 办法 …), with its stage (征求意见稿) in
    brackets; else the notice's words; else the first short line; else nothing.
    """
    lines = _cover_lines(front)
    for at, text in enumerate(lines):
        bare = re.sub(r"[（(][^（）()]*[）)]$", "", text)
        if not _KIND.search(bare) and not _STAGE.search(text):
            continue
        after = [line for line in lines[at + 1 : at + 3] if _IN_BRACKETS.match(line)]
        above = _without_office(lines[: at + 1])[:-1] if at < 3 else []
        parts = [*above, text, *after]
        return title_text("".join(dict.fromkeys(parts)))
    return title_text(named or (lines[0] if lines else ""))


def _without_office(lines: Sequence[str]) -> list[str]:
    """Leave out an issuing office over the title, unless the title goes on from it (关于……)."""
    followed = zip(lines, [*lines[1:], ""], strict=True)
    return [line for line, after in followed if not _OFFICE.search(line) or after[:2] == "关于"]


def _cover_lines(front: Sequence[Block]) -> list[str]:
    """Return the short lines at the beginning; a sentence ends the cover."""
    lines: list[str] = []
    for block in front:
        if not isinstance(block, Line) or not _is_cover(block.text):
            break
        lines.append(block.text)
    kept = [text for text in lines[:_COVER_LINES] if not _is_mark(text)]
    return [text for text in kept if any(map(str.isalpha, text))]


def lead_blocks(front: Sequence[Block], title: str, *, cover: bool) -> tuple[Block, ...]:
    """Return what of the front is text: all but title, date and annex mark.

    ``cover`` marks lines before a table of contents, where short lines are names and dates.
    """
    parts = title_key(title)
    return tuple(block for block in front if _is_text(block, parts, cover))


def _is_text(block: Block, title: str, cover: bool) -> bool:
    if isinstance(block, TableBlock):
        return True
    short = _is_cover(block.text)
    if short and (_is_mark(block.text) or title_key(block.text) in title):
        return False
    return not (cover and short)


def _is_cover(text: str) -> bool:
    return len(text) <= _LONGEST_COVER and not _SENTENCE.search(text)


def _is_mark(text: str) -> bool:
    return bool(_ANNEX.match(text) or _DAY.match(text))
