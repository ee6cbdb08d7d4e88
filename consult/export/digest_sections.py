"""The body of the digest: per chapter and section what was said, by how many, who, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from consult.domain.digest import SectionDigest, ThemeLine
from consult.domain.terms import CHANNELS, DISPOSITIONS, KINDS, SPEAKERS
from consult.export.docx_parts import paragraph
from consult.export.phrases import (
    NO_COMMENTS,
    OURS,
    breakdown,
    counts_line,
    heading,
    number_list,
    percent,
)

WHOLE_CHAPTER: Final = "本章整体"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it is printed: its heading and its sections with theirs.

    Without heading where the plan has no chapters or the chapter is its own only section.
    """

    heading: str
    sections: tuple[tuple[str, SectionDigest], ...]


def chapters(sections: Iterable[SectionDigest]) -> Iterator[Chapter]:
    """Group sections, which come in the order of the plan, by chapter."""
    for chapter, members in groupby(sections, key=lambda section: section.chapter):
        group = tuple(members)
        if chapter and len(group) == 1 and _whole(group[0]):
            yield Chapter("", ((chapter, group[0]),))
        else:
            yield Chapter(chapter, tuple((_name(section), section) for section in group))


def _name(section: SectionDigest) -> str:
    if section.chapter and _whole(section):
        return WHOLE_CHAPTER
    return heading(section.code, section.label, section.title)


def _whole(section: SectionDigest) -> bool:
    """Tell whether a code is that of a chapter: 3, not 3.2."""
    return "." not in section.code


def chapter_parts(sections: Iterable[SectionDigest]) -> Iterator[str]:
    """Yield the markup of all sections, a heading over those of each chapter."""
    for chapter in chapters(sections):
        if chapter.heading:
            yield paragraph(chapter.heading, "Heading2")
        for name, section in chapter.sections:
            yield from section_parts(section, name, "Heading3" if chapter.heading else "Heading2")


def section_parts(section: SectionDigest, name: str, style: str) -> Iterator[str]:
    """Yield the markup of one section under a heading of the given words and style."""
    yield paragraph(name, style, mark=section.code)
    if section.summary:
        first, *more = filter(None, section.summary.split("\n"))
        yield paragraph(first, "Gist", lead=f"内容（{OURS}）：")
        for text in more:
            yield paragraph(text, "Gist")
    if section.counts.comments:
        yield from _said(section)
    else:
        yield paragraph(NO_COMMENTS, "Body")
    if section.also:
        text = f"计入其他章节、也涉及本节的意见：{number_list(section.also)}。"
        yield paragraph(text, "Body")


def _said(section: SectionDigest) -> Iterator[str]:
    share = f"，占{percent(section.share)}"
    yield paragraph(f"{counts_line(section.counts)}{share}。", "Body", lead="数量：")
    about = [f"{breakdown(section.kinds, KINDS, '条')}。"]
    if section.keywords:
        about.append(f"关键词：{'、'.join(section.keywords)}。")
    yield paragraph("".join(about), "Body", lead="类型：")
    for position, theme in enumerate(section.themes, 1):
        yield from _theme(position, theme)
    left = section.counts.comments - sum(len(theme.numbers) for theme in section.themes)
    if left > 0:
        yield paragraph(f"另有{left}条未归入同类意见，逐条见意见汇总表。", "Body")


def _theme(position: int, theme: ThemeLine) -> Iterator[str]:
    yield paragraph(f"{position}. {theme.label}", "Ask")
    who = breakdown(theme.speakers, SPEAKERS)
    how = breakdown(theme.channels, CHANNELS)
    told = [counts_line(theme.counts)]
    told += [f"{name}：{by}" for name, by in (("提出主体", who), ("渠道", how)) if by]
    if theme.largest_family > 1:
        told.append(f"其中雷同文本最多的一组{theme.largest_family}条")
    yield paragraph(f"{'；'.join(told)}。", "Detail")
    if theme.dispositions:
        decided = breakdown(theme.dispositions, DISPOSITIONS)
        yield paragraph(f"{decided}。", "Detail", lead="采纳情况：")
    for other in theme.opposed:
        text = f"第{other.position}条“{other.label}”（{counts_line(other.counts)}）"
        yield paragraph(text, "Detail", lead="相反诉求：")
    if theme.keywords:
        yield paragraph(f"{'、'.join(theme.keywords)}。", "Detail", lead="关键词：")
    for quote in theme.quotes:
        yield paragraph(f"“{quote.text}”（意见{quote.number}）", "Quote")
    yield paragraph(f"{number_list(theme.numbers)}。", "Detail", lead="意见编号：")
