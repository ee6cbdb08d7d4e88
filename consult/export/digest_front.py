"""The first part of the digest: what matters most, sections and kinds, asks, and the time line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from consult.domain.comment import Kind
from consult.domain.digest import Digest, SectionDigest, ThemeLine
from consult.domain.terms import CODES, KINDS
from consult.export.blocks import (
    Bar,
    Block,
    Cell,
    Link,
    Paragraph,
    Shaded,
    Table,
    TableColumn,
    shade,
)
from consult.export.digest_highlights import details, highlights, most_voiced
from consult.export.digest_sections import chapters
from consult.export.digest_since import gone_table
from consult.export.digest_timeline import time_line
from consult.export.phrases import (
    COUNT_NAMES,
    NO_COMMENTS,
    first_numbers,
    four,
    in_marks,
    issued_by,
    named,
    percent,
    warnings,
)

MOST_VOICED: Final = 10  # asks on the front pages: what fits on one page beside its counts

_LINE: Final = 22  # characters of a title in a line
# Widths in millimetres; the lines between the margins are 156 mm long.
_COUNTS: Final = tuple(TableColumn(name, 39, "Figure") for name in COUNT_NAMES)
_SECTIONS: Final = (
    TableColumn("章节", 54),
    *(TableColumn(name, 15, "TableNumber") for name in COUNT_NAMES),
    TableColumn("占比", 16, "TableNumber"),
    TableColumn("分布", 26, "TableBar"),
)
_HEAT: Final = (
    TableColumn("章节", 58),
    *(TableColumn(name, 14, "TableNumber") for name in KINDS.values()),
    TableColumn("合计", 14, "TableNumber"),
)
_ASKS: Final = (
    TableColumn("序号", 11, "TableNumber"),
    TableColumn("意见要点", 58),
    TableColumn("章节", 23),
    TableColumn("提出人数", 14, "TableNumber"),
    TableColumn("文本数", 14, "TableNumber"),
    TableColumn("同主题人数", 16, "TableNumber"),
    TableColumn("意见编号", 20),
)
_Sections = Sequence[SectionDigest]


def front(digest: Digest, inside: _Sections, outside: _Sections) -> Iterator[Block]:
    """Yield the title and the first part: on the first page what a reader in haste must know."""
    masthead = digest.masthead
    yield Paragraph(_title(masthead.plan_title), "Title")
    yield Paragraph(named("公众意见分章节摘要", masthead), "Title")
    if warned := warnings(masthead):
        yield Paragraph(f"（{'；'.join(warned)}）", "Warning")
    yield Paragraph(issued_by(masthead), "Byline")
    yield Table(_COUNTS, [tuple(map(str, four(digest.counts)))])
    yield Paragraph("第一部分　要点", "Heading1")
    for lead, text in highlights(digest):
        yield Paragraph(text, "Point", lead=lead)
    yield Paragraph("表1　各章节意见数量", "Caption")
    yield Table(_SECTIONS, [*_section_rows(inside, outside)])
    yield Paragraph("表2　各章节各类意见条数（颜色越深，条数越多）", "Caption")
    yield Table(_HEAT, [*heat_rows(inside, outside)])
    yield Paragraph(
        f"表3　提出较多的要求（按提出的不同文本数、人数排列，最多列{MOST_VOICED}项）", "Caption"
    )
    asked = most_voiced((*inside, *outside))[:MOST_VOICED]
    asks = [_ask_row(n, *ask) for n, ask in enumerate(asked, 1)]
    yield Table(_ASKS, asks) if asks else Paragraph(NO_COMMENTS, "Body")
    yield Paragraph("表4　收到来件的时间（列入本次汇总的来件）", "Caption")
    yield time_line(digest.days)
    yield from gone_table(digest.since)
    yield Paragraph("其他要点", "Heading2")
    for lead, text in details(digest):
        yield Paragraph(text, "Point", lead=lead)
    yield Paragraph("", "Note")


def _title(plan_title: str) -> str:
    """Return the title; one too long for a line breaks before what the draft is."""
    title = in_marks(plan_title)
    mark = title.rfind("（征求意见")
    return title if mark < 1 or len(title) <= _LINE else f"{title[:mark]}\n{title[mark:]}"


def heat_rows(inside: _Sections, outside: _Sections) -> Iterator[tuple[Cell, ...]]:
    """Yield a row per section and a last one with the sums; sums carry no shade."""
    sections = [*inside, *outside]
    tallies = {section.code: dict(section.kinds) for section in sections}
    most = max((n for tally in tallies.values() for n in tally.values()), default=0)
    for chapter in chapters(inside):
        for name, section in chapter.sections:
            where = f"{section.label.rsplit('、', 1)[0]}、{name}" if chapter.heading else name
            yield _heat_row(where, section, tallies[section.code], most)
    for section in outside:
        yield _heat_row(CODES[section.code], section, tallies[section.code], most)
    sums = [sum(tally.get(kind, 0) for tally in tallies.values()) for kind in KINDS]
    yield ("合计", *map(str, sums), str(sum(sums)))


def _heat_row(
    name: str, section: SectionDigest, tally: dict[Kind, int], most: int
) -> tuple[Cell, ...]:
    cells = (Shaded(str(n), shade(n, most)) for n in (tally.get(kind, 0) for kind in KINDS))
    return (Link(name, section.code), *cells, str(sum(tally.values())))


def _section_rows(inside: _Sections, outside: _Sections) -> Iterator[tuple[Cell, ...]]:
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


def _section_row(section: SectionDigest, name: str, most: int) -> tuple[Cell, ...]:
    return (
        Link(name, section.code),
        *map(str, four(section.counts)),
        percent(section.share),
        Bar(section.counts.comments / most if most else 0.0),
    )


def _ask_row(position: int, section: SectionDigest, theme: ThemeLine) -> tuple[Cell, ...]:
    place = CODES.get(section.code) or section.label or section.title
    return (
        str(position),
        theme.label,
        Link(place, section.code),
        str(theme.backing.counts.people),
        str(theme.backing.counts.texts),
        str(theme.counts.people),
        first_numbers(theme.backing.numbers, 1),
    )
