"""Figures with their units out of a text: 45周岁, 四十五岁, 百分之七十, 2.5%, 300家."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_DIGITS: Final = {"〇": 0, "两": 2} | {han: n for n, han in enumerate("零一二三四五六七八九")}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_SINGLE: Final = _DIGITS | _STEPS  # most numerals are one character
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
NUMERALS: Final = "〇零一二两三四五六七八九十百千"
_UNITS: Final = "|".join(
    (
        "%|成|周?岁|个?工作日|个?月|年|天|日|小时",
        "件|家|名|人次|人年|人|个|项|篇|套|次|所|条|点",
        "元|亩|公里|平?方?米|平方|吨|公?斤|倍",
        "台|辆|间|栋|座|户|盏|处|级|届|份|种|批|本|位|只|块|张|趟|期",
    )
)
# A character class comes first: the search skips to the next numeral. 百分之 starts with one too.
_FIGURE: Final = re.compile(
    rf"([\d{NUMERALS}](?:(?<=百)分之(\d+(?:\.\d+)?|[{NUMERALS}]+)"
    rf"|(?<=\d)\d*(?:\.\d+)?|(?<=[{NUMERALS}])[{NUMERALS}]*))"
    rf"([万亿]?)(?:多|余|来)?({_UNITS})?"
)
# Where a figure with a unit ends: what no text with one is without, found ten times as fast.
_COUNTS: Final = re.compile(rf"[\d{NUMERALS}][万亿]?[多余来]?(?:{_UNITS})")
# Different words for the same unit.
_SAME: Final = {"周岁": "岁", "个月": "月", "个工作日": "工作日", "名": "人", "天": "日"}


def han_value(text: str) -> int:
    """Return the value of a Chinese numeral below ten thousand; digit by digit without steps."""
    if len(text) == 1:
        return _SINGLE[text]
    if not any(char in _STEPS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _STEPS:
            total += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


class Figure(NamedTuple):
    """A figure in a text: its value, its unit, and where it stands."""

    value: float
    unit: str
    start: int
    end: int


def figures(text: str) -> list[tuple[float, str]]:
    """Return the figures of an aligned text that have a unit, as (value, unit), in order."""
    return [(figure.value, figure.unit) for figure in figures_in(text)]


def may_count(text: str) -> bool:
    """Tell whether an aligned text may hold a figure with a unit; False is sure."""
    return _COUNTS.search(text) is not None or "百分之" in text


def figures_in(text: str) -> list[Figure]:
    """Return the figures of an aligned text that have a unit, in order."""
    if not may_count(text):
        return []
    return [_figure(match) for match in _FIGURE.finditer(text) if match[2] or match[4]]


def _figure(match: re.Match[str]) -> Figure:
    whole, percent, large, unit = match.groups()
    number = percent or whole
    value = float(number) if number[0].isdigit() and number.isascii() else han_value(number)
    name = "%" if percent else _SAME.get(unit, unit)
    if name == "成":
        name, value = "%", value * 10
    return Figure(float(value) * _LARGE.get(large, 1), name, match.start(), match.end())
