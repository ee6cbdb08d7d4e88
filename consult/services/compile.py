"""Compile the digest and the register: pure, deterministic, the same database gives the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Consultation, Plan
from consult.domain.digest import Counts, Digest, FamilyFacts, Register
from consult.domain.errors import AccountingError
from consult.domain.masthead import Masthead
from consult.domain.partial import Partial
from consult.domain.theme import Theme
from consult.services import choose, vault
from consult.services.digest_days import days
from consult.services.digest_sections import section_digests
from consult.services.digest_since import compared
from consult.services.family_facts import every_family
from consult.services.masthead import masthead
from consult.services.office import Office
from consult.services.register_rows import register_rows, section_totals
from consult.services.register_themes import register_themes
from consult.store import (
    comments,
    consultations,
    decisions,
    issues,
    submissions,
    theme_opposites,
    themes,
    totals,
)
from consult.store.totals_chosen import Chosen


@dataclass(frozen=True, slots=True)
class Ledger:
    """One consistent reading of everything a report is made of.

    ``persons`` gives, by submission id, the key that stands for its submitter; ``names`` the masked
    name or office. ``comments`` are those chosen, ``partial`` says which, and the counts, made by
    the store, are theirs; all of them where ``partial`` is None.
    """

    head: Masthead
    consultation: Consultation
    plan: Plan
    submissions: dict[int, Submission]
    persons: dict[int, str]
    names: dict[int, str]
    comments: tuple[Comment, ...]
    themes: tuple[Theme, ...]
    counts: Counts
    by_section: Mapping[str, Counts]
    identified: int
    families: tuple[FamilyFacts, ...]
    partial: Partial | None


def compile_digest(
    office: Office,
    *,
    slug: str,
    as_of: datetime,
    rehearsal: bool = False,
    filters: Sequence[str] = (),
) -> Digest:
    """Return the digest of a consultation at an instant; raises ``NotFound``.

    ``rehearsal`` marks what is made on a simulated date; ``filters`` (``choose``) make it a partial
    one, and raise ``InputRefused`` where they cannot be read.
    """
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        ledger = _ledger(office, identifier, consultation, (as_of, rehearsal), filters)
        sections = section_digests(
            plan=ledger.plan,
            comments=ledger.comments,
            themes=ledger.themes,
            submissions=ledger.submissions,
            persons=ledger.persons,
            counts=ledger.by_section,
            lexicon=consultations.knowledge(db, identifier).lexicon,
            opposites=theme_opposites.facing(db, identifier),
            answers=decisions.applying(db, identifier),
        )
        since = None
        issue = issues.latest(db, identifier)
        if issue is not None and ledger.partial is None:
            before = issues.places(db, issue.id)
            labels = themes.labels(db, {theme for theme, _ in before.values() if theme})
            sections, since = compared(
                sections, issue, before, labels, ledger.plan, consultation.window.timezone
            )
        return Digest(
            masthead=ledger.head,
            counts=ledger.counts,
            sections=sections,
            accounting=totals.accounting(db, identifier),
            families=ledger.families,
            identified=ledger.identified,
            days=days(_senders(ledger), ledger.comments, consultation.window),
            partial=ledger.partial,
            since=since,
        )


def compile_register(
    office: Office,
    *,
    slug: str,
    as_of: datetime,
    rehearsal: bool = False,
    filters: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Register:
    """Return the register of a consultation at an instant; arguments and errors as of a digest.

    ``columns`` are what its tables of comments are to show; whoever writes them refuses unknown
    ones.
    """
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        ledger = _ledger(office, identifier, consultation, (as_of, rehearsal), filters)
        answers = decisions.applying(db, identifier)
        return Register(
            masthead=ledger.head,
            counts=ledger.counts,
            sections=section_totals(ledger.plan, ledger.by_section),
            rows=register_rows(
                plan=ledger.plan,
                comments=ledger.comments,
                themes=ledger.themes,
                submissions=ledger.submissions,
                names=ledger.names,
                answers=answers,
                zone=consultation.window.timezone,
            ),
            themes=register_themes(
                plan=ledger.plan,
                comments=ledger.comments,
                themes=ledger.themes,
                submissions=ledger.submissions,
                persons=ledger.persons,
                answers=answers,
                lexicon=consultations.knowledge(db, identifier).lexicon,
            ),
            columns=tuple(columns),
            accounting=totals.accounting(db, identifier),
            families=ledger.families,
            partial=ledger.partial,
        )


def _ledger(
    office: Office,
    identifier: int,
    consultation: Consultation,
    moment: tuple[datetime, bool],
    filters: Sequence[str],
) -> Ledger:
    db = office.store.db
    plan = consultations.plan(db, identifier)
    stored = submissions.active(db, identifier)
    senders = {item.value.id: item.value for item in stored}
    listed = comments.active(db, identifier)
    _check_senders(listed, senders)
    zone = consultation.window.timezone
    selection = choose.choose(filters, plan)
    partial = None
    if selection.everything:
        counts, by_section = totals.whole(db, identifier), totals.by_section(db, identifier)
        identified = totals.identified(db, identifier)
    else:
        at = ZoneInfo(zone)
        listed = tuple(c for c in listed if selection.holds(c, senders[c.submission], at))
        chosen = Chosen(db, identifier, selection, zone)
        counts, by_section = chosen.whole(), chosen.by_section()
        identified = chosen.identified()
        partial = chosen.partial(choose.words(selection, plan))
    said = "；".join(f"{name}：{which}" for name, which in partial.words) if partial else ""
    return Ledger(
        head=masthead(office, identifier, consultation, plan, *moment, partial=said),
        consultation=consultation,
        plan=plan,
        submissions=senders,
        persons=submissions.persons(db, identifier),
        names={item.value.id: vault.masked_name(office.keys, item) for item in stored},
        comments=listed,
        themes=themes.every(db, identifier),
        counts=counts,
        by_section=by_section,
        identified=identified,
        # What is known of a family is known of all its letters, not of those chosen.
        families=() if partial else every_family(office, identifier, zone),
        partial=partial,
    )


def _check_senders(listed: Sequence[Comment], senders: Mapping[int, Submission]) -> None:
    """Raise ``AccountingError`` where a comment is listed and its submission is not."""
    kept = sum(comment.submission in senders for comment in listed)
    if kept != len(listed):
        raise AccountingError(
            "accounting.mismatch",
            document="comments",
            item="listed submissions",
            listed=len(listed),
            accounted=kept,
        )


def _senders(ledger: Ledger) -> Sequence[Submission]:
    """Return the submissions that are listed; of a partial document those with a chosen comment."""
    if ledger.partial is None:
        return [*ledger.submissions.values()]
    chosen = {comment.submission for comment in ledger.comments}
    return [item for item in ledger.submissions.values() if item.id in chosen]
