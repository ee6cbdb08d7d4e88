"""Points without numbers: paragraphs that each ask for something, and words that add a point."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.asks import asks, asks_plainly, sentences, trimmed
from consult.analysis.normalise import fold

# Words that open another point. 同时 and 并 mostly add to the same one and are left out.
_ADDS: Final = re.compile(
    r"(?:另外|此外|除此之外|还有(?!的|人|些|没|多|什么)|再就是|再有|再一个|再说一?个?|另(?=[,、:建希请])"
    r"|顺便|也(?=希望|建议|请|盼)|还(?=希望|建议|请|想)|最后(?=[,希建]))"
)
# What a writer says of himself and of the letter before coming to the point.
_ABOUT: Final = re.compile(
    r"我(?:们)?(?:是|在|从事|这边)|本人|作为|一枚|路过|(?:说|提|讲|谈|反映|聊)(?:几|两|三|一)?(?:句|点|条|个)|匿名"
    r"|看了|读了|认真"
)
# An ask that opens a clause; 请来一位专家 inside one is a deed.
_PLAIN: Final = re.compile(
    r"(?:^|[,。!?;:\s])(?:我们?)?[还也都更]?(?:建议|希望|请|恳请|盼望|能不能|能否|应当|应该)"
)
# Words that carry on the matter of the paragraph before.
_LEANS: Final = re.compile(
    r"为此|因此|所以|后来|于是|但|可是|然而|而且|同时|这|对此|鉴于|目前|眼下|我们不"
)
_LONGEST_LEAD: Final = 40
_SHORTEST_POINT: Final = 8  # folded characters; less is an interjection
_SHORTEST_PARAGRAPH: Final = 25
_LONGEST_ABOUT: Final = 30


def by_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the paragraphs when each makes a point of its own, else nothing.

    Three or more must ask for something, each in plain words and none leaning on the one before;
    two count when they share hardly a word. Only a short one at the head may be about the writer.
    A matter told over several paragraphs (what is wrong, what is wanted) stays whole.
    """
    spans = _paragraphs(text, start, end)
    if len(spans) > 2 and not _is_point(text, spans[0]) and _is_short(text, spans[0]):
        spans = spans[1:]
    if not all(_is_point(text, span) for span in spans):
        return []
    return spans if len(spans) > 2 or (len(spans) == 2 and _apart(text, *spans)) else []


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines = re.compile(r"[^\n]*\S[^\n]*").finditer(text, start, end)
    return [trimmed(text, match.start(), match.end()) for match in lines]


def _is_short(text: str, span: tuple[int, int]) -> bool:
    return len(fold(text[span[0] : span[1]])) <= _LONGEST_LEAD


def _is_point(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    plain = len(fold(words)) >= _SHORTEST_PARAGRAPH and _PLAIN.search(words) is not None
    return plain and not _LEANS.match(words)


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
    spans = [(a, b) for a, b in _sentences(text, start, end) if fold(text[a:b])]
    opening = [i for i, (a, _) in enumerate(spans) if i and _ADDS.match(text, a)]
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
    return _ADDS.match(text) is not None


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + a, start + b) for a, b in sentences(text[start:end])]


def _first_point(text: str, spans: list[tuple[int, int]]) -> int:
    """Return the index of the first sentence that is not about the writer."""
    return int(len(spans) > 1 and is_about(text[spans[0][0] : spans[0][1]]))


def is_about(sentence: str) -> bool:
    """Tell whether a short sentence introduces the writer and asks for nothing."""
    bare = fold(sentence)
    return (
        len(bare) <= _LONGEST_ABOUT
        and not asks_plainly(sentence)
        and _ABOUT.search(sentence) is not None
    )


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    words = text[span[0] : span[1]]
    return len(fold(words)) >= _SHORTEST_POINT and (asks(words) or "?" in words)
