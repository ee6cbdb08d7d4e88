"""Chinese numerals as they stand in heading numbers: 一 to 九千九百九十九."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# For the character class of a pattern.
NUMERAL = "〇零一二三四五六七八九十百千两"


def number_of(text: str) -> int | None:
    """Return the value of a numeral (``十二`` or ``12``), or None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 4 else None
    total, digit = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        elif sign in _VALUES:
            digit = _VALUES[sign]
        else:
            return None
    return total + digit if text else None


def chinese(value: int) -> str:
    """Write 1 to 999 the way headings are numbered: 十, 十二, 一百零五."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds % 10]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not value else "")
