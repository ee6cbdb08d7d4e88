"""The marks people number their points with, as a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from consult.analysis.normalise import align

_HAN_DIGITS: Final = "零一二三四五六七八九十"
# One to three; a class without a count in front lets the search skip to the first of them.
_HAN: Final = f"[{_HAN_DIGITS[1:]}][{_HAN_DIGITS[1:]}]{{0,2}}"
# What a citation of the plan goes on with; "三、（二）" and "第5条(3)" number nothing of their own.
_CITED: Final = rf"(?![ \t]*[(（]{_HAN}[)）])(?![ \t]*{_HAN}[、章节条点部大])"
_WORDS: Final = {"首先": 1.0, "其次": 2.0, "再次": 2.5, "再者": 2.6, "最后": 90.0, "最後": 90.0}
_ENGLISH: Final = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0}
# The ones of other scripts, which a figure may be written with as well.
_SCRIPTS: Final = ((0x660, 0x1C60), (0xA620, 0xAC00), (0x104A0, 0x11F60), (0x16A60, 0x16B60))
_OTHER_ONES: Final = "[{}]".format(
    "".join(
        chr(code)
        for start, end in (*_SCRIPTS, (0x1E140, 0x1E960))
        for code in range(start, end)
        if chr(code).isdecimal() and int(chr(code)) == 1
    )
)
LAST: Final = 90.0  # "最后", "finally": after every number
_RING_STARTS: Final = (0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278A)


class Place(Enum):
    """Where a mark may stand to count."""

    LINE = "line"
    SENTENCE = "sentence"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Style:
    """A way to number points: the pattern (group 1 is the number), where it stands, and why.

    A text that holds none of the ``openers`` has no list of this style, since every list starts at
    its first number: they are looked for before the pattern is tried. ``first`` finds one more
    thing in the aligned form of every such text.
    """

    name: str
    openers: tuple[str, ...]
    pattern: re.Pattern[str]
    value: Callable[[str], float]
    place: Place
    reason: str
    example: str
    first: re.Pattern[str]


def han_number(text: str) -> float:
    """Return the value of a Chinese numeral up to 99."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return float(_HAN_DIGITS.find(text[-1]))
    return 10.0 * (_HAN_DIGITS.find(tens[-1]) if tens else 1) + (
        _HAN_DIGITS.find(ones) if ones else 0
    )


def _arabic(text: str) -> float:
    return float(text)


def _either(text: str) -> float:
    return float(text) if text.isdecimal() else han_number(text)


def _letter(text: str) -> float:
    return float(ord(text.lower()) - ord("a") + 1)


def _ring(text: str) -> float:
    start = max(start for start in _RING_STARTS if start <= ord(text))
    return float(ord(text) - start + 1)


def _word(text: str) -> float:
    if text in _WORDS:
        return _WORDS[text]
    return han_number(text.strip("第其"))


def _point(text: str) -> float:
    return {"一个": 1.0, "另一个": 2.0}.get(text) or han_number(text)


def _english(text: str) -> float:
    lowered = text.lower()
    return _ENGLISH.get(lowered.removesuffix("ly"), LAST)


def _same(_text: str) -> float:
    return 0.0


def _style(
    name: str,
    openers: str,
    pattern: str,
    value: Callable[[str], float],
    place: Place,
    reason: str,
    example: str,
    *,
    letters: bool = False,
    first: str = "",
) -> Style:
    # A search in which case tells nothing cannot skip to the first character of a pattern.
    compiled = re.compile(pattern, re.IGNORECASE if letters else 0)
    signs = tuple(openers.split())
    either = first or "|".join(re.escape(align(sign)) for sign in signs)
    return Style(name, signs, compiled, value, place, reason, example, re.compile(either))


STYLES: Final[tuple[Style, ...]] = (
    _style(
        "han-comma",
        "一、 一. 一． 一， 一, 一： 一:",
        rf"({_HAN})[、.．,，:：]{_CITED}",
        han_number,
        Place.SENTENCE,
        "the outer level of official letters; followed by （二） it cites the plan",
        "一、关于平台。",
    ),
    _style(
        "han-parentheses",
        "(一 （一",
        rf"[(（]({_HAN})[)）]",
        han_number,
        Place.SENTENCE,
        "the second level of official letters, often used alone",
        "（一）背景部分。",
    ),
    _style(
        "digit",
        "1 １",
        r"(\d\d?)[ \t]?[.．、,，:：)）](?!\d)",
        _arabic,
        Place.SENTENCE,
        "a digit behind the mark makes it a figure: 1.5%, 3.2, 2022.9.26",
        "1.考核不宜一把尺子。",
        first=rf"1[ \t.、,:)]|{_OTHER_ONES}",
    ),
    _style(
        "digit-parentheses",
        "(1 （1 (0 （0 (１ （１ (０ （０",
        r"[(（](\d{1,2})[)）]",
        _arabic,
        Place.SENTENCE,
        "behind a citation (第5条(3)) it does not start a sentence",
        "（1）目录建议增加三类。",
    ),
    _style(
        "ring",
        "\u2460 \u2474 \u2488 \u2776 \u2780 \u278a",
        "([\u2460-\u249b\u2776-\u2793])",
        _ring,
        Place.ANYWHERE,
        "circled and bracketed figures are used for nothing else",
        "①青年项目；②工作站",
    ),
    _style(
        "keycap",
        "\u20e3",
        "(\\d)\ufe0f?\u20e3",
        _arabic,
        Place.ANYWHERE,
        "emoji figures out of chat apps",
        "1\ufe0f\u20e3补贴",
    ),
    _style(
        "letter",
        "a A",
        r"[(（]?([a-h])[)）.、](?![a-z])",
        _letter,
        Place.SENTENCE,
        "lists out of text editors; a letter behind it makes an abbreviation (a.m.)",
        "a) 补贴",
        letters=True,
    ),
    _style(
        "order",
        "首先 第一 其一",
        rf"(首先|其次|再次|再者|最[后後]|第{_HAN}(?=[,，、:：是点條条]|个[是,，])(?![点条條个]?(?:、其?第|[和与]))"
        rf"|其{_HAN}(?=[,，是]))",
        _word,
        Place.SENTENCE,
        "spoken order; styles are mixed (首先、其次、第三), and 第三章、第三方 are none",
        "首先是支持。其次是手续。",
    ),
    _style(
        "point-is",
        "一是 一个是",
        rf"({_HAN}|另?一个)是",
        _point,
        Place.SENTENCE,
        "spoken order inside one sentence",
        "一是太远；二是不认。",
    ),
    _style(
        "labelled",
        "意见 意見 建议 建議 问题 問題",
        rf"(?:意见|意見|建议|建議|问题|問題)[ \t]?(\d{{1,2}}|{_HAN})[ \t]?[:：、.．]",
        _either,
        Place.SENTENCE,
        "tables pasted as text",
        "意见1：",
        first=rf"(?:意见|建议|问题)[ \t01{_HAN_DIGITS[1:]}]|{_OTHER_ONES}",
    ),
    _style(
        "english",
        "irst IRST",
        r"(first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|fifth|finally|lastly)(?=[,:])",
        _english,
        Place.SENTENCE,
        "letters of foreign experts",
        "First, the fees.",
        letters=True,
    ),
    _style(
        "bullet",
        "- – — * • ● ■ ◆ ◇ ▪ · ○ ★ ☆ ▶ →",
        r"([-–—*•●■◆◇▪·○★☆▶→])(?=[ \t]*[^\s\d])",
        _same,
        Place.LINE,
        "lists without numbers; a dash before a figure may be a minus",
        "- 房租",
    ),
)
