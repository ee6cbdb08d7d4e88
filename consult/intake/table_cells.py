"""Values of a table program as people see them in its cells."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import Final

from consult.domain.table import Flaw
from consult.domain.text import normalise

Written = str | tuple[str, str]  # the words of a cell, or its words and its flaw

# A table program keeps 15 digits of a number (IEEE 754 double, ECMA-376 part 1, 18.3.1.96): an
# identity number of 18 digits that was not entered as text has lost its end.
_DIGITS: Final = 15
# What is left of a long number in a text file saved from a table program.
_EXPONENT: Final = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+\d{1,3}")
_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#GETTING_DATA"}
)  # fmt: skip
_LONGEST: Final = 200_000  # characters: far above the 32,767 that a cell can hold


def written(value: object) -> Written:
    """Return the words of a cell; with its flaw where it has one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    return words(str(value))


def words(text: str) -> Written:
    """Return the text of a cell, controls dropped, its ends cut."""
    plain = normalise(text[:_LONGEST], strict=False).strip()
    if plain in _ERRORS:
        return plain, Flaw.ERROR.value
    if _EXPONENT.fullmatch(plain):
        return plain, Flaw.ROUNDED.value
    return plain


def _number(value: float) -> Written:
    if not math.isfinite(value):
        return str(value), Flaw.ERROR.value
    text = str(int(value)) if value == int(value) else repr(value)
    if len(text.lstrip("-")) > _DIGITS and value == int(value):
        return text, Flaw.ROUNDED.value
    return text


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)
