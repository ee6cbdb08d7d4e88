"""What a run of the analysis starts from, out of one consistent reading."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.family import Family
from consult.domain.knowledge import Knowledge
from consult.services import vault
from consult.services.decided_themes import Decided, decided
from consult.services.office import Office
from consult.store import consultations, events, families, run_present, runs, submissions


@dataclass(frozen=True, slots=True)
class Base:
    """Everything that the comments of a run follow from, and what staff decided about them.

    ``head`` is the newest event's number, ``marks`` the fingerprints of plan and resources.
    """

    plan: Plan
    knowledge: Knowledge
    received: dict[int, Submission]
    existing: tuple[Comment, ...]
    families: tuple[Family, ...]
    run: int
    decided: Decided
    head: int
    marks: dict[str, str]


def read_base(office: Office, identifier: int) -> Base:
    """Read it all in one transaction; originals are unsealed."""
    db = office.store.db
    with office.store.read():
        stored = submissions.active(db, identifier)
        return Base(
            plan=consultations.plan(db, identifier),
            knowledge=consultations.knowledge(db, identifier),
            received={item.value.id: vault.original(office.keys, item) for item in stored},
            existing=run_present.present(db, identifier),
            families=families.every(db, identifier),
            run=runs.latest(db, identifier),
            decided=decided(office, identifier),
            head=events.last(db),
            marks=consultations.fingerprints(db, identifier),
        )
