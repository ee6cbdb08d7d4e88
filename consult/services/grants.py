"""Roles in single consultations: give one, limit a handler to chapters, take it away."""

from __future__ import annotations

from consult.domain.errors import InputRefused
from consult.domain.member import Grant
from consult.domain.triage import Role
from consult.services.office import Office
from consult.store import consultations, events, staff

# The house is administered, not a consultation: an administrator here would be one of nothing more.
GRANTED = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


def grant(office: Office, *, username: str, slug: str, given: Grant | None, actor: str) -> None:
    """Set the role of somebody in a consultation, or take it away (None). It holds at once.

    Raises ``InputRefused`` for chapters that the plan does not have or that limit another role
    than a handler's, ``NotFound`` for an unknown account or consultation.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        row = staff.known(db, username)
        if given is not None:
            _check(given, {c.code for c in consultations.plan(db, identifier).chapters})
        before = row.grants.get(slug)
        staff.grant(db, row.id, identifier, given)
        events.add(
            db, at=office.clock(), actor=actor, verb="role-granted" if given else "role-revoked",
            subject=f"staff:{username}", before=_words(before), after=_words(given),
            consultation=identifier,
        )  # fmt: skip


def _check(given: Grant, chapters: set[str]) -> None:
    if given.role not in GRANTED:
        raise InputRefused("grant.role", field="role")
    if given.chapters and given.role is not Role.HANDLER:
        raise InputRefused("grant.not-handler", field="chapters")
    for code in given.chapters:
        if code not in chapters:
            raise InputRefused("submission.section", field="chapters", section=code[:40])


def _words(given: Grant | None) -> dict[str, object]:
    return {"role": given.role.value, "chapters": list(given.chapters)} if given else {}
