"""The tables of a section: opposite asks, changes of wording, figures, errors, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.asked import DirectionLine, FigureLine, QuestionLine, WordingLine
from consult.domain.digest import Counts, OpposedLine, Quote, SectionDigest, ThemeLine
from consult.domain.terms import AMENDMENTS, DIRECTIONS, LOOKUPS
from consult.export.blocks import Block, Paragraph, Table, TableColumn
from consult.export.phrases import four, number_list

# Widths in millimetres; the lines between the margins are 156 mm long.
_FOUR: Final = tuple(
    TableColumn(name, 11, "TableNumber") for name in ("人数", "来件", "文本", "意见")
)
_NUMBERS: Final = TableColumn("意见编号", 27)
_OPPOSED: Final = (
    TableColumn("一方主张", 62),
    TableColumn("同类", 16, "TableNumber"),
    TableColumn("另一方主张", 62),
    TableColumn("同类", 16, "TableNumber"),
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
        _opposed(place, theme, other)
        for place, theme in enumerate(themes, 1)
        for other in theme.opposed
        if place < other.position
    ]
    yield from _captioned("主张相反的诉求（各举一条最能说明的意见）", _OPPOSED, rows)


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
    """Return what a figure is called, with a mark where people want opposite things.

    One that the plan does not name is told in the words of a comment.
    """
    words = f"“{line.words}”" if line.words else "（未写明指标）"
    name = line.subject if line.known and line.subject else words
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


def _opposed(place: int, theme: ThemeLine, other: OpposedLine) -> tuple[str, ...]:
    return (
        _side(place, other.own, theme.label),
        _share(other.mine if other.own else theme.backing.counts),
        _side(other.position, other.against, other.label),
        _share(other.counts),
    )


def _side(place: int, quote: Quote | None, label: str) -> str:
    words = f"“{quote.text}”（意见{quote.number}）" if quote else f"“{label}”"
    return f"第{place}条：{words}"


def _share(counts: Counts) -> str:
    return f"{counts.people}人\n{counts.texts}种"


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
