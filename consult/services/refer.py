"""Follow up what was handed to other offices (转办)."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.decision import Decision, Target
from consult.domain.desk import Referral, ReferralState
from consult.domain.errors import InputRefused, NotFound
from consult.domain.text import normalise
from consult.domain.triage import Disposition
from consult.services.office import Office
from consult.store import comments, consultations, decisions, desk, events

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A matter handed on: the decision, how it begins, and how far the other office is."""

    decision: Decision
    text: str
    referral: Referral


def referrals(office: Office, *, slug: str) -> tuple[ReferralLine, ...]:
    """Return all current decisions that hand something on, what is open first, by office."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        noted = desk.referrals(db, identifier)
        found = [
            decision
            for decision in decisions.of_disposition(db, identifier, Disposition.FORWARDED)
            if decision.covers
        ]
        first = [decision.covers[0] for decision in found]
        texts = {c.number: c.text for c in comments.by_numbers(db, identifier, first)}
        lines = [
            ReferralLine(d, texts.get(d.covers[0], ""), noted.get(d.target.subject, Referral()))
            for d in found
        ]
    order = list(ReferralState)
    return tuple(
        sorted(lines, key=lambda x: (order.index(x.referral.state), x.decision.ruling.office))
    )


def note_referral(
    office: Office, *, slug: str, target: Target, state: ReferralState, note: str, actor: str
) -> None:
    """Write how far a matter is with the other office; the history keeps every state.

    Raises ``NotFound("referral.unknown")`` for what is not handed on, and ``InputRefused``:
    ``referral.note`` when it is answered or closed without a word on how.
    """
    note = normalise(note).strip()
    if state in {ReferralState.REPLIED, ReferralState.CLOSED} and not note:
        raise InputRefused("referral.note", field="note")
    if len(note) > LONGEST_NOTE:
        raise InputRefused("line.too-long", field="note", length=len(note), limit=LONGEST_NOTE)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        decision = decisions.current(db, target)
        known = decision is not None and comments.by_numbers(db, identifier, decision.covers[:1])
        if (
            not known
            or decision is None
            or decision.ruling.disposition is not Disposition.FORWARDED
        ):
            raise NotFound("referral.unknown")
        before = desk.referrals(db, identifier).get(target.subject, Referral())
        now = office.clock()
        desk.note_referral(db, identifier, target.subject, Referral(state, note, actor), now=now)
        events.add(
            db, at=now, actor=actor, verb="referral-noted", subject=target.subject,
            before={"state": before.state.value}, after={"state": state.value},
            consultation=identifier,
        )  # fmt: skip
