"""What may identify somebody and may not: names by their titles, house numbers, odd numbers.

A rule that is sure hides at once (``mask``); what stands here is hidden too, but staff are shown it
and may leave it readable: 王庄村 is no Mr Wang, and the address of an office is no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consult.analysis.mask_people import people
from consult.analysis.mask_places import checked
from consult.analysis.mask_places import places as addresses
from consult.analysis.normalise import align
from consult.domain.masking import Doubt, Find

_HAN: Final = "一-鿿"
_GAP: Final = r"[ \-‐‑–—.]?"
# One step of a house number: an office has it as well as a home. 3号线 and 12号文 are none.
_DOOR: Final = re.compile(
    rf"(?:(?![我住在于到是的家])[{_HAN}]){{1,5}}(?:路|街|巷|大道|胡同|弄)\d{{1,5}}号(?![线楼院栋幢文])"
)
# 18 places with a date of birth, 16 to 19 digits as on a bank card.
_IDENTITY: Final = re.compile(
    rf"(?<![0-9.])[1-9]\d{{5}}{_GAP}(?:19|20)\d{{2}}\d{{4}}{_GAP}\d{{3}}[0-9x](?![0-9a-z])"
)
_CARD: Final = re.compile(
    rf"(?<![0-9.])\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{0,3}}(?![0-9x])"
)
# Seven or eight digits may be a fixed line; with a unit, a share or a date they are a figure.
_LINE: Final = re.compile(
    rf"(?<![0-9.,\-])[2-8]\d{{6,7}}(?![0-9.,%‰/])(?!\s*[万亿元块人户家件个名项年月日天倍吨亩度平公千]|[{_HAN}]?元)"
)
_DATE: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DIGITS: Final = re.compile(r"[^0-9x]")


def doubts(text: str) -> tuple[Find, ...]:
    """Return the doubtful places of a text in their order; none overlaps another.

    Numbers that a check digit (GB 11643; Luhn, ISO/IEC 7812) or a word in front makes sure are not
    doubtful, and not here.
    """
    aligned = align(text)
    found = sorted(
        (*_addresses(aligned), *_numbers(aligned), *_names(text)),
        key=lambda find: (find.start, -find.end),
    )
    kept: list[Find] = []
    for find in found:
        if not kept or find.start >= kept[-1].end:
            kept.append(find)
    return tuple(kept)


def _names(text: str) -> Iterator[Find]:
    for name in people(text):
        for match in re.finditer(re.escape(name), text):
            yield Find(*match.span(), Doubt.NAME, f"{name[0]}*")


def _addresses(aligned: str) -> Iterator[Find]:
    for start, end, shown in addresses(aligned):
        if shown == "〔住址〕":
            yield Find(start, end, Doubt.ADDRESS, shown)
    for match in _DOOR.finditer(aligned):
        yield Find(*match.span(), Doubt.ADDRESS, "〔住址〕")


def _numbers(aligned: str) -> Iterator[Find]:
    for match in _IDENTITY.finditer(aligned):
        if not checked(_DIGITS.sub("", match.group())):
            yield Find(*match.span(), Doubt.NUMBER, "〔证件号码〕")
    for match in _CARD.finditer(aligned):
        digits = _DIGITS.sub("", match.group())
        if not _luhn(digits) and not (len(digits) == 18 and _IDENTITY.fullmatch(match.group())):
            yield Find(*match.span(), Doubt.NUMBER, "〔卡号〕")
    for match in _LINE.finditer(aligned):
        if not _DATE.fullmatch(match.group()) and not _named(aligned, match.start()):
            yield Find(*match.span(), Doubt.NUMBER, "〔号码〕")


def _named(aligned: str, start: int) -> bool:
    """Tell whether a word in front says what a number is: then it is sure."""
    return (
        re.search(r"(?:电话|手机|联系方式|tel|qq|微信|证件?)\D{0,6}$", aligned[:start]) is not None
    )


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
