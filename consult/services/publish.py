"""Publish a consultation: its window, its plan, and what is known beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from consult.domain.consultation import Consultation, Plan
from consult.domain.errors import Conflict, InputRefused
from consult.domain.knowledge import Knowledge
from consult.services.office import Office
from consult.store import consultations, events


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published. ``version`` counts the versions of the plan from 1."""

    consultation: Consultation
    plan: Plan
    version: int


def publish(
    office: Office,
    *,
    consultation: Consultation,
    plan: Plan,
    knowledge: Knowledge | None = None,
    source: str,
    data: bytes,
    actor: str,
    replacing: bool = False,
) -> Publication:
    """Store a consultation with its plan; with ``replacing``, a further version of the plan.

    A consultation without official text is a rehearsal (DESIGN §4.13). Raises
    ``Conflict("consultation.exists")`` and ``InputRefused`` for a window that ends before it begins
    or a slug that is no slug; nothing is stored then.
    """
    _validate(consultation, plan)
    knowledge = knowledge or Knowledge()
    consultation = replace(consultation, rehearsal=consultation.rehearsal or not plan.official)
    now = office.clock()
    with office.store.write() as db:
        known = {item.slug: item for item in consultations.every(db)}
        if consultation.slug in known and not replacing:
            raise Conflict("consultation.exists", slug=consultation.slug)
        if consultation.slug in known:
            version = known[consultation.slug].version + 1
            consultation = replace(consultation, version=version)
            consultations.change(db, consultation, knowledge)
            identifier, _ = consultations.find(db, consultation.slug)
        else:
            identifier = consultations.add(db, consultation, knowledge, now=now)
        sha256 = hashlib.sha256(data).hexdigest()
        consultations.add_plan(
            db, identifier, plan, version=consultation.version, source=source, sha256=sha256,
            now=now,
        )  # fmt: skip
        events.add(
            db,
            at=now,
            actor=actor,
            verb="published",
            subject=f"consultation:{consultation.slug}",
            after={"version": consultation.version, "source": source, "sha256": sha256,
                   "opens": consultation.window.opens.isoformat(),
                   "closes": consultation.window.closes.isoformat()},
            consultation=identifier,
        )  # fmt: skip
    return Publication(consultation, plan, consultation.version)


# Years outside are slips of the pen; at the ends of the calendar no time zone can be applied.
EARLIEST, LATEST = 1990, 2100


def _validate(consultation: Consultation, plan: Plan) -> None:
    slug = consultation.slug
    if not slug or not all(c.isascii() and (c.isalnum() or c == "-") for c in slug):
        raise InputRefused("consultation.slug", field="slug", slug=slug[:80])
    window = consultation.window
    if window.opens.year < EARLIEST or window.closes.year > LATEST:
        raise InputRefused("window.years", field="closes", earliest=EARLIEST, latest=LATEST)
    if window.closes < window.opens:
        raise InputRefused(
            "window.order", field="closes", opens=str(window.opens), closes=str(window.closes)
        )
    if not plan.sections:
        raise InputRefused("draft.no-headings", field="file")
