"""The tables of a section: opposite asks, changes of wording, figures, errors, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.asked import DirectionLine, FigureLine, QuestionLine, WordingLine
from consult.domain.digest import Counts, SectionDigest, ThemeLine
from consult.domain.terms import AMENDMENTS, DIRECTIONS, LOOKUPS
from consult.export.blocks import Block, Paragraph, Table, TableColumn
from consult.export.phrases import four, number_list

# Widths in millimetres; the lines between the margins are 156 mm long.
_FOUR: Final = tuple(
    TableColumn(name, 11, "TableNumber") for name in ("人数", "来件", "文本", "意见")
)
_NUMBERS: Final = TableColumn("意见编号", 27)
_OPPOSED: Final = (
    TableColumn("诉求", 48),
    TableColumn("人数/文本", 22, "TableNumber"),
    TableColumn("相反诉求", 48),
    TableColumn("人数/文本", 22, "TableNumber"),
    TableColumn("序号", 16, "TableNumber"),
)
_WORDING: Final = (
    TableColumn("方式", 11, "TableNumber"),
    TableColumn("原文", 37),
    TableColumn("建议", 37),
    *_FOUR,
    _NUMBERS,
)
_FIGURES: Final = (
    TableColumn("指标或者数据", 38),
    TableColumn("意向", 19, "TableNumber"),
    TableColumn("所提数值", 28),
    *_FOUR,
    _NUMBERS,
)
_QUESTIONS: Final = (TableColumn("问题", 85), *_FOUR, _NUMBERS)


def opposed_table(themes: Sequence[ThemeLine]) -> Iterator[Block]:
    """Yield the pairs of opposite asks side by side, each pair once; nothing where none is."""
    rows = [
        _opposed(place, theme, other.position, themes[other.position - 1])
        for place, theme in enumerate(themes, 1)
        for other in theme.opposed
        if place < other.position
    ]
    yield from _captioned("相反诉求对照", _OPPOSED, rows)


def asked_tables(section: SectionDigest) -> Iterator[Block]:
    """Yield the tables of a section that have rows."""
    wording = [_wording(line) for line in section.wording]
    yield from _captioned("要求修改的文字（原文 → 建议）", _WORDING, wording)
    figures = [row for line in section.figures for row in _figure(line)]
    yield from _captioned("对指标和数据的意见", _FIGURES, figures)
    errors = [_wording(line) for line in section.corrections]
    yield from _captioned("勘误", _WORDING, errors)
    questions = [_question(line) for line in section.questions]
    yield from _captioned("需要答复的问题", _QUESTIONS, questions)


def change(line: WordingLine) -> tuple[str, str]:
    """Return what the draft says and what is to stand there, in words where there are none."""
    old = f"“{line.old}”" if line.old else "（未引原文）"
    if place := line.where or line.label:
        old = f"{old}（{place}）"
    if line.lookup is Lookup.MISSING:
        old = f"{old}〔{LOOKUPS[line.lookup]}〕"
    if line.kind is AmendmentKind.DELETE:
        return old, "（删除）"
    new = f"“{line.new}”" if line.new else "（未写明）"
    if line.kind is AmendmentKind.INSERT:
        return old, f"在{'前' if line.before else '后'}增加{new}" if line.old else f"增加{new}"
    return old, new


def subject(line: FigureLine) -> str:
    """Return what a figure is called, with a mark where people want opposite things."""
    name = line.subject or "（未写明指标）"
    return f"{name}〔有分歧〕" if line.disputed else name


def changes(line: DirectionLine) -> str:
    """Return the figures given, e.g. ``45岁→50岁、55岁``."""
    given = [f"{a}→{b}" if a and b else b or f"现为{a}" for a, b in line.changes]
    return "、".join(dict.fromkeys(given))


def _captioned(
    caption: str, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]
) -> Iterator[Block]:
    if rows:
        yield Paragraph(caption, "Caption")
        yield Table(columns, rows)


def _opposed(place: int, theme: ThemeLine, other: int, against: ThemeLine) -> tuple[str, ...]:
    return (
        theme.label,
        _share(theme.counts),
        against.label,
        _share(against.counts),
        f"{place}, {other}",
    )


def _share(counts: Counts) -> str:
    return f"{counts.people}人/{counts.texts}种"


def _wording(line: WordingLine) -> tuple[str, ...]:
    return (AMENDMENTS[line.kind], *change(line), *_four(line.counts), number_list(line.numbers))


def _figure(line: FigureLine) -> Iterable[tuple[str, ...]]:
    for way in line.directions:
        numbers = number_list(way.numbers)
        name = DIRECTIONS[way.direction]
        yield (subject(line), name, changes(way), *_four(way.counts), numbers)


def _question(line: QuestionLine) -> tuple[str, ...]:
    return (f"“{line.text}”", *_four(line.counts), number_list(line.numbers))


def _four(counts: Counts) -> tuple[str, ...]:
    return tuple(map(str, four(counts)))
