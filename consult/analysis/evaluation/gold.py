"""Reads labelled comments: one JSON object a line, checked before anything is measured on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from consult.domain.comment import Kind
from consult.domain.consultation import OFFPLAN
from consult.domain.errors import InputRefused

MULTI: Final = "multi"
CUES: Final = frozenset(
    {"explicit", "quote", "indicator", "paraphrase", "colloquial", MULTI, "none"}
)
_ALIASES: Final = {"offtopic": OFFPLAN}  # the files' word for our code
_TEXTS: Final = ("id", "text", "point", "kind", "cue")


@dataclass(frozen=True, slots=True)
class GoldPart:
    """One point of a text of several: its exact words, their place, and their section."""

    text: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A labelled comment. ``sections`` are our codes, most important first."""

    id: str
    text: str
    sections: tuple[str, ...]
    point: str
    kind: Kind
    cue: str
    parts: tuple[GoldPart, ...] = ()
    near_dup_of: str | None = None
    remainder: str | None = None


def read_gold(lines: Iterable[str | bytes]) -> tuple[GoldRow, ...]:
    """Return the labelled comments; blank lines are skipped.

    Raises ``InputRefused("gold.line")`` with the line number and what is wrong with it: no JSON
    object, a key missing or of the wrong type, a kind or cue that is not known, parts that are not
    in the text, an id given twice or copied from a line that is not there.
    """
    rows: list[GoldRow] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(_row(json.loads(line)))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise InputRefused("gold.line", line=number, reason=str(error)) from error
    _check_ids(rows)
    return tuple(rows)


def _row(item: Mapping[str, Any]) -> GoldRow:
    if not isinstance(item, dict):
        raise TypeError("not an object")
    for key in _TEXTS:
        if not isinstance(item[key], str):
            raise TypeError(f"{key} is no text")
    for key in ("near_dup_of", "remainder"):
        if not isinstance(item.get(key), str | None):
            raise TypeError(f"{key} is no text")
    sections = item["sections"]
    if not isinstance(sections, list) or not sections:
        raise ValueError("sections is no list with a code")
    if item["cue"] not in CUES:
        raise ValueError(f"unknown cue {item['cue']!r}")
    return GoldRow(
        id=item["id"],
        text=item["text"],
        sections=tuple(_code(code) for code in sections),
        point=item["point"],
        kind=Kind(item["kind"]),
        cue=item["cue"],
        parts=_parts(item["text"], item.get("parts") or ()),
        near_dup_of=item.get("near_dup_of"),
        remainder=item.get("remainder"),
    )


def _code(code: object) -> str:
    if not isinstance(code, str) or not code:
        raise ValueError(f"unknown code {code!r}")
    return _ALIASES.get(code, code)


def _parts(text: str, items: Iterable[Mapping[str, Any]]) -> tuple[GoldPart, ...]:
    """Find the parts in the text, in order."""
    found: list[GoldPart] = []
    done = 0
    for item in items:
        words = item["text"]
        start = text.find(words, done)
        if not words or start < 0:
            raise ValueError(f"part not in the text: {words!r}")
        done = start + len(words)
        found.append(GoldPart(words, start, done, _code(item["section"])))
    return tuple(found)


def _check_ids(rows: Iterable[GoldRow]) -> None:
    known: set[str] = set()
    for row in rows:
        if row.id in known:
            raise InputRefused("gold.line", line=row.id, reason="id given twice")
        known.add(row.id)
    for row in rows:
        if row.near_dup_of is not None and row.near_dup_of not in known:
            raise InputRefused("gold.line", line=row.id, reason=f"no line {row.near_dup_of}")


def read_opposites(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of opposite points: two point ids a line, with a tab between.

    Raises ``InputRefused("gold.opposites")`` with the number of a line that is no pair.
    """
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            names = line.strip().split("\t")
            if len(names) != 2:
                raise InputRefused("gold.opposites", line=number)
            pairs.append((names[0], names[1]))
    return tuple(pairs)
