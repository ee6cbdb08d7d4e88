"""Hides in a text what would tell the public who wrote it: numbers, mail, address, name.

Found in the aligned text (half width, lower case), so that ＡＢＣ＠… and １３８… are found too, and
replaced in the text itself. What is hidden is said in the place where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from consult.analysis.mask_doubts import doubts
from consult.analysis.mask_places import places
from consult.analysis.normalise import align

_GAP: Final = r"[ \-‐‑–—.]?"  # what people put between groups of digits
_ALONE: Final = r"(?<![0-9.])(?:%s)(?![0-9])"  # a whole number, not a part of a longer one
_NAMED: Final = r"(?:号码?|號碼?)?\s*(?:是|为|[:=])?\s*"  # between a name and its number


def _alone(*parts: str) -> re.Pattern[str]:
    return re.compile(_ALONE % _GAP.join(parts))


# Read from top to bottom, the longer numbers first; each entry is (what, shown instead, why).
_RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (
        re.compile(r"[a-z0-9][a-z0-9._%+\-]*@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+"),
        "〔邮箱〕",
        "a mail address",
    ),
    (
        _alone(r"[1-9]\d{5}", r"(?:19|20)\d{2}\d{4}", r"\d{3}[0-9x]"),
        "〔证件号码〕",
        "an identity number of 18 places holds a date of birth (GB 11643)",
    ),
    (
        _alone(r"\d{4}", r"\d{4}", r"\d{4}", r"\d{4}", r"\d{0,3}"),
        "〔卡号〕",
        "a bank card has 16 to 19 digits, often written in fours",
    ),
    (
        _alone(r"\+?86", r"1[3-9]\d", r"\d{4}", r"\d{4}"),
        "〔电话〕",
        "a mobile number with the country code",
    ),
    (
        _alone(r"1[3-9]\d", r"\d{4}", r"\d{4}"),
        "〔电话〕",
        "a mobile number has 11 digits and begins with 13 to 19",
    ),
    (
        _alone(r"0\d{2,3}", r"\d{7,8}"),
        "〔电话〕",
        "a fixed line: area code with its zero, then seven or eight digits",
    ),
    (
        re.compile(r"(?:qq|微信|weixin|wechat|vx)" + _NAMED + r"([a-z0-9_\-]{5,20})"),
        "〔账号〕",
        "an account, named as such",
    ),
    (
        re.compile(r"(?:电话|手机|联系方式|tel)" + _NAMED + r"(\d{7,8})(?![0-9])"),
        "〔电话〕",
        "a fixed line without area code, named as such",
    ),
    (
        re.compile(r"(?:身份证|证件)" + _NAMED + r"([0-9a-z]{6,18})"),
        "〔证件号码〕",
        "another document, or an old identity number of 15 places, named as such",
    ),
)
Hit = tuple[int, int, str]  # start, end, what is shown instead
_SHORTEST_NAME: Final = 2  # characters; a single one stands in many words


def mask(
    text: str,
    names: Iterable[str] = (),
    *,
    doubtful: bool = False,
    left: Collection[tuple[int, int]] = (),
) -> str:
    """Return the text without what identifies its author.

    ``names`` are what the author gave as name and contact: a name is shown as ``张*``, other words
    are hidden. ``doubtful`` hides what may identify somebody too (``mask_doubts``), but for the
    places ``left`` (start and end) that staff have read and leave readable.
    """
    aligned = align(text)
    finds = doubts(text) if doubtful else ()
    doubted = [(find.start, find.end) for find in finds]
    sure = [hit for hit in _sure(aligned) if not _inside(hit[:2], doubted)]
    asked = [(f.start, f.end, f.shown) for f in finds if (f.start, f.end) not in left]
    found = sorted(
        [*sure, *asked, *_named(aligned, names)], key=lambda hit: (hit[0], -hit[1], hit[2])
    )
    out, at = [], 0
    for start, end, shown in found:
        if start >= at:
            out += [text[at:start], shown]
            at = end
    return "".join([*out, text[at:]])


def _sure(aligned: str) -> Iterator[Hit]:
    yield from _numbers(aligned)
    yield from places(aligned)


def _inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _numbers(aligned: str) -> Iterator[Hit]:
    for pattern, shown, _why in _RULES:
        for match in pattern.finditer(aligned):
            start, end = match.span(1 if pattern.groups else 0)
            yield start, end, shown


def _named(aligned: str, names: Iterable[str]) -> Iterator[Hit]:
    for name in names:
        sought = align(name.strip())
        if len(sought) < _SHORTEST_NAME:
            continue
        for match in re.finditer(re.escape(sought), aligned):
            yield *match.span(), f"{match.group()[0]}*"
