"""Matches the sections of two versions of a plan by title and text: a proposal for staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from consult.analysis.normalise import fold
from consult.domain.consultation import Plan, Section
from consult.domain.plan_match import Match, MatchKind

# Below this two sections have too little in common to be one (chosen: half of title and text).
_LEAST: Final = 0.5
_LONGEST: Final = 3000  # characters of a section that are compared
_SAME_PLACE: Final = 0.02  # breaks a tie between equals, and no more


def match_plans(old: Plan, new: Plan) -> tuple[Match, ...]:
    """Return a match for every section of both, in the order of the old plan, then what is new.

    Chapters are matched with chapters and leaves with leaves, best pairs first; equal ones by
    place. Independent of everything but the two plans.
    """
    found: list[Match] = []
    for leaves in (True, False):
        found += _matched(_nodes(old, leaves=leaves), _nodes(new, leaves=leaves))
    order = [node.code for node in old.walk()]
    fresh = [node.code for node in new.walk()]
    rank = {code: place for place, code in enumerate(order)}
    later = {code: len(order) + place for place, code in enumerate(fresh)}
    return tuple(sorted(found, key=lambda m: rank[m.before] if m.before else later[m.after]))


def kind_of(old: Section | None, new: Section | None) -> MatchKind:
    """Return what became of a section that staff paired with another one, or with none."""
    if old is None or new is None:
        return MatchKind.NEW if old is None else MatchKind.GONE
    if old.title != new.title or old.paragraphs != new.paragraphs:
        return MatchKind.CHANGED
    return MatchKind.SAME if old.code == new.code else MatchKind.MOVED


def likeness(old: Section, new: Section) -> float:
    """Return how alike two sections are, 0 to 1: half the title, half the text."""
    title = Indel.normalized_similarity(fold(old.title), fold(new.title))
    texts = [_text(node) for node in (old, new)]
    if not all(texts):
        return title
    return (title + Indel.normalized_similarity(*texts)) / 2


def _nodes(plan: Plan, *, leaves: bool) -> list[Section]:
    return [node for node in plan.walk() if bool(node.sections) is not leaves]


def _matched(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Match]:
    scored = [
        (likeness(a, b) + (_SAME_PLACE if a.code == b.code else 0), -i, -j, a, b)
        for i, a in enumerate(old) for j, b in enumerate(new)
    ]  # fmt: skip
    scored.sort(key=lambda item: item[:3], reverse=True)
    left, right = {n.code for n in old}, {n.code for n in new}
    for score, _i, _j, a, b in scored:
        if score >= _LEAST and a.code in left and b.code in right:
            left.discard(a.code)
            right.discard(b.code)
            yield Match(a.code, b.code, kind_of(a, b), round(min(score, 1.0), 3))
    yield from (Match(n.code, "", MatchKind.GONE) for n in old if n.code in left)
    yield from (Match("", n.code, MatchKind.NEW) for n in new if n.code in right)


def _text(node: Section) -> str:
    return fold("\n".join(node.paragraphs) or node.summary)[:_LONGEST]
