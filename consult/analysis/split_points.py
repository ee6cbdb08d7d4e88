"""Points without numbers: paragraphs that each ask for something, and words that add a point."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.asks import asks, asks_plainly, is_long, says, sentences, trimmed
from consult.analysis.normalise import fold

# Words that open another point. 同时 and 并 mostly add to the same one and are left out.
ADDS: Final = re.compile(
    r"(?:另外|此外|除此之外|还有(?!的|人|些|没|多|什么)|再就是|再有|再一个|再说一?个?|另(?=[,、:建希请])"
    r"|顺便|也(?=希望|建议|请|盼)|还(?=希望|建议|请|想|反映)|最后(?=[,希建再提说讲])|其他的,)"
)
# What a writer says of himself and of the letter before coming to the point.
# Each alternative starts with a plain character, so that the search can skip to it.
_ABOUT: Final = re.compile(
    r"我(?:们)?(?:是|在|从事|这边)|本人|作为|一枚|路过|匿名|看了|读了|认真|略[陈述谈提]|小事|两问|三问|几问|"
    + "|".join(rf"{verb}[几两三一]?[句点条个]" for verb in ("说", "提", "讲", "谈", "反映", "聊"))
)
_OPENS_ABOUT: Final = re.compile(
    r"(?:总体|整体|规划|稿子?|方案|文件|方向|内容)[^,]{0,10}(?:不错|很好|可以|挺好|赞成|同意|支持|认可)"
    r"|(?:赞[成同]|支持|同意|认可)[^,]{0,12}$|[做搞开当干跑][^,]{1,8}的[。!~]?$"
)
# Who speaks, before a colon: "外企员工意见：", "网友“山里人”：", "（电话记录）来电人反映：".
_LABEL: Final = re.compile(
    r"[^。!?;:\n]{0,24}(?:意见|建议|反映|反馈|想法|提交|来信|来电|电话|网友|记录|先生|女士|同志|托我写"
    r"|[说提讲谈][几两三四五一]?[点条句])[^,。!?;:\n]{0,8}:[ \t]*(?=\S)"
    r"|(?![^:]{0,12}(?:关于|问题|方面|\d))[^,。!?;:“\n]{1,12}:[ \t]*(?=\S)"
)
# An ask that opens a clause; 请来一位专家 inside one is a deed.
_PLAIN: Final = re.compile(
    r"(?:^|[,。!?;:\s])(?:我们?)?[还也都更]?(?:建议|希望|请|恳请|盼望|能不能|能否|应当|应该)"
)
# Words that carry on the matter of the paragraph before.
_LEANS: Final = re.compile(
    r"为此|因此|所以|后来|于是|但|可是|然而|而且|同时|这|对此|鉴于|目前|眼下|我们不"
)
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_LEAD: Final = 40
_INDENT: Final = 12  # characters a paragraph may be set in
_SHORTEST_POINT: Final = 8  # folded characters; less is an interjection
_SHORTEST_PARAGRAPH: Final = 25
_LONGEST_ABOUT: Final = 30
_LONGEST_LABEL: Final = 40  # characters with its colon; it has at most 36


def by_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the paragraphs when each makes a point of its own, else nothing.

    Three or more must ask for something, each in plain words and none leaning on the one before;
    two count when they share hardly a word. Only a short one at the head may be about the writer.
    A matter told over several paragraphs (what is wrong, what is wanted) stays whole.
    """
    if text.find("\n", start, end) < 0:
        return []
    spans = _paragraphs(text, start, end)
    if len(spans) > 2 and not _is_point(text, spans[0]) and _is_short(text, spans[0]):
        spans = spans[1:]
    if not all(_is_point(text, span) for span in spans):
        return []
    return spans if len(spans) > 2 or (len(spans) == 2 and _apart(text, *spans)) else []


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines = _LINE.finditer(text, start, end)
    return [trimmed(text, match.start(), match.end()) for match in lines]


def _is_short(text: str, span: tuple[int, int]) -> bool:
    return not is_long(text[span[0] : span[1]], _LONGEST_LEAD + 1)


def _is_point(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    if _PLAIN.search(words) is None or _LEANS.match(words):
        return False
    return is_long(words, _SHORTEST_PARAGRAPH)


def _apart(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two spans share less than a twentieth of the smaller one's character pairs."""
    first, second = (_pairs(fold(text[a:b])) for a, b in (one, other))
    return len(first & second) < 0.05 * min(len(first), len(second))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def by_addition(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the points when words like 另外 open one behind another point, else nothing.

    Where the added point follows a semicolon, the parts before it are points as well.
    """
    if ADDS.search(text, start, end) is None:
        return []
    spans = [(a, b) for a, b in _sentences(text, start, end) if says(text, a, b)]
    opening = [i for i, (a, _) in enumerate(spans) if i and ADDS.match(text, a)]
    if not opening:
        return []
    heads = [_first_point(text, spans), *opening]
    if text[spans[opening[-1]][0] - 1] == ";":
        heads += [i for i in range(1, opening[-1]) if text[spans[i][0] - 1] == ";"]
    heads = sorted(set(heads))
    stops = [*heads[1:], len(spans)]
    points = [(spans[i][0], spans[j - 1][1]) for i, j in zip(heads, stops, strict=True) if i < j]
    return points if all(_stands_alone(text, point) for point in points) else []


def adds(text: str) -> bool:
    """Tell whether a text opens with words that add a point."""
    return ADDS.match(text) is not None


def label_end(text: str, start: int, end: int) -> int:
    """Return where a text goes on behind a label that says who speaks."""
    if text.find(":", start, start + _LONGEST_LABEL) < 0:
        return start
    match = _LABEL.match(text, start, end)
    return match.end() if match and not asks_plainly(match.group()) else start


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + a, start + b) for a, b in sentences(text[start:end])]


def _first_point(text: str, spans: list[tuple[int, int]]) -> int:
    """Return the index of the first sentence that is not about the writer."""
    return int(len(spans) > 1 and is_about(text[spans[0][0] : spans[0][1]]))


def is_about(sentence: str) -> bool:
    """Tell whether a short sentence introduces the writer and asks for nothing."""
    return (
        (_ABOUT.search(sentence) or _OPENS_ABOUT.match(sentence)) is not None
        and not asks_plainly(sentence)
        and not is_long(sentence, _LONGEST_ABOUT + 1)
    )


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a span makes a point: it asks, or is a paragraph that says it adds one."""
    words = text[span[0] : span[1]]
    before = text[max(0, span[0] - _INDENT) : span[0]].rstrip(" \t\u3000")
    own_line = before.endswith("\n") and adds(words)
    return is_long(words, _SHORTEST_POINT) and (asks(words) or "?" in words or own_line)
