"""Which sections an act concerns: a handler limited to chapters changes nothing outside of them."""

from __future__ import annotations

from consult.domain.consultation import UNASSIGNED
from consult.domain.errors import NotFound
from consult.services.office import Office
from consult.store import comments, consultations, families, theme_decisions, themes


def sections_of(office: Office, *, slug: str, kind: str, number: int) -> set[str]:
    """Return the sections of a comment (``comments``), a family, a theme, a theme decision.

    What does not exist has none: the act itself says so.
    """
    db = office.store.db
    try:
        identifier, _ = consultations.find(db, slug)
        if kind == "comments":
            comment, _ = comments.one(db, identifier, number)
            return {comment.section}
        if kind == "families":
            members = families.one(db, identifier, number).members
            return {comment.section for comment in comments.by_numbers(db, identifier, members)}
        touched = (number,) if kind == "themes" else theme_decisions.themes_of(db, number)
        return {themes.one(db, identifier, theme)[0].section for theme in touched}
    except NotFound:
        return {UNASSIGNED}
