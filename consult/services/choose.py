"""Read what a partial document is to be made of, and say it in words (筛选)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from consult.domain.comment import Speaker
from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.selection import Selection
from consult.domain.terms import CHANNELS, CODES, KINDS, SPEAKERS
from consult.services.plan_order import label_and_title, ordered_codes

_Term = TypeVar("_Term", bound=StrEnum)
_YEARS: Final = range(1900, 9999)
_UNKNOWN_SPEAKER: Final = "unknown"
_UNASSIGNED: Final = "unassigned"
_YES: Final = {"yes": True, "no": False, "是": True, "否": False}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a selection: its keys, its name, how its values are read."""

    keys: tuple[str, ...]
    name: str
    read: Callable[[Sequence[str], Plan], Mapping[str, object]]


def choose(given: Iterable[str], plan: Plan) -> Selection:
    """Read ``KEY=VALUE,VALUE`` parts; a key that comes again adds its values.

    Raises ``InputRefused``: ``filter.key``, ``filter.value``, ``filter.day``, ``filter.days``.
    """
    found: dict[str, list[str]] = {}
    for item in given:
        key, sign, values = item.partition("=")
        part = next((part for part in _PARTS if key.strip() in part.keys), None)
        if part is None or not sign:
            keys = "、".join(part.keys[0] for part in _PARTS)
            raise InputRefused("filter.key", field="filter", key=key.strip(), keys=keys)
        own = [value.strip() for value in values.replace("，", ",").split(",")]
        found.setdefault(part.name, []).extend(value for value in own if value)
    chosen: dict[str, object] = {}
    for part in _PARTS:
        if found.get(part.name):
            chosen |= part.read(found[part.name], plan)
    return Selection(**chosen)  # type: ignore[arg-type]


def words(selection: Selection, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Say what a selection holds: (what, which) for each part that is not left open."""
    said = (
        ("提出主体", [SPEAKERS[item] for item in selection.speakers]),
        ("渠道", [CHANNELS[item] for item in selection.channels]),
        ("意见类型", [KINDS[item] for item in selection.kinds]),
        ("章节", [_place(code, plan) for code in selection.places]),
        ("收到时间", [_days(selection.first, selection.last)]),
        ("身份", {None: [], True: ["可确认身份"], False: ["不能确认身份"]}[selection.identified]),
    )
    return tuple((name, "、".join(own)) for name, own in said if any(own))


def _place(code: str, plan: Plan) -> str:
    if code in CODES:
        return CODES[code]
    label, title = label_and_title(plan, code)
    return f"{label} {title}".strip()


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first.isoformat()}至{last.isoformat()}"
    if first:
        return f"{first.isoformat()}以后（含当日）"
    return f"{last.isoformat()}以前（含当日）" if last else ""


def _terms(
    name: str, part: str, terms: Mapping[_Term, str], others: Mapping[str, _Term] | None = None
) -> Callable[[Sequence[str], Plan], Mapping[str, object]]:
    known = {term.value: term for term in terms if term.value}
    known |= {shown: term for term, shown in terms.items()} | dict(others or {})

    def read(values: Sequence[str], _plan: Plan) -> Mapping[str, object]:
        for value in values:
            if value not in known:
                raise _refused(part, value, terms.values())
        chosen = {known[value] for value in values}
        return {name: tuple(term for term in terms if term in chosen)}

    return read


def _places(values: Sequence[str], plan: Plan) -> Mapping[str, object]:
    codes = ordered_codes(plan)
    known = {code: code for code in codes if code}
    known |= {plan.label(code): code for code in codes if code and code not in CODES}
    known |= {name: code for code, name in CODES.items()} | {_UNASSIGNED: ""}
    for value in values:
        if value not in known:
            raise _refused("章节", value, [code for code in codes if code])
    chosen = {known[value] for value in values}
    return {"places": tuple(code for code in codes if code in chosen)}


def _received(values: Sequence[str], _plan: Plan) -> Mapping[str, object]:
    """Read ``2022-10-01..2022-10-07``, either end open, or a single day."""
    first, dots, last = values[-1].partition("..")
    found = {"first": _day(first), "last": _day(last if dots else first)}
    if found["first"] and found["last"] and found["first"] > found["last"]:
        raise InputRefused("filter.days", field="received", first=first, last=last)
    return found


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        day = date.min
    if day is not None and day.year not in _YEARS:
        raise InputRefused("filter.day", field="received", value=text.strip())
    return day


def _identified(values: Sequence[str], _plan: Plan) -> Mapping[str, object]:
    for value in values:
        if value not in _YES:
            raise _refused("身份", value, ["是", "否"])
    chosen = {_YES[value] for value in values}
    return {"identified": chosen.pop() if len(chosen) == 1 else None}


def _refused(part: str, value: str, known: Iterable[str]) -> InputRefused:
    allowed = "、".join(known)
    return InputRefused("filter.value", field="filter", part=part, value=value, allowed=allowed)


_PARTS: Final = (
    _Part(("speaker", "提出主体"), "speakers",
          _terms("speakers", "提出主体", SPEAKERS, {_UNKNOWN_SPEAKER: Speaker.UNKNOWN})),
    _Part(("channel", "渠道"), "channels", _terms("channels", "渠道", CHANNELS)),
    _Part(("kind", "类型", "意见类型"), "kinds", _terms("kinds", "意见类型", KINDS)),
    _Part(("section", "章节"), "places", _places),
    _Part(("received", "收到", "收到时间"), "days", _received),
    _Part(("identified", "身份"), "identified", _identified),
)  # fmt: skip
