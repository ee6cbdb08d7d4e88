"""Explain (说明理由) where a comment was brought: reasons, and their words marked on both sides.

Values only; pages and documents put them into words. What marks a text is computed here and never
stored: the texts themselves stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from consult.analysis.normalise import align
from consult.domain.comment import Comment, Evidence, Link, Origin
from consult.domain.consultation import Plan

MOST_KEYS: Final = 9  # proposals that have a key of their own
SUGGESTIONS: Final = 3  # offered to a person where the machine is not sure
# How far the first is before the second, in confidence (0 to 1). Of 527 labelled comments the first
# was right in 94 % of cases from CLEAR on, in 69 % between the two, in 47 % below CLOSE.
CLEAR: Final = 0.6
CLOSE: Final = 0.3
CONFLICT: Final = "conflict"
_OWN: Final = (Origin.CITED, Origin.INFERRED)
# Words that point to the same part of the plan share a reason; a citation has one of its own.
_SHARED: Final = frozenset({"lexicon", "concept"})
_ALIKE: Final = frozenset({"general", "offplan"})  # all their words say the same


class Distance(StrEnum):
    """How far the first section is before the next one."""

    CLEAR = "clear"
    SLIGHT = "slight"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Reason:
    """Evidence of one kind that belongs together, weightiest first; ``number`` counts from 1."""

    number: int
    kind: str
    items: tuple[Evidence, ...]

    @property
    def warns(self) -> bool:
        """Whether it speaks against the link: number and content contradict each other."""
        return self.kind == CONFLICT

    @property
    def apart(self) -> bool:
        """Whether the plan says it in other words than the comment."""
        return any(item.counterpart not in {"", item.text} for item in self.items)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text and the numbers of the reasons that mark it; none where nothing does."""

    text: str
    reasons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """The next proposal, and how much more confidence the first one has (0 to 1)."""

    link: Link
    lead: float

    @property
    def distance(self) -> Distance:
        """The lead in steps that have words."""
        if self.lead >= CLEAR:
            return Distance.CLEAR
        return Distance.SLIGHT if self.lead >= CLOSE else Distance.CLOSE


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the machine proposes ``link``.

    ``comment`` is the comment's text in pieces; ``section`` the title and the paragraphs of the
    plan that hold marked words, each in pieces, or its first paragraph where none does. ``rival``
    is None where nothing else came near.
    """

    link: Link
    reasons: tuple[Reason, ...]
    comment: tuple[Piece, ...]
    section: tuple[tuple[Piece, ...], ...]
    rival: Rival | None


def machine_links(comment: Comment) -> tuple[Link, ...]:
    """Return what the machine proposed, best first, whoever decided since.

    A choice of the citizen that the machine shares carries its reasons and counts.
    """
    links = (*comment.links, *comment.runners_up)
    found = [link for link in links if link.origin in _OWN or _shared_choice(link)]
    return tuple(sorted(found, key=lambda link: -link.confidence))


def _shared_choice(link: Link) -> bool:
    return link.origin is Origin.CHOSEN and bool(link.evidence)


def explain(comment: Comment, plan: Plan) -> Explanation | None:
    """Return why the machine proposes its first section; None where it proposes nothing."""
    links = machine_links(comment)
    if not links:
        return None
    link = links[0]
    reasons = grouped(link.evidence)
    rest = [other for other in links if other.section != link.section]
    return Explanation(
        link=link,
        reasons=reasons,
        comment=_marked(comment.text, list(_places(reasons, len(comment.text)))),
        section=_section(plan, link.section, reasons),
        rival=Rival(rest[0], link.confidence - rest[0].confidence) if rest else None,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """A comment beside the section it stands in, both in pieces with the same marks.

    ``section`` holds every paragraph of the plan's text (or our summary, ``official`` False).
    """

    reasons: tuple[Reason, ...]
    comment: tuple[Piece, ...]
    section: tuple[tuple[Piece, ...], ...]
    official: bool


def beside(comment: Comment, plan: Plan) -> Beside:
    """Return the comment and its whole section with the machine's words marked on both sides."""
    reasons = grouped(why(comment))
    node = plan.find(comment.section)
    texts = (node.paragraphs or ((node.summary,) if node.summary else ())) if node else ()
    return Beside(
        reasons=reasons,
        comment=_marked(comment.text, list(_places(reasons, len(comment.text)))),
        section=tuple(_marked(text, _found(text, reasons)) for text in texts),
        official=bool(node and node.paragraphs),
    )


def proposals(comment: Comment) -> tuple[Link, ...]:
    """Return the sections to choose from, the present ones first, then the machine's runners-up."""
    every: dict[str, Link] = {}
    for link in (*comment.links, *comment.runners_up):
        every.setdefault(link.section, link)
    return tuple(every.values())[:MOST_KEYS]


def why(comment: Comment) -> tuple[Evidence, ...]:
    """Return the machine's evidence for the section a comment is counted under, if it has any."""
    found = (link.evidence for link in machine_links(comment) if link.section == comment.section)
    return next(found, ())


def suggestions(comment: Comment, threshold: float) -> tuple[Link, ...]:
    """Return the proposals a person is asked about: those of a comment the machine is unsure of.

    Empty when somebody decided already, or when the machine reaches the threshold.
    """
    first = comment.links[0] if comment.links else None
    if first is None or first.origin not in _OWN or first.confidence >= threshold:
        return ()
    every: dict[str, Link] = {}
    for link in (*comment.links, *comment.runners_up):
        every.setdefault(link.section, link)
    return tuple(sorted(every.values(), key=lambda link: -link.confidence))[:SUGGESTIONS]


def grouped(evidence: Iterable[Evidence]) -> tuple[Reason, ...]:
    """Bring evidence that says the same together, in the order it was given, warnings first."""
    together: dict[tuple[str, object], list[Evidence]] = {}
    for position, item in enumerate(evidence):
        together.setdefault((item.kind, _shared(item, position)), []).append(item)
    groups = sorted(together.items(), key=lambda group: group[0][0] != CONFLICT)
    return tuple(
        Reason(number, kind, tuple(sorted(items, key=lambda item: -item.weight)))
        for number, ((kind, _), items) in enumerate(groups, 1)
    )


def _shared(item: Evidence, position: int) -> object:
    if item.kind == "terms":
        return item.counterpart not in {"", item.text}
    if item.kind in _ALIKE:
        return item.kind
    return item.counterpart if item.kind in _SHARED else position


def _places(reasons: Sequence[Reason], length: int) -> Iterable[tuple[int, int, int]]:
    for reason in reasons:
        for item in reason.items:
            if 0 <= item.start < item.end <= length:
                yield item.start, item.end, reason.number


def _marked(text: str, places: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Cut a text where marks begin and end; places may overlap."""
    edges = sorted({0, len(text), *(edge for start, end, _ in places for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        numbers = {number for first, last, number in places if first <= start and end <= last}
        pieces.append(Piece(text[start:end], tuple(sorted(numbers))))
    return tuple(pieces)


def _section(plan: Plan, code: str, reasons: Sequence[Reason]) -> tuple[tuple[Piece, ...], ...]:
    """Return what a section says in pieces: what holds marked words, else how it begins."""
    node = plan.find(code)
    if node is None:
        return ()
    texts = [node.title, *(node.paragraphs or ((node.summary,) if node.summary else ()))]
    pieces = [_marked(text, _found(text, reasons)) for text in texts]
    marked = [own for own in pieces if any(piece.reasons for piece in own)]
    return tuple(marked or pieces[1:2])


def _found(text: str, reasons: Sequence[Reason]) -> list[tuple[int, int, int]]:
    """Return where a text of the plan holds the counterpart of a reason, or its very words."""
    aligned = align(text)
    places = []
    for reason in reasons:
        if reason.warns:
            continue  # what it names stands in another section
        for item in reason.items:
            words = align(item.counterpart or item.text)
            start = aligned.find(words) if len(words) > 1 else -1
            if start >= 0:
                places.append((start, start + len(words), reason.number))
    return places
