"""What matters most, in a screen of lines: each by rule from the digest, with comment numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from consult.domain.asked import FigureLine
from consult.domain.comment import Speaker
from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Counts, Digest, OpposedLine, Quote, SectionDigest, ThemeLine
from consult.domain.terms import CODES, DIRECTIONS
from consult.domain.voice import Voice
from consult.export.digest_since import since_line
from consult.export.digest_tables import subject
from consult.export.phrases import NO_ASK, first_numbers, full_heading, known_people, percent

MOST: Final = 3  # of each: what one screen holds
MOST_ASKS: Final = 5
_PAIRS: Final = 2  # opposite asks, two lines each
_SHORT, _LONG = 20, 200  # characters of an ask beside others, and in its own place
_AGENCY: Final = Speaker.AGENCY


def highlights(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield the (lead, text) lines of the first page; what there is nothing of is left out.

    A text may have several lines.
    """
    about = _about(digest)
    yield _received(digest)
    yield from _voiced(about)
    yield from _talked(about)
    yield from _opposed(about)
    yield from since_line(digest)
    yield from _busiest(about)
    yield from _besides(about)


def details(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield the lines that tell where the rest is found, each with comment numbers."""
    about = _about(digest)
    for maker in (_figures, _wording, _rest):
        yield from maker(about)
    yield from _families(digest)


def _about(digest: Digest) -> list[SectionDigest]:
    return [s for s in digest.sections if s.code not in (OFFPLAN, UNASSIGNED)]


def _received(digest: Digest) -> tuple[str, str]:
    sums, known = digest.accounting, known_people(digest.counts.people, digest.identified)
    if digest.partial:
        text = (
            f"只含{digest.masthead.partial}的意见{digest.partial.comments}条"
            f"（全部{sums.comments}条），各项数量和排列都只按这些意见计算；{known}。"
        )
        return "部分意见：", text
    sent = f"收到{sums.received}件，列入{sums.listed}件，整理出意见{sums.comments}条"
    return "来件：", f"{sent}；{known}。"


def _besides(about: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    """Yield in one line what else the document holds."""
    disputed = sum(line.disputed for s in about for line in s.figures)
    parts = (
        (sum(len(s.wording) for s in about), "要求修改文字{}处"),
        (sum(len(s.corrections) for s in about), "勘误{}处"),
        (sum(len(s.figures) for s in about), "涉及指标和数据{}项"),
        (disputed, "其中有分歧的{}项"),
        (sum(len(s.questions) for s in about), "需要答复的问题{}个"),
        (sum(t.single and t.asks for s in about for t in s.themes), "单独提出的意见{}条"),
    )
    told = [words.format(number) for number, words in parts if number]
    if told:
        yield "此外：", f"{'，'.join(told)}，均见下文。"


def place(section: SectionDigest) -> str:
    """Return how a section is cited on the front page."""
    return CODES.get(section.code) or section.label or section.title


def most_voiced(sections: Iterable[SectionDigest]) -> list[tuple[SectionDigest, ThemeLine]]:
    """Return all asks, those that most distinct texts make first: a campaign cannot buy rank.

    Then come those that most people make, then those whose matter most texts speak of. What asks
    nothing (无修改意见) and what is not about the plan is left out.
    """
    asks = [
        (section, theme)
        for section in sections
        if section.code not in (OFFPLAN, UNASSIGNED)
        for theme in section.themes
        if theme.asks
    ]
    asks.sort(key=lambda ask: _weight(ask[1]), reverse=True)  # stable: order of the plan
    return asks


def opposite_pairs(
    sections: Iterable[SectionDigest],
) -> list[tuple[SectionDigest, ThemeLine, OpposedLine]]:
    """Return the pairs of opposite asks, each once, those of most distinct texts first."""
    pairs = [
        (section, theme, other)
        for section in sections
        for n, theme in enumerate(section.themes, 1)
        for other in theme.opposed
        if n < other.position
    ]
    pairs.sort(key=lambda p: -(p[1].counts.texts + p[2].counts.texts))  # stable: order of the plan
    return pairs


def _weight(theme: ThemeLine) -> tuple[int, ...]:
    own, whole = theme.backing.counts, theme.counts
    return (own.texts, own.people, own.comments, whole.texts, whole.people)


def _busiest(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    filled = [s for s in sections if s.counts.comments and s.code != GENERAL]
    filled.sort(key=lambda s: (-s.counts.texts, -s.counts.people))
    parts = [
        f"{full_heading(s.code, s.label, s.title)}{s.counts.comments}条（{percent(s.share)}）"
        for s in filled[:MOST]
    ]
    if parts:
        yield "意见集中的章节：", f"{'；'.join(parts)}。"


def _voiced(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    asks = [ask for ask in most_voiced(sections) if ask[1].backing.counts.comments > 1]
    parts = [
        f"{n}. “{shortened(theme.label)}”（{place(section)}；{_who(theme.backing)}）"
        for n, (section, theme) in enumerate(asks[:MOST_ASKS], 1)
    ]
    if parts:
        yield "多人提出的要求：", "\n".join((f"共{len(asks)}项，最多的是：", *parts))


def _who(voice: Voice) -> str:
    more = "等" if len(voice.numbers) > 1 else ""
    return f"{voice.counts.people}人；意见{voice.numbers[0]}{more}"


def _talked(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    """Yield the matters that most texts speak of, though they want different things of it."""
    asks = [(s, theme) for s, theme in most_voiced(sections) if theme.voices]
    asks.sort(key=lambda ask: (-ask[1].counts.texts, -ask[1].counts.people))  # stable
    parts = [
        f"{place(section)}“{shortened(theme.label, _SHORT)}”等{theme.counts.texts}种说法"
        f"（{theme.counts.people}人）"
        for section, theme in asks[:MOST]
    ]
    if parts:
        yield "说法较多的主题：", f"共{len(asks)}个，最多的是：{'；'.join(parts)}。"


def _opposed(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    pairs = opposite_pairs(sections)
    parts = [
        f"{n}. {place(section)}：{own_side(theme, other, _SHORT)}；{other_side(other, _SHORT)}"
        for n, (section, theme, other) in enumerate(pairs[:_PAIRS], 1)
    ]
    if parts:
        yield "主张相反的诉求：", "\n".join((f"共{len(pairs)}处，主要是：", *parts))


def own_side(theme: ThemeLine, other: OpposedLine, longest: int = _LONG) -> str:
    """Return what one side wants, in the words of the comment that shows it."""
    counts = other.mine if other.own else theme.backing.counts
    return _side(other.own, theme.label, counts, longest)


def other_side(other: OpposedLine, longest: int = _LONG) -> str:
    """Return what the other side wants."""
    return _side(other.against, other.label, other.counts, longest)


def _side(quote: Quote | None, label: str, counts: Counts, longest: int) -> str:
    if quote is None:
        return f"“{shortened(label, longest)}”（{counts.people}人）"
    cited = f"意见{quote.number}，同类{counts.people}人"
    return f"“{shortened(quote.text, longest)}”（{cited}）"


def shortened(words: str, longest: int = 20) -> str:
    """Return words for one line, cut with dots: the section tells the whole of them.

    What stands before a colon (建议：, 恳请在规划中明确：) goes first.
    """
    if len(words) > longest and len(words.rpartition("：")[2]) >= longest // 2:
        words = words.rpartition("：")[2]
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip('，、；,;：: ')}…"


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
    disputed = sum(line.disputed for _, line in lines)
    named = [item for item in lines if (item[1].known and item[1].subject) or item[1].disputed]
    named.sort(key=lambda item: (not item[1].disputed, -_voices(item[1])))  # stable: plan order
    parts = [f"{subject(line)}（{place(s)}）{_ways(line)}" for s, line in named[:MOST]]
    if lines:
        told = f"共{len(lines)}项，其中{disputed}项有分歧" if disputed else f"共{len(lines)}项"
        yield "指标和数据：", f"{told}。{'；'.join(parts)}。" if parts else f"{told}。"


def _ways(line: FigureLine) -> str:
    return "，".join(
        f"{DIRECTIONS[way.direction]}{way.counts.people}人（意见{first_numbers(way.numbers)}）"
        for way in line.directions
    )


def _voices(line: FigureLine) -> int:
    return sum(way.counts.texts for way in line.directions)


def _rest(sections: list[SectionDigest]) -> Iterator[tuple[str, str]]:
    questions = [line for section in sections for line in section.questions]
    asked = sorted(n for line in questions for n in line.numbers)
    if questions:
        yield "需要答复的问题：", f"共{len(questions)}个（意见{first_numbers(asked)}）。"
    lines = [theme for section in sections for theme in section.themes]
    single = sorted(t.numbers[0] for t in lines if t.single and t.asks)
    if single:
        text = f"共{len(single)}条，在各章节逐条列出（意见{first_numbers(single)}）。"
        yield "单独提出的意见：", text
    agreed = [theme for theme in lines if not theme.asks]
    numbers = sorted(n for theme in agreed for n in theme.numbers)
    if numbers:
        offices = sum(dict(theme.speakers).get(_AGENCY, 0) for theme in agreed)
        told = f"，其中机关单位{offices}条" if offices else ""
        text = f"{NO_ASK}{len(numbers)}条{told}（意见{first_numbers(numbers)}），不参加排列。"
        yield "没有另提诉求：", text


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
