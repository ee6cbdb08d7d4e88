"""The columns of the register by theme: one table for the xlsx and the docx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consult.domain.register_theme import RegisterTheme
from consult.domain.terms import CHANNELS, CODES, DISPOSITIONS, SPEAKERS
from consult.domain.voice import unvoiced
from consult.export.digest_voices import said_beside
from consult.export.phrases import breakdown, first_numbers, number_list


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """A column: its head, its width in characters, how its cells lie, and what they hold."""

    title: str
    width: float
    style: str
    value: Callable[[RegisterTheme], str | int]


def place(line: RegisterTheme) -> str:
    """Return how the section of a line is cited: ``三、（二）``, or 总体意见 and the like."""
    return CODES.get(line.section) or line.section_label or line.section


def decided(line: RegisterTheme) -> str:
    """Return what became of it, with numbers where not all comments got the same."""
    if len(line.dispositions) == 1 and line.dispositions[0][1] == line.counts.comments:
        return DISPOSITIONS[line.dispositions[0][0]]
    return breakdown(line.dispositions, DISPOSITIONS, "条")


def answers(line: RegisterTheme) -> str:
    """Return the different reasons and answers, one after the other."""
    return "\n".join(line.answers)


def content(line: RegisterTheme) -> str:
    """Return the ask; where not all comments make it, who does, and what the others say."""
    if not line.voices:
        return line.label
    own = first_numbers(line.voices[0].numbers)
    beside = unvoiced(line.numbers, line.voices)
    return (
        f"{line.label}（意见{own}）\n同一主题：{said_beside(line.voices[1:], beside, short=True)}"
    )


COLUMNS: Final[tuple[ThemeColumn, ...]] = (
    ThemeColumn("章节", 9, "centre", place),
    ThemeColumn(
        "条款", 12, "text", lambda line: "" if line.section in CODES else line.section_title
    ),
    ThemeColumn("意见内容", 42, "text", content),
    ThemeColumn("提出主体", 16, "text", lambda line: breakdown(line.speakers, SPEAKERS)),
    ThemeColumn("渠道", 16, "text", lambda line: breakdown(line.channels, CHANNELS)),
    ThemeColumn("人数", 6, "centre", lambda line: line.counts.people),
    ThemeColumn("来件数", 6, "centre", lambda line: line.counts.submissions),
    ThemeColumn("不同文本数", 6, "centre", lambda line: line.counts.texts),
    ThemeColumn("意见条数", 6, "centre", lambda line: line.counts.comments),
    ThemeColumn("意见编号", 20, "text", lambda line: number_list(line.numbers)),
    ThemeColumn("采纳情况", 12, "text", decided),
    ThemeColumn("理由和答复", 30, "text", answers),
)
