"""Claim (认领), hand over (移交) and give back comments; say whose a chapter is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from consult.domain.errors import Conflict, InputRefused
from consult.domain.member import SHARED
from consult.domain.text import single_line
from consult.domain.together import Assignment, Desk
from consult.domain.triage import Role
from consult.services.office import Office
from consult.store import comments, consultations, events, staff, together

_MAX_WHY = 500


def handlers(office: Office, *, slug: str) -> tuple[str, ...]:
    """Return who can work on comments of a consultation, by name."""
    found = []
    for row in staff.every(office.store.db):
        role = None if row.disabled else row.member.role_in(slug)
        if role is not None and role.allows(Role.HANDLER):
            found.append(row.username)
    return tuple(found)


def claim(office: Office, *, slug: str, number: int, actor: str, taking: bool = False) -> None:
    """Take a comment on; raises ``Conflict("assign.taken")`` when it is somebody else's.

    ``taking``: take it over all the same, having been told whose it is.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        comments.one(db, identifier, number)
        now = together.assigned(db, [number]).get(number)
        if now is not None and now.handler != actor and not taking:
            raise Conflict("assign.taken", handler=now.handler, number=number)
        _give(office, identifier, number, now, actor, now.due if now else None, actor, "")


def hand_over(
    office: Office, *, slug: str, numbers: Sequence[int], to: str, due: date | None = None,
    why: str = "", actor: str,
) -> int:  # fmt: skip
    """Give comments to somebody; an empty name gives them back to the chapter's handler.

    Returns how many changed hands. Raises ``InputRefused("assign.handler")`` for somebody who may
    not work on them.
    """
    why = single_line(why)[:_MAX_WHY]
    changed = 0
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        known = comments.by_numbers(db, identifier, tuple(numbers))
        before = together.assigned(db, [comment.number for comment in known])
        if to:
            _check(office, slug, to, [comment.section for comment in known])
        for comment in known:
            now = before.get(comment.number)
            if (now.handler if now else "", now.due if now else None) == (to, due):
                continue
            _give(office, identifier, comment.number, now, to, due, actor, why)
            changed += 1
    return changed


def set_desk(office: Office, *, slug: str, chapter: str, handler: str, due: date | None,
             actor: str) -> None:  # fmt: skip
    """Say whose a chapter is by default, and by which day it is to be answered.

    Raises ``InputRefused``: ``submission.section``, ``assign.handler``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        codes = {c.code for c in consultations.plan(db, identifier).chapters} | SHARED
        if chapter not in codes:
            raise InputRefused("submission.section", field="chapter", section=chapter[:40])
        if handler:
            _check(office, slug, handler, [chapter])
        before = together.desks(db, identifier).get(chapter, Desk())
        after = Desk(handler, due)
        if before == after:
            return
        together.set_desk(db, identifier, chapter, after)
        events.add(
            db, at=office.clock(), actor=actor, verb="desk-set", subject=f"chapter:{chapter}",
            before=_words(before), after=_words(after), consultation=identifier,
        )  # fmt: skip


def _check(office: Office, slug: str, name: str, sections: Sequence[str]) -> None:
    row = staff.find(office.store.db, name)
    able = name in handlers(office, slug=slug)
    if row is None or not able or not row.member.answers_for(slug, sections):
        raise InputRefused("assign.handler", field="to", handler=name[:60])


def _give(
    office: Office, consultation: int, number: int, before: Assignment | None, to: str,
    due: date | None, actor: str, why: str,
) -> None:  # fmt: skip
    db = office.store.db
    if to:
        together.assign(db, number, Assignment(to, due, actor, office.clock()))
    else:
        together.release(db, number)
    verb = "claimed" if to == actor else "handed-over" if to else "given-back"
    events.add(
        db, at=office.clock(), actor=actor, verb=verb, subject=f"comment:{number}", why=why,
        before=_words(Desk(before.handler, before.due) if before else Desk()),
        after=_words(Desk(to, due)), consultation=consultation,
    )  # fmt: skip


def _words(desk: Desk) -> dict[str, object]:
    return {"handler": desk.handler, "due": desk.due.isoformat() if desk.due else ""}
