"""The window (征求时间) in the words of a notice: the forms used in practice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from consult.domain.consultation import Window
from consult.intake.draft_numerals import NUMERAL, number_of

_DAY = (
    r"(?:(?P<y{0}>20[0-9]{{2}})\s*[年./-]\s*)?"
    r"(?P<m{0}>[0-9]{{1,2}})\s*[月./-]\s*(?P<d{0}>[0-9]{{1,2}})\s*日?(?:\([^()]{{1,6}}\))?"
)
# The second day of a range may leave out its month as well: 9月1日至30日.
_MONTH = r"(?P<m2>[0-9]{1,2})\s*[月./-]"
_SECOND = _DAY.format(2).replace(_MONTH, f"(?:{_MONTH})?")
_LENGTH = rf"(?P<length>[0-9{NUMERAL}]{{1,4}})\s*(?P<unit>个?工作日|个?自然日|日|天|个月)"
_TO = r"\s*(?:起|开始)?\s*(?:至|到|-{1,2}|—{1,2}|–|~)\s*"
# Where dates are those of the consultation and not of something the plan talks about.
_ABOUT = re.compile("征求|征集|意见|反馈|公示|截止|建议")
_LONGEST_TITLE = 30  # characters
_SENTENCE = re.compile(r"[^。\n]+")


@dataclass(frozen=True, slots=True)
class Found:
    """The window read from a notice, or why none was; ``note`` is for the person publishing."""

    window: Window | None = None
    note: str = ""


def find_window(text: str, published: date | None) -> Found:
    """Return the window a notice states; ``published`` gives years and first days left unsaid.

    Both days are included; "前" includes the day it names, as offices use it.
    """
    sentences = list(_about(text))
    for pattern, read, _ in FORMS:
        for sentence in sentences:
            for found in pattern.finditer(sentence):
                result = read(found, published)
                if result and result.window and result.window.opens <= result.window.closes:
                    return result
    counted = any("工作日" in sentence for sentence in sentences)
    return Found(note="公告按工作日写明期限，无法推算，请另行给出起止日期" if counted else "")


def _about(text: str) -> Iterator[str]:
    """Yield the sentences that speak of the consultation, or stand below a title that does."""
    plain = unicodedata.normalize("NFKC", text)
    title = ""
    for found in _SENTENCE.finditer(plain):
        sentence = found.group()
        if _ABOUT.search(sentence) or _ABOUT.search(title):
            yield sentence
        title = sentence if len(sentence) <= _LONGEST_TITLE else ""


def _range(found: re.Match[str], published: date | None) -> Found | None:
    year = int(found["y1"]) if found["y1"] else (published.year if published else 0)
    opens = day_of(year, found["m1"], found["d1"])
    month = found["m2"] or found["m1"]
    later = opens is not None and not found["y2"] and int(month) < opens.month
    closes = day_of(int(found["y2"] or year + later), month, found["d2"])
    return Found(Window(opens, closes)) if opens and closes else None


def _length(found: re.Match[str], published: date | None) -> Found | None:
    named = found.groupdict().get("m1")
    opens = published
    if named:
        year = int(found["y1"] or (published.year if published else 0))
        opens = day_of(year, found["m1"], found["d1"])
    length = number_of(found["length"])
    if not opens or not length or "工作日" in found["unit"] or found["unit"] == "个月":
        return None
    closes = opens + timedelta(days=length - 1)
    return Found(Window(opens, closes), f"征求意见期限按公告的{length}日推算，首日计入")


def _deadline(found: re.Match[str], published: date | None) -> Found | None:
    if not published:
        return None
    closes = day_of(int(found["y1"] or published.year), found["m1"], found["d1"])
    if closes and closes < published and not found["y1"]:
        closes = day_of(published.year + 1, found["m1"], found["d1"])
    note = "公告只写了截止日期，起始日期取公告发布日期"
    return Found(Window(published, closes), note) if closes else None


def day_of(year: int, month: str, day: str) -> date | None:
    """Return a date, or None for one that does not exist."""
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


_Reader = Callable[[re.Match[str], "date | None"], "Found | None"]
_FIRST = _DAY.format(1)
# The surest form first: both days, a day and a length, a length after publication, a last day.
FORMS: Final[tuple[tuple[re.Pattern[str], _Reader, str], ...]] = (
    (re.compile(_FIRST + _TO + _SECOND), _range, "2022年9月26日至10月25日"),
    (
        re.compile(rf"[自从]\s*{_FIRST}\s*(?:之日)?起\s*(?:的)?\s*{_LENGTH}"),
        _length,
        "自2022年9月26日起30日内",
    ),
    (
        re.compile(rf"(?:公布|发布|公示|公告|刊登|登载)\s*(?:之日)?起\s*(?:的)?\s*{_LENGTH}"),
        _length,
        "自公告发布之日起30日内",
    ),
    (re.compile(rf"截止[^0-9]{{0,12}}{_FIRST}"), _deadline, "截止时间：2022年10月25日"),
    (
        re.compile(rf"{_FIRST}[^0-9]{{0,6}}(?:[0-9]{{1,2}}[:时][0-9]{{0,2}}\s*)?(?:以|之)?前"),
        _deadline,
        "请于10月25日前反馈",
    ),
    (
        re.compile(rf"{_FIRST}\s*(?:[0-9]{{1,2}}[:时][0-9]{{0,2}}\s*)?(?:截止|为止|止)"),
        _deadline,
        "10月25日截止",
    ),
)
