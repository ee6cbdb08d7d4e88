"""How values become columns and back: instants as UTC text, tuples and mappings as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any, Final

from consult.domain.aim import Aim, Direction
from consult.domain.amendment import Amendment, AmendmentKind, Lookup
from consult.domain.comment import Evidence
from consult.domain.consultation import Indicator, Plan, Section
from consult.domain.knowledge import Concept, Exemplar, Thesaurus
from consult.domain.lexicon import FigureWords, Lexicon, Opposite, SectionWords

NONE = "[]"  # an empty list, which most comments have
_MOST_SHARES: Final = 20_000  # twice the weights of four decimals; most weights are such
_MOST_PLACES: Final = 20_000  # characters of all but the longest texts
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_text(moment: datetime) -> str:
    """Write an aware instant as UTC, always with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_instant(text: str) -> datetime:
    """Read what :func:`to_text` wrote."""
    return datetime.fromisoformat(text)


def dump(value: object) -> str:
    """Write JSON in one canonical form: sorted keys, no spaces, Chinese as it is."""
    return _ENCODER.encode(value)


def load(text: str) -> Any:
    """Read JSON."""
    return json.loads(text)


def dump_plan(plan: Plan) -> str:
    """Write the tree of a plan."""
    return dump(asdict(plan))


@lru_cache(maxsize=8)
def load_plan(text: str) -> Plan:
    """Read the tree of a plan."""
    data = load(text)
    return Plan(
        title=data["title"],
        chapters=tuple(_section(item) for item in data["chapters"]),
        lead=tuple(data["lead"]),
        lead_summary=data["lead_summary"],
        indicators=tuple(Indicator(**item) for item in data["indicators"]),
    )


def _section(data: Mapping[str, Any]) -> Section:
    below = tuple(_section(item) for item in data["sections"])
    return Section(**{**data, "paragraphs": tuple(data["paragraphs"]), "sections": below})


def dump_lexicon(lexicon: Lexicon) -> str:
    """Write a lexicon."""
    return dump(asdict(lexicon))


@lru_cache(maxsize=8)
def load_lexicon(text: str) -> Lexicon:
    """Read a lexicon."""
    data = load(text)
    return Lexicon(
        version=data["version"],
        words=tuple(data["words"]),
        sections={
            code: SectionWords(tuple(words["terms"]), tuple(words["everyday"]))
            for code, words in data["sections"].items()
        },
        general=tuple(data["general"]),
        offplan=tuple(data["offplan"]),
        opposites=tuple(
            Opposite(tuple(item["a"]), tuple(item["b"]), item["reason"])
            for item in data["opposites"]
        ),
        figures=tuple(
            FigureWords(
                section=item["section"],
                names=tuple(item["names"]),
                figures=tuple(item["figures"]),
                number=item["number"],
            )
            for item in data["figures"]
        ),
    )


def dump_thesaurus(thesaurus: Thesaurus) -> str:
    """Write a thesaurus."""
    return dump(asdict(thesaurus))


def load_thesaurus(text: str) -> Thesaurus:
    """Read a thesaurus; an empty one from nothing."""
    if not text:
        return Thesaurus()
    data = load(text)
    concepts = (
        Concept(item["id"], item["field"], tuple(item["policy"]), tuple(item["everyday"]))
        for item in data["concepts"]
    )
    return Thesaurus(data["version"], tuple(concepts))


def dump_exemplars(exemplars: Sequence[Exemplar]) -> str:
    """Write exemplars as pairs of section and text."""
    return dump([[exemplar.section, exemplar.text] for exemplar in exemplars])


def load_exemplars(text: str) -> tuple[Exemplar, ...]:
    """Read exemplars; none from nothing."""
    pairs = load(text) if text else ()
    return tuple(Exemplar(words, section) for section, words in pairs)


def dump_evidence(evidence: Sequence[Evidence]) -> str:
    """Write the reasons of a link as lists, in the order of the fields: what ``dump`` gives.

    A run writes a million of them for 100,000 comments, and an encoder of any value takes six times
    as long for these.
    """
    share, place = _SHARES, _PLACES
    rows = [
        f'["{kind}",{_quoted(text)},{_quoted(shown)},{place[start]},{place[end]},{share[weight]}]'
        for kind, text, shown, start, end, weight in evidence
    ]
    return f"[{','.join(rows)}]"


class _Shares(dict[float, str]):
    """Weights as they are written, with four decimals; each is worked out when first seen."""

    def __missing__(self, weight: float) -> str:
        written = repr(round(weight, 4))
        if weight > 0 and len(self) < _MOST_SHARES:  # 0.0 and -0.0 would be one key
            self[weight] = written
        return written


_SHARES: Final = _Shares()


class _Places(dict[int, str]):
    """Places in texts as they are written: looked up in half of the time of writing one."""

    def __missing__(self, place: int) -> str:
        written = str(place)
        if len(self) < _MOST_PLACES:
            self[place] = written
        return written


_PLACES: Final = _Places()


class _Rounded(dict[float, float]):
    """Numbers with four decimals; each is rounded when first seen, which takes 0.3 µs."""

    def __missing__(self, number: float) -> float:
        rounded = round(number, 4)
        if number > 0 and len(self) < _MOST_SHARES:
            self[number] = rounded
        return rounded


ROUNDED: Final = _Rounded()


def dump_amendments(amendments: Sequence[Amendment]) -> str:
    """Write amendments as lists, in the order of the fields."""
    if not amendments:
        return NONE
    return dump(
        [
            [a.kind, a.old, a.new, a.start, a.end, a.where, a.before, a.lookup, a.section]
            for a in amendments
        ]
    )


def load_amendments(text: str) -> tuple[Amendment, ...]:
    """Read amendments."""
    if text == NONE:
        return ()
    return tuple(
        Amendment(AmendmentKind(kind), old, new, start, end, where, before, Lookup(lookup), section)
        for kind, old, new, start, end, where, before, lookup, section in load(text)
    )


def dump_aims(aims: Sequence[Aim]) -> str:
    """Write aims as lists, in the order of the fields."""
    if not aims:
        return NONE
    return dump([[a.direction, a.subject, a.before, a.asked, a.start, a.end] for a in aims])


def load_aims(text: str) -> tuple[Aim, ...]:
    """Read aims."""
    if text == NONE:
        return ()
    return tuple(Aim(Direction(direction), *rest) for direction, *rest in load(text))


def load_evidence(text: str) -> tuple[Evidence, ...]:
    """Read the reasons of a link."""
    return tuple(Evidence(*item) for item in load(text))
