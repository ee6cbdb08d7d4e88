"""What stands around a comment on the page where it is worked with."""

from __future__ import annotations

from dataclasses import dataclass

from consult.analysis.remainder import remainders
from consult.domain.comment import Comment
from consult.domain.decision import Decision, Target
from consult.domain.desk import Phrase
from consult.domain.theme import Theme
from consult.services.browse import CommentRow, rows
from consult.services.handling import note_look
from consult.services.office import Office
from consult.store import (
    comments,
    consultations,
    cuts,
    decisions,
    desk,
    families,
    theme_opposites,
    themes,
)

NEAR = 5  # other comments of a theme and of a family that are shown


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """The copies of a comment's text: how many, some of the others, and what this one adds.

    ``added`` are the stretches (start, end) of the comment's own text that its base has not.
    """

    number: int
    size: int
    people: int
    base: int
    others: tuple[int, ...]
    added: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ThemePart:
    """The theme of a comment: its size, some others of it, and the themes that oppose it.

    Members of ``theme`` are left out: there may be thousands. ``opposite`` are pairs of a theme and
    its size.
    """

    theme: Theme
    size: int
    others: tuple[CommentRow, ...]
    opposite: tuple[tuple[Theme, int], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What a person needs beside a comment; ``decisions`` are those on comment, family, theme."""

    family: FamilyPart | None
    theme: ThemePart | None
    own: Decision | None
    on_family: Decision | None
    on_theme: Decision | None
    tags: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    parents: tuple[int, ...]

    def seen(self, kind: str) -> str:
        """Return the stamp of the decision on ``comment``, ``family`` or ``theme``."""
        found = {"comment": self.own, "family": self.on_family, "theme": self.on_theme}[kind]
        return str(found.id if found else 0)


def work_view(office: Office, *, slug: str, comment: Comment, looking: str = "") -> Work:
    """Return what stands around a comment, and note that staff have looked at it.

    ``looking`` is who has its page open and may change it.
    """
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.read():
        family, theme = comment.family or 0, comment.theme or 0
        found = Work(
            family=_family(office, identifier, comment),
            theme=_theme(office, identifier, comment),
            own=decisions.current(db, Target(comment=comment.number)),
            on_family=decisions.current(db, Target(family=family)) if family else None,
            on_theme=decisions.current(db, Target(theme=theme)) if theme else None,
            tags=desk.tags_of(db, [comment.number]).get(comment.number, ()),
            phrases=tuple(p for p in desk.phrases(db, identifier) if not p.retired),
            parents=cuts.parents(db, comment.number),
        )
    note_look(office, comment.number, looking, opened=True)
    return found


def gone_into(office: Office, *, slug: str, number: int) -> tuple[int, ...]:
    """Return what became of a comment that is listed no more because staff cut or joined it."""
    identifier, _ = consultations.find(office.store.db, slug)
    found = cuts.children(office.store.db, number)
    return tuple(c.number for c in comments.by_numbers(office.store.db, identifier, found))


def _family(office: Office, consultation: int, comment: Comment) -> FamilyPart | None:
    if comment.family is None:
        return None
    db = office.store.db
    base, size, people, some = families.around(
        db, consultation, comment.family, but=comment.number, limit=NEAR
    )
    text = next((c.text for c in comments.by_numbers(db, consultation, [base])), "")
    added = remainders(text, comment.text) if base != comment.number and text else ()
    return FamilyPart(comment.family, size, people, base, some, added)


def _theme(office: Office, consultation: int, comment: Comment) -> ThemePart | None:
    if comment.theme is None:
        return None
    db = office.store.db
    theme, size = themes.brief(db, consultation, comment.theme)
    members = themes.first_members(db, consultation, comment.theme, limit=NEAR + 1)
    near = [number for number in (theme.central, *members) if number != comment.number]
    others = comments.by_numbers(db, consultation, list(dict.fromkeys(near))[:NEAR])
    opposite = theme_opposites.of(db, consultation, comment.theme)
    return ThemePart(
        theme=theme,
        size=size,
        others=rows(office, consultation, others) if others else (),
        opposite=tuple(themes.brief(db, consultation, other) for other in opposite),
    )
