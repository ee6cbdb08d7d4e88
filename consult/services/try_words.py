"""Try words and examples of a section before they are stored: which comments would move."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.comment import Comment, Link, Origin
from consult.domain.consultation import UNASSIGNED
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.prepare import SectionEdit, edited
from consult.services.train import train
from consult.store import comments, consultations

MOST = 300  # texts tried; all of them are counted


@dataclass(frozen=True, slots=True)
class Move:
    """A text that would go elsewhere; ``number`` is 0 for one that was typed to try."""

    number: int
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What an edit changes: of ``tried`` texts these would move; where typed ones go stands first.

    ``sharper`` and ``duller`` count texts whose section stays with more or less confidence.
    """

    tried: int
    moves: tuple[Move, ...]
    sharper: int
    duller: int
    typed: tuple[Move, ...]


def try_words(
    office: Office, *, slug: str, code: str, edit: SectionEdit, typed: tuple[str, ...] = ()
) -> Trial:
    """Map the newest comments and what was typed with the words of now and with the edited ones.

    Before there are comments, the example sentences of the other sections stand in for them.
    """
    db = office.store.db
    with office.store.read():
        identifier, known = consultations.find(db, slug)
        plan = consultations.plan(db, identifier)
        now = consultations.knowledge(db, identifier)
        found = comments.active(db, identifier)
    then = edited(now, code, edit, known.version)
    numbered = list({comment.text: comment.number for comment in found}.items())[-MOST:]
    if not numbered:
        numbered = [(e.text, 0) for e in now.exemplars if e.section != code][:MOST]
    texts = [text for text, _ in numbered] + list(typed)
    before, after = (_first(Mapping(plan, words), texts) for words in (now, then))
    pairs = list(zip(numbered, before, after, strict=False))
    moves = [Move(n, t, b.section, a.section) for (t, n), b, a in pairs if b.section != a.section]
    stay = [(b, a) for _, b, a in pairs if b.section == a.section]
    own = slice(len(numbered), None)
    return Trial(
        tried=len(numbered),
        moves=tuple(moves),
        sharper=sum(a.confidence > b.confidence + 0.005 for b, a in stay),
        duller=sum(a.confidence < b.confidence - 0.005 for b, a in stay),
        typed=tuple(
            Move(0, text, b.section, a.section)
            for text, b, a in zip(typed, before[own], after[own], strict=True)
        ),
    )


def _first(mapping: Mapping, texts: list[str]) -> list[Link]:
    """Return the first proposal for each text, by a mapper fitted in a process of its own."""
    nobody: tuple[Comment, ...] = ()
    mapper = train(mapping, nobody)
    nowhere = Link(UNASSIGNED, Origin.INFERRED, 0.0)
    return [place.links[0] if place.links else nowhere for place in mapper.place(texts)]
