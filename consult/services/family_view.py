"""What staff see of families (雷同件): the list, and one with every wording against the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.analysis.diff import Piece, difference
from consult.domain.digest import FamilyFacts
from consult.domain.family import Member
from consult.services.browse import CommentRow, rows
from consult.services.family_facts import facts_of
from consult.services.office import Office
from consult.store import comments, consultations, families

_ADDED = 100  # additions listed on one page; each also stands in its section


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family in the list, with its base text."""

    facts: FamilyFacts
    text: str


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """One page of the list, the largest families first; ``page`` counts from 1."""

    lines: tuple[FamilyLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One way the text was sent: the comments that read so, and what it makes of the base text."""

    text: str
    numbers: tuple[int, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family with a page of its wordings, the most frequent first, and what was added to it.

    ``same`` are the comments that read like the base text.
    """

    facts: FamilyFacts
    base: CommentRow
    same: tuple[int, ...]
    wordings: tuple[Wording, ...]
    added: tuple[CommentRow, ...]
    page: int
    pages: int
    total: int


def family_list(office: Office, *, slug: str, page: int = 1, size: int = 50) -> FamilyPage:
    """Return a page of the families; raises ``NotFound`` for an unknown consultation."""
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    with office.store.read():
        total = families.count(db, identifier)
        page, pages = _page(page, total, size)
        chosen = families.largest(db, identifier, limit=size, offset=(page - 1) * size)
        found = [families.one(db, identifier, family) for family in chosen]
        facts = facts_of(office, found, consultation.window.timezone)
        texts = {
            c.number: c.text
            for c in comments.by_numbers(db, identifier, [family.base for family in found])
        }
        lines = tuple(FamilyLine(item, texts[item.base]) for item in facts)
        return FamilyPage(lines, page, pages, total)


def family_view(
    office: Office, *, slug: str, number: int, page: int = 1, size: int = 20
) -> FamilyView:
    """Return one family; raises ``NotFound("family.unknown")``."""
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    with office.store.read():
        family = families.one(db, identifier, number)
        (facts,) = facts_of(office, [family], consultation.window.timezone)
        (base,) = rows(office, identifier, comments.by_numbers(db, identifier, [family.base]))
        found = _wordings(families.members(db, [number])[number])
        same = found.pop(base.comment.text)
        page, pages = _page(page, len(found), size)
        chosen = list(found.items())[(page - 1) * size : page * size]
        added = comments.by_numbers(db, identifier, facts.added[:_ADDED])
        return FamilyView(
            facts=facts,
            base=base,
            same=same,
            wordings=tuple(
                Wording(text, numbers, difference(base.comment.text, text))
                for text, numbers in chosen
            ),
            added=rows(office, identifier, added),
            page=page,
            pages=pages,
            total=len(found),
        )


def _wordings(members: Sequence[Member]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of each wording, the most frequent first."""
    found: dict[str, list[int]] = {}
    for member in members:
        found.setdefault(member.text, []).append(member.number)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1]))
    return {text: tuple(numbers) for text, numbers in ordered}


def _page(page: int, total: int, size: int) -> tuple[int, int]:
    pages = max(1, -(-total // size))
    return min(max(1, page), pages), pages
