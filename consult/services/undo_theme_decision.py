"""Undo a decision about themes: a further event, after which things stand as before it."""

from __future__ import annotations

from typing import TypedDict, cast

from consult.domain.errors import Conflict, NotFound
from consult.domain.text import single_line
from consult.domain.theme import ThemeState
from consult.domain.triage import Event
from consult.services.office import Office
from consult.services.theme_decision import LISTED, LONGEST_WHY
from consult.store import consultations, events, theme_decisions, themes


class _State(TypedDict):
    """What an event holds: state and staff's label by theme; theme, pin and their comments."""

    themes: dict[str, tuple[str, str]]
    members: list[tuple[int | None, int | None, list[int]]]


def undo_theme_decision(
    office: Office, *, slug: str, event: int, actor: str, why: str = ""
) -> None:
    """Undo one decision; comments that are listed no more are left alone.

    Raises ``NotFound("theme.no-decision")`` for what is no decision about themes of this
    consultation or is undone already, and ``Conflict("theme.followed")`` when a later one
    touched the same themes: that one has to be undone first.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if not theme_decisions.standing(db, identifier, event):
            raise NotFound("theme.no-decision", event=event)
        later = theme_decisions.later(db, event)
        if later:
            raise Conflict("theme.followed", event=event, later=later)
        (decision,) = events.some(db, [event])
        _restore(office, decision)
        events.add(
            db,
            at=office.clock(),
            actor=actor,
            verb="theme-undone",
            subject=decision.subject,
            why=single_line(why)[:LONGEST_WHY],
            after={"event": event, "verb": decision.verb},
            consultation=identifier,
        )
        theme_decisions.undo(db, event, by=events.last(db))
        themes.touch(db, theme_decisions.themes_of(db, event))


def _restore(office: Office, decision: Event) -> None:
    """Bring back the states and places that stand in the event."""
    db = office.store.db
    before = cast("_State", decision.before)
    present = themes.standing(db, [int(theme) for theme in before["themes"]])
    for number, (state, label) in before["themes"].items():
        if int(number) in present:
            themes.set_standing(db, int(number), ThemeState(state), label)
    groups = before["members"]
    known = themes.standing(db, {theme for theme, _, _ in groups if theme is not None})
    home = {theme: section for theme, (state, _, section) in known.items() if state in LISTED}
    for place, pin, numbers in groups:
        for comment, (_, _, section) in themes.places(db, numbers).items():
            stands = place is not None and home.get(place) == section
            themes.set_members(db, [(place if stands else None, pin, comment)])
