"""Prepare the demonstration: the shipped consultation with its sample comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consult.crypto.codes import new_code
from consult.domain.comment import NewSubmission, Refusal
from consult.domain.consultation import Consultation, Plan
from consult.domain.knowledge import Knowledge
from consult.domain.ledger import ImportReport
from consult.domain.triage import Role
from consult.services import accounts
from consult.services.import_items import import_items
from consult.services.office import Office
from consult.services.publish import publish
from consult.store import consultations

ACTOR = "demo"
USERNAME = "demo"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was prepared; the password is shown once and stored only as a hash."""

    username: str
    password: str
    report: ImportReport


def prepare(
    office: Office,
    *,
    consultation: Consultation,
    plan: Plan,
    knowledge: Knowledge,
    samples: Iterable[NewSubmission | Refusal],
    source: str,
    data: bytes,
    now: datetime,
) -> Demonstration:
    """Publish, import and open a staff account; run again, it adds nothing twice."""
    known = {item.slug for item in consultations.every(office.store.db)}
    if consultation.slug not in known:
        publish(
            office, consultation=consultation, plan=plan, knowledge=knowledge, source=source,
            data=data, actor=ACTOR,
        )  # fmt: skip
    report = import_items(office, slug=consultation.slug, items=samples, now=now, actor=ACTOR)
    password = new_code()
    if any(member.username == USERNAME for member in accounts.every_account(office)):
        accounts.set_password(office, username=USERNAME, password=password, actor=ACTOR)
    else:
        accounts.add_staff(
            office, username=USERNAME, password=password, role=Role.ADMINISTRATOR, actor=ACTOR
        )
    return Demonstration(USERNAME, password, report)
