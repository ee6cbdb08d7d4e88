"""The first part of the digest: masthead, the four counts, sections and asks at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from consult.domain.consultation import OFFPLAN, UNASSIGNED
from consult.domain.digest import Counts, Digest, SectionDigest, ThemeLine
from consult.domain.terms import CODES
from consult.export.digest_sections import chapters
from consult.export.docx_parts import TableColumn, link, paragraph, table
from consult.export.phrases import (
    COUNT_NAMES,
    NO_COMMENTS,
    facts,
    first_numbers,
    four,
    in_marks,
    percent,
    warnings,
)

MOST_VOICED: Final = 10  # asks on the front pages: what fits on one page beside its counts
_BAR: Final = 10  # blocks of the longest bar, as many as the column is wide

# Widths in millimetres; the lines between the margins are 156 mm long.
_FACTS: Final = (TableColumn("", 36, "TableBand"), TableColumn("", 120))
_COUNTS: Final = tuple(TableColumn(name, 39, "Figure") for name in COUNT_NAMES)
_SECTIONS: Final = (
    TableColumn("章节", 54),
    *(TableColumn(name, 15, "TableNumber") for name in COUNT_NAMES),
    TableColumn("占比", 16, "TableNumber"),
    TableColumn("分布", 26, "TableBar"),
)
_ASKS: Final = (
    TableColumn("序号", 11, "TableNumber"),
    TableColumn("意见要点", 41),
    TableColumn("章节", 23),
    *(TableColumn(name, 15, "TableNumber") for name in COUNT_NAMES),
    TableColumn("意见编号", 21),
)


def front(
    digest: Digest, inside: tuple[SectionDigest, ...], outside: tuple[SectionDigest, ...]
) -> Iterator[str]:
    """Yield the markup of the title and of the first part."""
    masthead = digest.masthead
    yield paragraph(in_marks(masthead.plan_title), "Title")
    yield paragraph("公众意见分章节摘要", "Title")
    for warning in warnings(masthead):
        yield paragraph(f"（{warning}）", "Warning")
    yield table(_FACTS, facts(masthead), "Lines")
    yield paragraph("第一部分　总体情况", "Heading1")
    yield table(_COUNTS, [tuple(map(str, four(digest.counts)))])
    yield paragraph("四项数量的含义见第四部分“计数规则”。", "Note")
    yield paragraph("表1　各章节意见数量", "Caption")
    yield table(_SECTIONS, [*_section_rows(inside, outside)])
    yield paragraph(f"表2　反映较多的意见（按不同文本数排列，最多列{MOST_VOICED}项）", "Caption")
    asks = [*_most_voiced((*inside, *outside))]
    yield table(_ASKS, asks) if asks else paragraph(NO_COMMENTS, "Body")
    yield paragraph("", "Note")


def _section_rows(
    inside: tuple[SectionDigest, ...], outside: tuple[SectionDigest, ...]
) -> Iterator[tuple[str, ...]]:
    most = max((section.counts.comments for section in (*inside, *outside)), default=0)
    for chapter in chapters(inside):
        if chapter.heading:
            total = sum(section.counts.comments for _, section in chapter.sections)
            yield (f"{chapter.heading}（意见{total}条）",)
        for name, section in chapter.sections:
            yield _section_row(section, name, most)
    yield ("章节之外",)
    for section in outside:
        yield _section_row(section, CODES[section.code], most)


def _section_row(section: SectionDigest, name: str, most: int) -> tuple[str, ...]:
    blocks = -(-section.counts.comments * _BAR // most) if most else 0
    return (
        link(name, section.code, "TableText"),
        *map(str, four(section.counts)),
        percent(section.share),
        "█" * blocks,
    )


def _most_voiced(sections: Iterable[SectionDigest]) -> Iterator[tuple[str, ...]]:
    """Yield the asks with most distinct texts first: a campaign cannot buy rank.

    What is not about the plan asks nothing of it and is left out.
    """
    asks = [
        (section, theme)
        for section in sections
        if section.code not in (OFFPLAN, UNASSIGNED)
        for theme in section.themes
    ]
    asks.sort(key=lambda ask: _weight(ask[1].counts), reverse=True)  # stable: order of the plan
    for position, (section, theme) in enumerate(asks[:MOST_VOICED], 1):
        yield _ask_row(position, section, theme)


def _ask_row(position: int, section: SectionDigest, theme: ThemeLine) -> tuple[str, ...]:
    place = CODES.get(section.code) or section.label or section.title
    return (
        str(position),
        theme.label,
        link(place, section.code, "TableText"),
        *map(str, four(theme.counts)),
        first_numbers(theme.numbers),
    )


def _weight(counts: Counts) -> tuple[int, int, int]:
    return (counts.texts, counts.people, counts.comments)
