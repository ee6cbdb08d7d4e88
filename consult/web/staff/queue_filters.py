"""The filters of the queue as they stand in an address, and back again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from consult.domain.comment import Channel, Kind, Speaker
from consult.domain.consultation import UNASSIGNED, Plan, Window
from consult.domain.queue import Certainty, Copies, Order, Place, Progress, Wanted
from consult.domain.text import single_line
from consult.domain.triage import Disposition
from consult.services.plan_order import ordered_codes

NONE: Final = "unassigned"  # stands for the empty code in an address
UNKNOWN: Final = "unknown"  # stands for a speaker who did not say
LONGEST: Final = 200  # characters of a search
# Name in the address → the attribute it sets and the vocabulary its value is from.
CHOICES: Final[dict[str, tuple[str, type[StrEnum]]]] = {
    "status": ("progress", Progress),
    "answer": ("disposition", Disposition),
    "channel": ("channel", Channel),
    "speaker": ("speaker", Speaker),
    "kind": ("kind", Kind),
    "sure": ("certainty", Certainty),
    "copies": ("copies", Copies),
}
SWITCHES: Final[dict[str, str]] = {"files": "attached", "held": "held", "read": "opened"}
_NUMBERS: Final = ("family", "theme")
_WORDS: Final = ("tag", "handler")
NAMES: Final = (
    "section", *CHOICES, *SWITCHES, *_NUMBERS, *_WORDS, "from", "to", "q", "sort",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address asks of the queue; ``values`` are the parts that are understood.

    ``ignored`` names those that are not; ``wanted`` lacks the words of the search ``query``.
    """

    values: Mapping[str, str]
    wanted: Wanted
    order: Order
    query: str
    ignored: tuple[str, ...] = field(default=())

    def address(self, **changes: object) -> str:
        """Return the query of an address with some parts changed; blank ones are left out."""
        put = {**self.values, **{name.rstrip("_"): str(v) for name, v in changes.items()}}
        return urlencode({name: value for name, value in put.items() if value})

    @property
    def detailed(self) -> bool:
        """Whether more is filtered than what always stands on the page."""
        return bool(self.values.keys() - {"section", "theme", "family", "q", "status", "sort"})

    @property
    def plain(self) -> bool:
        """Whether nothing is filtered."""
        return not self.values.keys() - {"sort"}


def read_filters(
    given: Mapping[str, str], plan: Plan, window: Window, *, threshold: float
) -> Filters:
    """Understand an address; what is blank asks for nothing, what is unknown is told."""
    parts = {name: single_line(given.get(name, ""), strict=False)[:LONGEST] for name in NAMES}
    values: dict[str, str] = {}
    found: dict[str, Any] = {}
    ignored = []
    readers = _readers(plan, window)
    for name, text in parts.items():
        if not text:
            continue
        value = readers[name](text)
        if value is None:
            ignored.append(name)
        else:
            values[name] = text
            found |= value
    order = found.pop("order", Order.THEME)
    query = found.pop("query", "")
    return Filters(values, Wanted(threshold=threshold, **found), order, query, tuple(ignored))


Reader = Callable[[str], dict[str, Any] | None]


def _readers(plan: Plan, window: Window) -> dict[str, Reader]:
    readers: dict[str, Reader] = {name: _choice(*CHOICES[name]) for name in CHOICES}
    readers |= {name: _switch(SWITCHES[name]) for name in SWITCHES}
    readers |= {name: _number(name) for name in _NUMBERS}
    readers |= {name: _same(name) for name in (*_WORDS,)}
    zone = ZoneInfo(window.timezone)
    return readers | {
        "section": lambda text: _sections(text, plan),
        "from": lambda text: _day(text, "since", zone, 0),
        "to": lambda text: _day(text, "until", zone, 1),
        "q": _same("query"),
        "sort": _choice("order", Order),
    }


def _choice(attribute: str, kind: type[StrEnum]) -> Reader:
    def read(text: str) -> dict[str, Any] | None:
        value = "" if kind is Speaker and text == UNKNOWN else text
        known = value in {str(item) for item in kind} and (value or kind is Speaker)
        return {attribute: kind(value)} if known else None

    return read


def _switch(attribute: str) -> Reader:
    return lambda text: {attribute: text == "1"} if text in {"0", "1"} else None


def _number(attribute: str) -> Reader:
    def read(text: str) -> dict[str, Any] | None:
        plain = text.isascii() and text.isdigit() and len(text) < 10
        return {attribute: int(text)} if plain else None

    return read


def _same(attribute: str) -> Reader:
    return lambda text: {attribute: text}


def _sections(text: str, plan: Plan) -> dict[str, Any] | None:
    """Return a section with all below it."""
    code = UNASSIGNED if text == NONE else text
    codes = ordered_codes(plan)
    if code not in codes:
        return None
    return {"sections": tuple(c for c in codes if c == code or (code and c.startswith(f"{code}.")))}


def _day(text: str, attribute: str, zone: ZoneInfo, later: int) -> dict[str, Any] | None:
    try:
        day = date.fromisoformat(text) + timedelta(days=later)
        return {attribute: datetime.combine(day, time.min, zone)}
    except (ValueError, OverflowError):
        return None


def place_of(text: str) -> Place | None:
    """Read a place in the queue out of an address; None for anything else."""
    parts = text.split("~")
    plain = len(parts) == 3 and all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts[1:])
    return Place(parts[0][:40], int(parts[1]), int(parts[2])) if plain else None


def place_text(place: Place) -> str:
    """Write a place in the queue for an address."""
    return f"{place.key}~{place.theme}~{place.number}"
