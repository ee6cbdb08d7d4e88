"""Finds the amendments that a comment asks for: which words of the draft, and what instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from consult.analysis.amendments_draft import DraftWords
from consult.analysis.amendments_forms import FORMS, SLIP, WHERE, Form
from consult.analysis.amendments_quotes import ANY_QUOTE, CLOSE, OPEN, quoted
from consult.analysis.normalise import fold
from consult.analysis.point_screen import SCREEN, Look, Seen, look_at
from consult.domain.amendment import Amendment, AmendmentKind, Lookup

MOST: Final = 50  # of one comment; more is a new draft, and is read as a whole
_MOST_READ: Final = 4 * MOST
_QUOTE: Final = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]+){CLOSE}")
_CUTS: Final = re.compile(r"删|去掉|拿掉|划")
_NOT: Final = re.compile(
    r"(?:不(?:应该?|宜|要|能|得|可|必|该)?|别|勿|莫|反对|没有?必要)(?:轻易|随意|再)?$"
)
_NEAR: Final = 8  # characters in front of a verb that may negate it
_AROUND: Final = 80  # characters around a request in which it may be called a slip
_END: Final = "。!?;\n"
_FIGURE: Final = re.compile(
    r"\d|[一二三四五六七八九十百千两]+(?:个|家|名|人|岁|周岁|年|%|成|倍|万|亿)"
)
_JOINT: Final = re.compile(r"^[的中里,、:]+|[的中里,、:]+$")
# How an unquoted replacement trails off; none of it is meant for the draft.
_TAIL: Final = re.compile(
    r"(?:(?:比较|更加?|较)为?(?:合适|妥当|合理|好些?|准确|恰当|贴切|妥)|为[好宜妥]|就行|即可|吧|嘛)$"
)
_FORMS: Final = tuple((form, SCREEN.need(form.pattern)) for form in FORMS)
_QUOTE_NEED: Final = SCREEN.need(ANY_QUOTE)
_ALIKE: Final = 0.5  # share of the longer word's characters from which an erratum is one


@dataclass(frozen=True)
class _Reading:
    """A comment as it is read: as received, with quotes marked, and the places cited in it."""

    text: str
    marked: str
    draft: DraftWords | None

    @cached_property
    def places(self) -> tuple[tuple[int, str], ...]:
        """The cited places with where they start; looked for only where something is asked."""
        found = WHERE.finditer(self.marked)
        return tuple((match.start(), self.text[match.start() : match.end()]) for match in found)

    def where(self, before: int) -> str:
        """Return the last place of the draft cited before a position."""
        at = bisect_right(self.places, (before, ""))
        return self.places[at - 1][1] if at else ""

    def cited_beside(self, match: re.Match[str]) -> bool:
        """Tell whether a place of the draft is cited in the sentence of a match."""
        start = max(self.marked.rfind(mark, 0, match.start()) for mark in _END)
        return WHERE.search(self.marked, start + 1, match.end()) is not None


def find_amendments(
    text: str, draft: DraftWords | None = None, section: str = ""
) -> tuple[Amendment, ...]:
    """Return the amendments of a comment in the order of its text, at most ``MOST``.

    ``draft`` tells whether the words stand in the plan; ``section`` is what the comment concerns,
    preferred where words stand in several. Words without quotation marks count only where they are
    figures, stand in the draft, or a place of the draft is cited with them.
    """
    return amendments_in([look_at(text)], draft, [section])[0]


def amendments_in(
    looks: Sequence[Look], draft: DraftWords | None, sections: Sequence[str]
) -> list[tuple[Amendment, ...]]:
    """Return what :func:`find_amendments` does, of comments that were looked at."""
    every: list[tuple[Amendment, ...]] = [()] * len(looks)
    for place, forms in _held(looks).items():
        every[place] = _amendments(looks[place], forms, draft, sections[place])
    return every


def _held(looks: Sequence[Look]) -> dict[int, list[Form]]:
    """Return the forms that comments may hold, in the order of the table; most hold none."""
    seen = Seen(looks)
    quotes = {place for place, look in enumerate(looks) if OPEN in look.aligned}
    quotes.update(seen.holding(_QUOTE_NEED))
    held: dict[int, list[Form]] = {}
    for form, need in _FORMS:
        for place in seen.holding(need):
            if not form.quoted or place in quotes:
                held.setdefault(place, []).append(form)
    return held


def _amendments(
    look: Look, forms: Sequence[Form], draft: DraftWords | None, section: str
) -> tuple[Amendment, ...]:
    marked = quoted(look.aligned)
    fitting = [form for form in forms if _fits(form, marked)]
    if not fitting:
        return ()
    reading = _Reading(look.text, marked, draft)
    found = sorted(_read(reading, fitting), key=lambda item: (item.start, item.end))
    return tuple(_looked_up(item, draft, section) for item in found[:MOST])


def _fits(form: Form, marked: str) -> bool:
    """Tell whether a text is to be read for a form whose plain words it holds."""
    if form.quoted and OPEN not in marked:
        return False
    return not form.beside or any(word in marked for word in form.beside)


def _read(reading: _Reading, forms: Iterable[Form]) -> Iterator[Amendment]:
    """Yield what each form finds outside of what earlier forms have taken."""
    taken: list[tuple[int, int]] = []
    for form in forms:
        for match in form.pattern.finditer(reading.marked):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            made = [*_made(reading, form, match)]
            if made:
                taken.append(match.span())
                yield from made
            if len(taken) >= _MOST_READ:
                return


def _made(reading: _Reading, form: Form, match: re.Match[str]) -> Iterator[Amendment]:
    groups = match.groupdict()
    old, place = _old(reading, match) if groups.get("old") else ("", "")
    new = _new(reading, match) if groups.get("new") else ""
    if groups.get("place"):
        place = reading.text[slice(*match.span("place"))]
    if not form.quoted and not _is_of_draft(reading, form, match, old, new):
        return
    if form.kind is AmendmentKind.DELETE and _negated(reading.marked, match):
        return
    where = place or reading.where(match.start())  # last: it reads the whole text
    first = Amendment(
        kind=_kind(form, reading.marked, match),
        old=old,
        new=new,
        start=match.start(),
        end=match.end(),
        where=where,
        before="前" in (groups.get("side") or ""),
    )
    yield first
    if groups.get("more"):
        for item in _QUOTE.finditer(reading.marked, *match.span("more")):
            yield replace(first, old=reading.text[slice(*item.span(1))].strip())


def _old(reading: _Reading, match: re.Match[str]) -> tuple[str, str]:
    """Return the words of the draft and, where words led to them, the place: 第3页的X."""
    start, end = match.span("old")
    if reading.marked[start - 1 : start] == OPEN:
        return reading.text[start:end].strip(), ""
    start += max(reading.marked[start:end].rfind(word) + 1 for word in "从由")
    place = WHERE.match(reading.marked, start, end)
    if place is None or place.end() == end:
        return reading.text[start:end].strip(), ""
    words = _JOINT.sub("", reading.text[place.end() : end].strip())
    return words, reading.text[slice(*place.span())]


def _new(reading: _Reading, match: re.Match[str]) -> str:
    """Return the words to be put in, without what an unquoted ask trails off with."""
    start, end = match.span("new")
    words = reading.text[start:end].strip()
    return words if reading.marked[start - 1] == OPEN else _TAIL.sub("", words)


def _kind(form: Form, marked: str, match: re.Match[str]) -> AmendmentKind:
    """Return the kind of a form; near words like 错别字 a replacement corrects a slip."""
    around = (max(0, match.start() - _AROUND), match.end() + _AROUND)
    slip = form.kind is AmendmentKind.REPLACE and SLIP.search(marked, *around) is not None
    return AmendmentKind.CORRECT if slip else form.kind


def _is_of_draft(reading: _Reading, form: Form, match: re.Match[str], old: str, new: str) -> bool:
    """Tell whether words without quotation marks are words of the draft."""
    if form.kind is AmendmentKind.DELETE:
        return True
    if not old or not new:
        return False
    if form.kind is AmendmentKind.CORRECT:
        return old != new and _alike(old, new)
    if _FIGURE.search(old) and _FIGURE.search(new):
        return True
    if reading.draft is not None and reading.draft.official:
        return reading.draft.holds(old)
    return reading.cited_beside(match)


def _alike(one: str, other: str) -> bool:
    shared = len(set(fold(one)) & set(fold(other)))
    return shared >= _ALIKE * max(len(one), len(other))


def _negated(marked: str, match: re.Match[str]) -> bool:
    """Tell whether a deletion is what the writer does not want."""
    verb = _CUTS.search(marked, match.start(), match.end())
    place = verb.start() if verb else match.start()
    return _NOT.search(marked, max(0, place - _NEAR), place) is not None


def _looked_up(item: Amendment, draft: DraftWords | None, near: str) -> Amendment:
    if draft is None or not item.old:
        return item
    lookup, section = draft.look_up(item.old, near)
    return item if lookup is Lookup.UNCHECKED else replace(item, lookup=lookup, section=section)
