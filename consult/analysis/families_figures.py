"""Whether two clauses ask for different figures; names, days and years are none."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.figures import figures, han_value

# A figure with one of these behind it names a thing or a day: another one is another house or year.
LABELLED: Final = re.compile(
    r"(?:第?[\d一二三四五六七八九十百零〇]+(?:号|栋|幢|单元|路|楼|室|班|组|期|条|款|章|节|页|届|院|队|区|中|小区|村|社))"
    r"|(?:\d{4}|[二一][〇零○一二三四五六七八九]{3})年(?:[底初末前]|\d{1,2}月)?"
    r"|[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}[日号]|[份底初前中])"
    r"|1[3-9]\d{9}|\d{7,}"
)
NUMERALS: Final = frozenset("0123456789〇零一二两三四五六七八九十百千万亿半几")
_HAN: Final = "〇零一二两三四五六七八九十百千"
_NUMBER: Final = re.compile(rf"(\d+(?:\.\d+)?|[{_HAN}]+)([^\d{_HAN}])")
_NUMERAL: Final = re.compile(rf"[\d{_HAN}]")  # every figure has one
_BARE: Final = re.compile(r"\d+(?:\.\d+)?")


def figures_differ(words: str, other: str) -> bool:
    """Tell whether two aligned clauses have figures of one unit, and none of them alike.

    A unit is a known one, else the character behind the figure.
    """
    if not (_NUMERAL.search(words) and _NUMERAL.search(other)):
        return False
    ours, theirs = LABELLED.sub("", words), LABELLED.sub("", other)
    if _disjoint(figures(ours), figures(theirs)) or _disjoint(_numbers(ours), _numbers(theirs)):
        return True
    bare = [[float(n) for n in _BARE.findall(text)] for text in (ours, theirs)]
    return len(bare[0]) == len(bare[1]) and bare[0] != bare[1]


def _disjoint(ours: list[tuple[float, str]], theirs: list[tuple[float, str]]) -> bool:
    for unit in {unit for _, unit in ours} & {unit for _, unit in theirs}:
        values = {value for value, u in ours if u == unit}
        if values.isdisjoint(value for value, u in theirs if u == unit):
            return True
    return False


def _numbers(words: str) -> list[tuple[float, str]]:
    return [
        (float(number if number.isascii() else han_value(number)), behind)
        for number, behind in _NUMBER.findall(words)
    ]
