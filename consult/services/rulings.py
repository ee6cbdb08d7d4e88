"""What a decision must hold before it is stored, and what it covers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any, Final

from consult.domain.consultation import Plan
from consult.domain.decision import CHANGING, Decision, Ruling, Target
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import normalise, single_line
from consult.domain.triage import Disposition
from consult.services.office import Office
from consult.store import codec, comments, decisions, families, themes

# Characters. A reason fills half a page at most: a public table has a row for each.
LIMITS: Final = {"reason": 1000, "answer": 2000, "office": 100, "change": 1000, "gist": 500}


def checked(ruling: Ruling, plan: Plan) -> Ruling:
    """Return the ruling as it is stored; raises ``InputRefused`` naming the field to correct."""
    tidy: dict[str, Any] = {name: normalise(getattr(ruling, name)).strip() for name in LIMITS}
    tidy["office"] = single_line(ruling.office)
    for name, text in tidy.items():
        if len(text) > LIMITS[name]:
            raise InputRefused("line.too-long", field=name, length=len(text), limit=LIMITS[name])
    ruling = replace(ruling, **tidy)
    if ruling.disposition is not Disposition.ADOPTED and not ruling.reason:
        raise InputRefused("decision.reason", field="reason")
    if ruling.disposition is Disposition.FORWARDED and not ruling.office:
        raise InputRefused("decision.office", field="office")
    if ruling.disposition is not Disposition.FORWARDED:
        ruling = replace(ruling, office="")
    _check_change(ruling, plan)
    return ruling


def _check_change(ruling: Ruling, plan: Plan) -> None:
    if not ruling.section and not ruling.change:
        return
    if ruling.disposition not in CHANGING:
        raise InputRefused("decision.unchanged", field="section")
    if plan.find(ruling.section) is None:
        raise InputRefused("decision.section", field="section")
    if not ruling.change:
        raise InputRefused("decision.change", field="change")


def covered(office: Office, consultation: int, target: Target) -> tuple[int, ...]:
    """Return the comments a decision on the target answers; raises ``NotFound``.

    A theme or family that a later run made anew under another id keeps the comments it was decided
    for.
    """
    db = office.store.db
    if target.comment:
        comments.one(db, consultation, target.comment)
        return (target.comment,)
    if members := _members(office, consultation, target):
        return members
    before = decisions.current(db, target)
    covers = before.covers if before else ()
    if not comments.by_numbers(db, consultation, covers[:1]):  # or it is another consultation's
        raise NotFound("family.unknown" if target.family else "theme.unknown")
    return covers


def _members(office: Office, consultation: int, target: Target) -> tuple[int, ...]:
    if target.theme:
        return themes.members(office.store.db, consultation, target.theme)
    try:
        return families.one(office.store.db, consultation, target.family).members
    except NotFound:
        return ()


def answered(
    office: Office, consultation: int, target: Target, exceptions: Collection[int]
) -> tuple[int, ...]:
    """Return what a decision covers when some comments are to be left out of it.

    Raises ``InputRefused("decision.nobody")`` when nothing is left, ``NotFound``.
    """
    covers = covered(office, consultation, target)
    if not exceptions or target.comment:
        return covers
    left = tuple(number for number in covers if number not in exceptions)
    if not left:
        raise InputRefused("decision.nobody", field="exceptions")
    return left


def seen_by(office: Office, target: Target, seen: str) -> Decision | None:
    """Return the current version; raises ``Conflict`` when it is not the one that was seen."""
    found = decisions.current(office.store.db, target)
    if str(found.id if found else 0) != seen:
        raise Conflict("decision.changed")
    return found


def trace(decision: Decision | None) -> dict[str, object]:
    """Return what the chain keeps of a version: its stage and a hash, so no words stay forever."""
    if decision is None:
        return {}
    words = [str(getattr(decision.ruling, field.name)) for field in fields(Ruling)]
    return {
        "stage": decision.stage.value,
        "disposition": decision.ruling.disposition.value,
        "comments": len(decision.covers),
        "sha256": hashlib.sha256(codec.dump(words).encode()).hexdigest(),
    }
