"""Where somebody lives, and identity numbers told by their check digit, in a text to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PART: Final = r"(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|房|组)"
_HAN: Final = "一-鿿"
# Read from top to bottom; each entry is (what, shown instead, why). A group is what is hidden.
RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (
        re.compile(
            rf"(?:(?:(?![我住在于到是的家])[{_HAN}]){{2,6}}?(?:路|街|巷|道|小区|花园|新村|家属院|公寓|社区|村|苑))?"
            rf"\d{{1,5}}{_PART}(?:[ ,、\-]?\d{{1,5}}{_PART})+"
        ),
        "〔住址〕",
        "a house number in two steps: 3栋2单元501室, 龙涧路18号6楼",
    ),
    (
        re.compile(
            rf"(?:家住|住在|住址[是为:]?|地址[是为:]?|家庭住址[是为:]?)\s*"
            rf"([{_HAN}]{{2,20}}?\d{{1,5}}{_PART})"
        ),
        "〔住址〕",
        "a house number said to be where one lives",
    ),
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10x98765432"
_EIGHTEEN: Final = re.compile(r"(?<![0-9])[1-9]\d{16}[0-9x](?![0-9a-z])")


def places(aligned: str) -> Iterator[tuple[int, int, str]]:
    """Yield span and replacement of addresses and of identity numbers."""
    for pattern, shown, _why in RULES:
        for match in pattern.finditer(aligned):
            start, end = match.span(1 if pattern.groups else 0)
            yield start, end, shown
    for match in _EIGHTEEN.finditer(aligned):
        if checked(match.group()):
            yield *match.span(), "〔证件号码〕"


def checked(number: str) -> bool:
    """Tell whether 17 digits and a check digit belong together (GB 11643, ISO 7064 MOD 11-2).

    A wrongly typed date of birth does not make an identity number anything else.
    """
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1]
