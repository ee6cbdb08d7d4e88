"""Compile the digest and the register: pure, deterministic, the same database gives the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Consultation, Plan
from consult.domain.digest import Digest, Register
from consult.domain.theme import Theme
from consult.services import vault
from consult.services.digest_days import days
from consult.services.digest_sections import section_digests
from consult.services.family_facts import every_family
from consult.services.masthead import masthead
from consult.services.office import Office
from consult.services.register_rows import register_rows, section_totals
from consult.store import (
    comments,
    consultations,
    decisions,
    submissions,
    theme_opposites,
    themes,
    totals,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One consistent reading of everything a report is made of.

    ``persons`` gives, by submission id, the key that stands for its submitter; ``names`` the masked
    name or office.
    """

    consultation: Consultation
    plan: Plan
    submissions: dict[int, Submission]
    persons: dict[int, str]
    names: dict[int, str]
    comments: tuple[Comment, ...]
    themes: tuple[Theme, ...]


def compile_digest(
    office: Office, *, slug: str, as_of: datetime, rehearsal: bool = False
) -> Digest:
    """Return the digest of a consultation at an instant; raises ``NotFound``.

    ``rehearsal`` marks what is made on a simulated date.
    """
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        ledger = _ledger(office, identifier, consultation)
        return Digest(
            masthead=masthead(office, identifier, consultation, ledger.plan, as_of, rehearsal),
            counts=totals.whole(db, identifier),
            sections=section_digests(
                plan=ledger.plan,
                comments=ledger.comments,
                themes=ledger.themes,
                submissions=ledger.submissions,
                persons=ledger.persons,
                counts=totals.by_section(db, identifier),
                lexicon=consultations.knowledge(db, identifier).lexicon,
                opposites=theme_opposites.facing(db, identifier),
                answers=decisions.applying(db, identifier),
            ),
            accounting=totals.accounting(db, identifier),
            families=every_family(office, identifier, consultation.window.timezone),
            identified=totals.identified(db, identifier),
            days=days(ledger.submissions.values(), ledger.comments, consultation.window),
        )


def compile_register(
    office: Office, *, slug: str, as_of: datetime, rehearsal: bool = False
) -> Register:
    """Return the register of a consultation at an instant; raises ``NotFound``."""
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        ledger = _ledger(office, identifier, consultation)
        return Register(
            masthead=masthead(office, identifier, consultation, ledger.plan, as_of, rehearsal),
            counts=totals.whole(db, identifier),
            sections=section_totals(ledger.plan, totals.by_section(db, identifier)),
            rows=register_rows(
                plan=ledger.plan,
                comments=ledger.comments,
                themes=ledger.themes,
                submissions=ledger.submissions,
                names=ledger.names,
                answers=decisions.applying(db, identifier),
                zone=consultation.window.timezone,
            ),
            accounting=totals.accounting(db, identifier),
            families=every_family(office, identifier, consultation.window.timezone),
        )


def _ledger(office: Office, identifier: int, consultation: Consultation) -> Ledger:
    db = office.store.db
    stored = submissions.active(db, identifier)
    return Ledger(
        consultation=consultation,
        plan=consultations.plan(db, identifier),
        submissions={item.value.id: item.value for item in stored},
        persons=submissions.persons(db, identifier),
        names={item.value.id: vault.masked_name(office.keys, item) for item in stored},
        comments=comments.active(db, identifier),
        themes=themes.every(db, identifier),
    )
