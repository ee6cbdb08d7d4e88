"""Compile the results for the public: only what is approved, only what may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from consult.domain.comment import Comment
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.digest import Counts
from consult.domain.errors import NotFound
from consult.domain.results import Change, Results, ResultSection
from consult.domain.terms import CODES
from consult.domain.theme import Theme
from consult.domain.triage import Disposition
from consult.services import vault
from consult.services.doubtful import open_doubts
from consult.services.masthead import masthead
from consult.services.office import Office
from consult.services.plan_order import label_and_title, ordered_codes
from consult.services.result_lines import Voices, result_lines
from consult.store import (
    comments,
    consultations,
    decisions,
    events,
    maskings,
    releases,
    submissions,
    themes,
    totals,
)


def results(
    office: Office, *, slug: str, as_of: datetime, rehearsal: bool = False, preview: bool = False
) -> Results:
    """Return the results as published; raises ``NotFound("results.unreleased")`` before that.

    A ``preview`` is what would be published now.
    """
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        if not preview and releases.when(db, identifier) is None:
            raise NotFound("results.unreleased")
        if not preview and (shown := releases.shown(db, identifier)):
            return shown
        plan = consultations.plan(db, identifier)
        listed = comments.active(db, identifier)
        answers = decisions.applying(db, identifier)
        sections = _sections(office, identifier, plan, listed, answers)
        tally = Counter(answers[c.number].ruling.disposition for c in listed if c.number in answers)
        return Results(
            masthead=masthead(office, identifier, consultation, plan, as_of, rehearsal),
            counts=totals.whole(db, identifier),
            sections=sections,
            dispositions=tuple((item, tally[item]) for item in Disposition if tally[item]),
            changes=_changes(plan, listed, answers, sections),
            accounting=totals.accounting(db, identifier),
            doubtful=open_doubts(office, identifier),
        )


def state_of(office: Office) -> str:
    """Return what changes whenever the results could: every act adds to the chain of events."""
    return events.head(office.store.db)


def _sections(
    office: Office,
    identifier: int,
    plan: Plan,
    listed: Sequence[Comment],
    answers: Mapping[int, Decision],
) -> tuple[ResultSection, ...]:
    db = office.store.db
    counted = totals.by_section(db, identifier)
    grouped: dict[str, list[Comment]] = {}
    for comment in listed:
        grouped.setdefault(comment.section, []).append(comment)
    known = {theme.id: theme for theme in themes.every(db, identifier)}
    voices = _voices(office, identifier)
    leaves = {section.code for section in plan.sections}
    return tuple(
        _section(code, plan, grouped.get(code, []), counted, known, answers, voices)
        for code in ordered_codes(plan)
        if code in leaves or code in grouped
    )


def _section(
    code: str,
    plan: Plan,
    mine: Sequence[Comment],
    counted: Mapping[str, Counts],
    known: Mapping[int, Theme],
    answers: Mapping[int, Decision],
    voices: Voices,
) -> ResultSection:
    label, title = label_and_title(plan, code)
    return ResultSection(
        code=code,
        label=label,
        title=title,
        chapter="" if code in CODES else code.split(".", maxsplit=1)[0],
        counts=counted.get(code, Counts()),
        answered=sum(comment.number in answers for comment in mine),
        lines=result_lines(mine, known, answers, voices),
    )


def _voices(office: Office, identifier: int) -> Voices:
    """Read who may be quoted; contact data are opened only where they have to be hidden."""
    db = office.store.db
    stored = {item.value.id: item for item in submissions.active(db, identifier)}

    @cache
    def names(submission: int) -> tuple[str, ...]:
        return vault.contact(office.keys, stored[submission])

    return Voices(
        submissions={key: item.value for key, item in stored.items()},
        persons=submissions.persons(db, identifier),
        names=names,
        own=themes.own_labels(db, identifier),
        left=maskings.left(db, identifier),
    )


def _changes(
    plan: Plan,
    listed: Sequence[Comment],
    answers: Mapping[int, Decision],
    sections: Sequence[ResultSection],
) -> tuple[Change, ...]:
    """List the changes in the order of the plan; the same change because of two themes is one."""
    counted = Counter(
        (ruling.section, ruling.change)
        for comment in listed
        if (decision := answers.get(comment.number)) and (ruling := decision.ruling).section
    )
    said: dict[tuple[str, str], list[str]] = {}
    for section in sections:
        for line in section.lines:
            if line.ruling and line.ruling.section and line.words:
                said.setdefault((line.ruling.section, line.ruling.change), []).append(line.words)
    place = {code: at for at, code in enumerate(ordered_codes(plan))}
    # A section that a later version of the plan no longer has stands at the end.
    order = sorted(counted, key=lambda key: (place.get(key[0], len(place)), key))
    return tuple(
        Change(key[0], *label_and_title(plan, key[0]), key[1],
               tuple(dict.fromkeys(said.get(key, ()))), counted[key])
        for key in order
    )  # fmt: skip
