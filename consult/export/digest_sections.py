"""The body of the digest: per chapter and section what was said, by how many, who, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from consult.domain.digest import OpposedLine, Quote, SectionDigest, ThemeLine
from consult.domain.terms import CHANNELS, DISPOSITIONS, KINDS, SPEAKERS
from consult.export.blocks import Block, Paragraph
from consult.export.digest_highlights import other_side, own_side
from consult.export.digest_tables import asked_tables, opposed_table
from consult.export.digest_voices import said_beside
from consult.export.phrases import (
    NO_ASK,
    NO_COMMENTS,
    OURS,
    breakdown,
    counts_line,
    heading,
    known_people,
    novelty_mark,
    number_list,
    percent,
)

WHOLE_CHAPTER: Final = "本章整体"
_STOPS: Final = "。！？；!?;. "  # an ask that is its own quotation is not printed twice


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


def chapter_parts(sections: Iterable[SectionDigest]) -> Iterator[Block]:
    """Yield all sections, a heading over those of each chapter."""
    for chapter in chapters(sections):
        if chapter.heading:
            yield Paragraph(chapter.heading, "Heading2")
        for name, section in chapter.sections:
            yield from section_parts(section, name, "Heading3" if chapter.heading else "Heading2")


def section_parts(section: SectionDigest, name: str, style: str) -> Iterator[Block]:
    """Yield one section under a heading of the given words and style."""
    yield Paragraph(name, style, mark=section.code)
    if section.summary:
        first, *more = filter(None, section.summary.split("\n"))
        yield Paragraph(first, "Gist", lead=f"内容（{OURS}）：")
        for text in more:
            yield Paragraph(text, "Gist")
    if section.counts.comments:
        yield from _said(section)
    else:
        yield Paragraph(NO_COMMENTS, "Body")
    if section.also:
        text = f"计入其他章节、也涉及本节的意见：{number_list(section.also)}。"
        yield Paragraph(text, "Body")


def _said(section: SectionDigest) -> Iterator[Block]:
    share = f"，占{percent(section.share)}"
    known = known_people(section.counts.people, section.identified)
    yield Paragraph(f"{counts_line(section.counts)}{share}；{known}。", "Body", lead="数量：")
    about = [f"{breakdown(section.kinds, KINDS, '条')}。"]
    if section.keywords:
        about.append(f"关键词：{'、'.join(section.keywords)}。")
    yield Paragraph("".join(about), "Body", lead="类型：")
    if section.doubtful:
        told = f"程序把握不大、尚未经人确认的{len(section.doubtful)}条"
        yield Paragraph(
            f"{told}，意见编号：{number_list(section.doubtful)}。", "Body", lead="请核对："
        )
    yield from _asks(section.themes)
    yield from opposed_table(section.themes)
    left = section.counts.comments - sum(len(theme.numbers) for theme in section.themes)
    if left > 0:
        yield Paragraph(f"另有{left}条未归入同类意见，逐条见意见汇总表。", "Body")
    yield from asked_tables(section)


def _asks(themes: Sequence[ThemeLine]) -> Iterator[Block]:
    """Yield the asks in their order; single voices, all of them, in one line each.

    What asks nothing comes last and in one line each.
    """
    numbered = list(enumerate(themes, 1))
    for position, theme in numbered:
        if theme.asks and not theme.single:
            yield from _theme(position, theme)
    singles = [(position, theme) for position, theme in numbered if theme.single and theme.asks]
    if singles:
        yield Paragraph(f"单独提出的意见（{len(singles)}条，逐条列出）", "Ask")
    for position, theme in singles:
        yield _single(position, theme)
    agreed = [(position, theme) for position, theme in numbered if not theme.asks]
    if agreed:
        number = sum(len(theme.numbers) for _, theme in agreed)
        yield Paragraph(f"没有另提诉求的意见（{NO_ASK}，{number}条）", "Ask")
    for position, theme in agreed:
        yield _single(position, theme)


def _single(position: int, theme: ThemeLine) -> Paragraph:
    """Return an ask in one line; more than one comment with their counts."""
    who = (breakdown(theme.speakers, SPEAKERS), breakdown(theme.channels, CHANNELS))
    words = "".join(f"“{quote.text}”" for quote in _beyond(theme))
    if theme.single:
        told = [words.removesuffix(" 1") for words in who if words]
        told.append("可确认身份" if theme.identified else "不能确认身份")
    else:
        told = [counts_line(theme.counts), known_people(theme.counts.people, theme.identified)]
        told += [words for words in who if words]
    against = "".join(f"与第{other.position}条相反。" for other in theme.opposed)
    words = f"：{words}" if words else ""
    text = f"{words}（{'；'.join(told)}）{against}意见编号：{number_list(theme.backing.numbers)}。"
    if theme.voices:
        text += f"同一主题：{said_beside(theme.voices[1:], theme.beside)}。"
    return Paragraph(text, "Detail", lead=f"{position}. {theme.label}{novelty_mark(theme)}")


def _against(theme: ThemeLine, other: OpposedLine) -> str:
    """Return what is wanted against it; whose ask it is against, where that is not the theme's."""
    text = f"第{other.position}条：{other_side(other)}。"
    if other.own is None or other.own.number in theme.backing.numbers:
        return text
    return f"{own_side(theme, other)}，对{text}"


def _beyond(theme: ThemeLine) -> list[Quote]:
    """Return the quotations that say more than the ask itself."""
    label = theme.label.rstrip(_STOPS)
    return [quote for quote in theme.quotes if quote.text.rstrip(_STOPS) != label]


def _theme(position: int, theme: ThemeLine) -> Iterator[Block]:
    yield Paragraph(f"{position}. {theme.label}{novelty_mark(theme)}", "Ask")
    if theme.voices:
        counts = counts_line(theme.backing.counts)
        cited = f"{counts}；意见编号：{number_list(theme.backing.numbers)}。"
        yield Paragraph(cited, "Detail", lead="提出这一要求：")
    else:
        yield Paragraph(_whole_theme(theme), "Detail")
    if theme.dispositions:
        decided = breakdown(theme.dispositions, DISPOSITIONS)
        yield Paragraph(f"{decided}。", "Detail", lead="采纳情况：")
    for other in theme.opposed:
        yield Paragraph(_against(theme, other), "Detail", lead="相反诉求：")
    if theme.keywords:
        yield Paragraph(f"{'、'.join(theme.keywords)}。", "Detail", lead="关键词：")
    for quote in _beyond(theme):
        yield Paragraph(f"“{quote.text}”（意见{quote.number}）", "Quote")
    if theme.voices:
        text = said_beside(theme.voices[1:], theme.beside)
        yield Paragraph(f"{text}。", "Detail", lead="同一主题的其他意见：")
        yield Paragraph(_whole_theme(theme), "Detail", lead="本主题合计：")
    if not theme.voices:
        yield Paragraph(f"{number_list(theme.numbers)}。", "Detail", lead="意见编号：")


def _whole_theme(theme: ThemeLine) -> str:
    who = breakdown(theme.speakers, SPEAKERS)
    how = breakdown(theme.channels, CHANNELS)
    told = [counts_line(theme.counts), known_people(theme.counts.people, theme.identified)]
    told += [f"{name}：{by}" for name, by in (("提出主体", who), ("渠道", how)) if by]
    if theme.largest_family > 1:
        told.append(f"其中雷同文本最多的一组{theme.largest_family}条")
    return f"{'；'.join(told)}。"
