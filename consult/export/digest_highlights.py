"""What matters most, in a screen of lines: each by rule from the digest, with comment numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.asked import FigureLine
from consult.domain.consultation import OFFPLAN, UNASSIGNED
from consult.domain.digest import Digest, SectionDigest, ThemeLine
from consult.domain.terms import CODES, DIRECTIONS
from consult.export.digest_tables import subject
from consult.export.phrases import first_numbers, full_heading, known_people, percent

MOST: Final = 3  # of each: what one screen holds


def highlights(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield (lead, text) lines; what there is nothing of is left out, except what came in."""
    sums = digest.accounting
    yield (
        "来件：",
        (
            f"收到{sums.received}件，列入{sums.listed}件，整理出意见{sums.comments}条；"
            f"{known_people(digest.counts.people, digest.identified)}。"
        ),
    )
    about = [s for s in digest.sections if s.code not in (OFFPLAN, UNASSIGNED)]
    makers = (_busiest, _voiced, _opposed, _wording, _figures, _questions, _singles)
    for maker in makers:
        yield from maker(about)
    yield from _families(digest)


def place(section: SectionDigest) -> str:
    """Return how a section is cited on the front page."""
    return CODES.get(section.code) or section.label or section.title


def _busiest(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    filled = [s for s in sections if s.counts.comments]
    filled.sort(key=lambda s: (-s.counts.texts, -s.counts.people))
    parts = [
        f"{full_heading(s.code, s.label, s.title)}{s.counts.texts}种文本、"
        f"{s.counts.comments}条（{percent(s.share)}）"
        for s in filled[:MOST]
    ]
    if parts:
        yield "意见集中的章节：", f"{'；'.join(parts)}。"


def _voiced(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    asks = [(section, theme) for section in sections for theme in section.themes]
    asks = [ask for ask in asks if not ask[1].single]
    asks.sort(key=lambda a: (-a[1].counts.texts, -a[1].counts.people, -a[1].counts.comments))
    parts = [
        f"“{theme.label}”（{place(section)}，{theme.counts.texts}种文本、"
        f"{theme.counts.people}人；意见{first_numbers(theme.numbers)}）"
        for section, theme in asks[:MOST]
    ]
    if parts:
        yield "反映较多的诉求：", f"{'；'.join(parts)}。"


def _opposed(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    pairs = [
        (section, theme, section.themes[other.position - 1])
        for section in sections
        for n, theme in enumerate(section.themes, 1)
        for other in theme.opposed
        if n < other.position
    ]
    pairs.sort(key=lambda p: -(p[1].counts.texts + p[2].counts.texts))
    parts = [f"{place(s)}{_side(one)}与{_side(other)}" for s, one, other in pairs[:MOST]]
    if parts:
        yield "相反的诉求：", f"共{len(pairs)}处。{'；'.join(parts)}。"


def _side(theme: ThemeLine) -> str:
    return f"“{theme.label}”（{theme.counts.people}人；意见{first_numbers(theme.numbers)}）"


def _wording(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    for lead, lines in (
        ("修改文字：", [(s, line) for s in sections for line in s.wording]),
        ("勘误：", [(s, line) for s in sections for line in s.corrections]),
    ):
        if lines:
            numbers = sorted({n for _, line in lines for n in line.numbers})
            where = "、".join(dict.fromkeys(place(s) for s, _ in lines))
            yield lead, f"共{len(lines)}处，见{where}（意见{first_numbers(numbers)}）。"


def _figures(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    lines = [(section, line) for section in sections for line in section.figures]
    lines.sort(key=lambda item: (not item[1].disputed, -_voices(item[1])))  # stable: plan order
    parts = [f"{subject(line)}（{place(s)}）{_ways(line)}" for s, line in lines[:MOST]]
    if parts:
        yield "指标和数据：", f"共{len(lines)}项。{'；'.join(parts)}。"


def _ways(line: FigureLine) -> str:
    return "，".join(
        f"{DIRECTIONS[way.direction]}{way.counts.people}人（意见{first_numbers(way.numbers)}）"
        for way in line.directions
    )


def _voices(line: FigureLine) -> int:
    return sum(way.counts.texts for way in line.directions)


def _questions(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    lines = [line for section in sections for line in section.questions]
    numbers = sorted(n for line in lines for n in line.numbers)
    if lines:
        yield "需要答复的问题：", f"共{len(lines)}个（意见{first_numbers(numbers)}）。"


def _singles(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    numbers = sorted(t.numbers[0] for s in sections for t in s.themes if t.single)
    if numbers:
        text = f"共{len(numbers)}条，在各章节逐条列出（意见{first_numbers(numbers)}）。"
        yield "单独提出的意见：", text


def _families(digest: Digest) -> Iterator[tuple[str, str]]:
    families = [family for family in digest.families if len(family.members) > 1]
    if families:
        largest = families[0]
        total = sum(len(family.members) for family in families)
        yield (
            "雷同件：",
            (
                f"共{len(families)}组{total}条，合并计为{len(families)}种文本；最大的一组"
                f"{len(largest.members)}条（意见{first_numbers(largest.members)}），"
                f"其中{percent(largest.peak)}在一小时内收到。"
            ),
        )
