"""Four eyes (两人审定): see the rule, set it, and hold approvals to it."""

from __future__ import annotations

from consult.domain.decision import Target
from consult.domain.errors import Conflict, InputRefused
from consult.domain.eyes import EyesRule, FourEyes
from consult.domain.text import single_line
from consult.services.office import Office
from consult.store import consultations, events, writers

MAX_WHY = 500  # characters


def four_eyes(office: Office, *, slug: str) -> FourEyes:
    """Return the rule of a consultation; raises ``NotFound``."""
    identifier, _ = consultations.find(office.store.db, slug)
    return _known(office, identifier)


def set_four_eyes(office: Office, *, slug: str, rule: EyesRule, why: str, actor: str) -> FourEyes:
    """Set the rule of a consultation, as an event.

    Raises ``InputRefused("eyes.why")`` where it is switched off without a reason, ``NotFound``.
    """
    why = single_line(why)
    if rule is EyesRule.OFF and not why:
        raise InputRefused("eyes.why", field="why")
    if len(why) > MAX_WHY:
        raise InputRefused("line.too-long", field="why", length=len(why), limit=MAX_WHY)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        before = writers.rule(db, identifier)
        writers.set_rule(db, identifier, rule)
        events.add(
            db, at=office.clock(), actor=actor, verb="four-eyes-set",
            subject=f"consultation:{slug}", why=why, before={"four_eyes": before.value},
            after={"four_eyes": rule.value}, consultation=identifier,
        )  # fmt: skip
        return _known(office, identifier)


def wrote_it(office: Office, consultation: int, target: Target, *, actor: str) -> bool:
    """Tell whether somebody may not approve a decision because the words are their own.

    Whoever wrote any of it is barred; where that is everybody who can approve, who changed it last
    and who handed it in.
    """
    found = writers.of(office.store.db, target)
    if actor not in found.every:
        return False
    known = _known(office, consultation)
    if not known.needed:
        return False
    return actor in found.last or not found.every.issuperset(known.approvers)


def check(office: Office, consultation: int, target: Target, *, actor: str) -> None:
    """Raise ``Conflict("decision.own")`` where another person has to approve."""
    if wrote_it(office, consultation, target, actor=actor):
        raise Conflict("decision.own")


def _known(office: Office, consultation: int) -> FourEyes:
    db = office.store.db
    return FourEyes(writers.rule(db, consultation), writers.approvers(db, consultation))
