"""Compile the digest and the register: pure, deterministic, the same database gives the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from consult.analysis.engine import suitable
from consult.domain.comment import Comment, Sender, Submission
from consult.domain.consultation import Consultation, Plan
from consult.domain.decision import Decision
from consult.domain.digest import (
    Counts,
    Digest,
    FamilyFacts,
    Register,
    SectionDigest,
)
from consult.domain.masthead import Masthead
from consult.domain.partial import Partial
from consult.domain.register_theme import RegisterTheme
from consult.domain.selection import Selection
from consult.domain.since import Since
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
from consult.services.shelf import Shelf, check_senders, shelf
from consult.store import (
    comments,
    consultations,
    decisions,
    issues,
    runs,
    submissions,
    theme_opposites,
    themes,
    totals,
)
from consult.store.totals_chosen import Chosen

# Of a consultation that no run has read: nothing is placed then.
_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document is about: the consultation, its plan, and which comments are chosen.

    The counts, made by the store, are those of the chosen ones; all where ``partial`` is None.
    """

    identifier: int
    consultation: Consultation
    plan: Plan
    head: Masthead
    selection: Selection
    counts: Counts
    by_section: Mapping[str, Counts]
    identified: int
    families: tuple[FamilyFacts, ...]
    partial: Partial | None

    @property
    def zone(self) -> ZoneInfo:
        """Where the consultation's days begin."""
        return ZoneInfo(self.consultation.window.timezone)


def compile_digest(
    office: Office,
    *,
    slug: str,
    as_of: datetime,
    rehearsal: bool = False,
    filters: Sequence[str] = (),
    reasons: bool = True,
    processes: int = 0,
) -> Digest:
    """Return the digest of a consultation at an instant; raises ``NotFound``.

    ``rehearsal`` marks what is made on a simulated date; ``filters`` (``choose``) make it a partial
    one, and raise ``InputRefused`` where they cannot be read. Without ``reasons`` it does not tell
    why the machine put quoted comments where they are, which only programs want to know.
    ``processes`` (0: as many as its size is worth) make it, the same for any number.
    """
    db = office.store.db
    with office.store.read():
        reading = _read(office, slug, (as_of, rehearsal), filters)
        identifier, window = reading.identifier, reading.consultation.window
        senders = submissions.senders(db, identifier)
        chosen = shelf(
            office, identifier, senders, reading.selection, reading.zone, reasons=reasons
        )
        used = processes or suitable(chosen.total)
        made = _sections(office, reading, senders, chosen, used)
        sections, since = _compared(office, reading, made)
        listed = senders if reading.partial is None else chosen.held
        sent = ((senders[item].received, chosen.held.get(item, 0)) for item in sorted(listed))
        return Digest(
            masthead=reading.head,
            counts=reading.counts,
            sections=sections,
            accounting=totals.accounting(db, identifier),
            families=reading.families,
            identified=reading.identified,
            days=days(sent, window),
            partial=reading.partial,
            since=since,
        )


def _sections(
    office: Office, reading: Reading, senders: Mapping[int, Sender], chosen: Shelf, processes: int
) -> tuple[SectionDigest, ...]:
    """Make the sections of a digest of the chosen comments."""
    db, identifier = office.store.db, reading.identifier
    return section_digests(
        plan=reading.plan,
        comments=chosen,
        themes=themes.every(db, identifier),
        submissions=senders,
        persons=submissions.persons(db, identifier),
        counts=reading.by_section,
        lexicon=consultations.knowledge(db, identifier).lexicon,
        opposites=theme_opposites.facing(db, identifier),
        answers=decisions.applying(db, identifier),
        threshold=float(runs.versions(db, identifier).get("threshold", _THRESHOLD)),
        processes=processes,
    )


def _compared(
    office: Office, reading: Reading, sections: tuple[SectionDigest, ...]
) -> tuple[tuple[SectionDigest, ...], Since | None]:
    """Tell what is new since the digest that was issued last; nothing of a partial one."""
    db = office.store.db
    issue = issues.latest(db, reading.identifier)
    if issue is None or reading.partial is not None:
        return sections, None
    before = issues.places(db, issue.id)
    labels = themes.labels(db, {theme for theme, _ in before.values() if theme})
    zone = reading.consultation.window.timezone
    return compared(sections, issue, before, labels, reading.plan, zone)


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
        reading = _read(office, slug, (as_of, rehearsal), filters)
        identifier, plan = reading.identifier, reading.plan
        stored = submissions.active(db, identifier)
        senders = {item.value.id: item.value for item in stored}
        listed = _listed(comments.active(db, identifier), senders, reading)
        known = themes.every(db, identifier)
        answers = decisions.applying(db, identifier)
        return Register(
            masthead=reading.head,
            counts=reading.counts,
            sections=section_totals(plan, reading.by_section),
            rows=register_rows(
                plan=plan,
                comments=listed,
                themes=known,
                submissions=senders,
                names={item.value.id: vault.masked_name(office.keys, item) for item in stored},
                answers=answers,
                zone=reading.consultation.window.timezone,
            ),
            themes=_by_theme(office, reading, listed, known, senders, answers),
            columns=tuple(columns),
            accounting=totals.accounting(db, identifier),
            families=reading.families,
            partial=reading.partial,
        )


def _by_theme(
    office: Office,
    reading: Reading,
    listed: Sequence[Comment],
    known: Sequence[Theme],
    senders: Mapping[int, Submission],
    answers: Mapping[int, Decision],
) -> tuple[RegisterTheme, ...]:
    db, identifier = office.store.db, reading.identifier
    return register_themes(
        plan=reading.plan,
        comments=listed,
        themes=known,
        submissions=senders,
        persons=submissions.persons(db, identifier),
        answers=answers,
        lexicon=consultations.knowledge(db, identifier).lexicon,
        processes=suitable(len(listed)),
    )


def _read(
    office: Office, slug: str, moment: tuple[datetime, bool], filters: Sequence[str]
) -> Reading:
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    plan = consultations.plan(db, identifier)
    zone = consultation.window.timezone
    selection = choose.choose(filters, plan)
    partial = None
    if selection.everything:
        counts, by_section = totals.whole(db, identifier), totals.by_section(db, identifier)
        identified = totals.identified(db, identifier)
    else:
        chosen = Chosen(db, identifier, selection, zone)
        counts, by_section = chosen.whole(), chosen.by_section()
        identified = chosen.identified()
        partial = chosen.partial(choose.words(selection, plan))
    said = "；".join(f"{name}：{which}" for name, which in partial.words) if partial else ""
    return Reading(
        identifier=identifier,
        consultation=consultation,
        plan=plan,
        head=masthead(office, identifier, consultation, plan, *moment, partial=said),
        selection=selection,
        counts=counts,
        by_section=by_section,
        identified=identified,
        # What is known of a family is known of all its letters, not of those chosen.
        families=() if partial else every_family(office, identifier, zone),
        partial=partial,
    )


def _listed(
    every: Sequence[Comment], senders: Mapping[int, Submission], reading: Reading
) -> Sequence[Comment]:
    """Return the chosen comments; raises ``AccountingError`` where a submission is missing."""
    check_senders(len(every), sum(comment.submission in senders for comment in every))
    chosen = reading.selection
    if chosen.everything:
        return every
    return tuple(
        comment
        for comment in every
        if chosen.holds(comment.section, comment.kind, senders[comment.submission], reading.zone)
    )
