"""Prepare a consultation in the browser: create, edit, rehearse, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from consult.domain.consultation import (
    GENERAL,
    OFFPLAN,
    SHORTEST,
    Consultation,
    Plan,
    Section,
    Stage,
    Window,
)
from consult.domain.errors import Conflict, InputRefused
from consult.domain.knowledge import Exemplar, Knowledge, Thesaurus
from consult.domain.lexicon import SectionWords
from consult.domain.text import normalise, single_line
from consult.services.office import Office
from consult.services.publish import EARLIEST, LATEST, publish
from consult.store import consultations, events

# What the office words itself, and how many characters there is room for.
TEXTS = {"window_reason": 500, "summary": 3000, "next_steps": 3000, "privacy": 6000}
BEYOND = (GENERAL, OFFPLAN)  # the codes that are not sections have words and examples too
_MAX_SUMMARY = 2000
_MAX_LINES = 500  # words or exemplars of one section


@dataclass(frozen=True, slots=True)
class SectionEdit:
    """What is edited beside a section: its summary, words of both kinds, example sentences."""

    summary: str
    terms: tuple[str, ...]
    everyday: tuple[str, ...]
    exemplars: tuple[str, ...]


def create(
    office: Office, *, consultation: Consultation, plan: Plan, thesaurus: Thesaurus, source: str,
    data: bytes, actor: str,
) -> None:  # fmt: skip
    """Begin to prepare a consultation; nobody but staff sees it. Raises as ``publish``."""
    publish(
        office, consultation=replace(consultation, stage=Stage.PREPARING), plan=plan,
        knowledge=Knowledge(thesaurus=thesaurus), source=source, data=data, actor=actor,
    )  # fmt: skip


def save_texts(
    office: Office, *, slug: str, title: str, name: str, window: Window | None,
    texts: Mapping[str, str], actor: str,
) -> None:  # fmt: skip
    """Store what the office says; the window only while it is prepared.

    A changed privacy text gets a new version: each submission keeps the one it agreed to. Raises
    ``InputRefused`` naming the field.
    """
    title, name = single_line(title), single_line(name)
    for field, value in (("title", title), ("name", name)):
        if not value:
            raise InputRefused("prepare.blank", field=field)
        if len(value) > 200:
            raise InputRefused("line.too-long", field=field, length=len(value), limit=200)
    tidy = _tidy(texts)
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        changed = replace(known, title=title, office=name, texts=_merged(known.texts, tidy))
        if known.stage is not Stage.PUBLISHED and window is not None:
            changed = replace(changed, window=checked_window(window))
        answer_by = changed.answer_by
        if answer_by is not None and answer_by <= changed.window.closes:
            raise InputRefused("window.answer", field="answer_by", closes=changed.window.closes)
        consultations.change(db, changed, consultations.knowledge(db, identifier))
        _note(office, identifier, slug, actor, "texts-changed", fields=_differences(known, changed))


def save_section(office: Office, *, slug: str, code: str, edit: SectionEdit, actor: str) -> None:
    """Store summary, words and example sentences of a section, as a new version of both.

    Raises ``InputRefused``: ``submission.section``, ``line.too-long``, ``prepare.many``.
    """
    if len(edit.summary) > _MAX_SUMMARY:
        raise InputRefused("line.too-long", field="summary", length=len(edit.summary),
                           limit=_MAX_SUMMARY)  # fmt: skip
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        plan = consultations.plan(db, identifier)
        if code not in BEYOND and plan.find(code) is None:
            raise InputRefused("submission.section", field="summary", section=code[:40])
        version = known.version + 1
        knowledge = edited(consultations.knowledge(db, identifier), code, edit, version)
        changed = with_summary(plan, code, edit.summary)
        consultations.change(db, replace(known, version=version), knowledge)
        source, sha256 = consultations.source(db, identifier)
        consultations.add_plan(
            db, identifier, changed, version=version, source=source, sha256=sha256,
            now=office.clock(),
        )  # fmt: skip
        _note(office, identifier, slug, actor, "section-prepared", section=code, version=version)


def edited(knowledge: Knowledge, code: str, edit: SectionEdit, version: int) -> Knowledge:
    """Return the knowledge with the words and sentences of one section put in place."""
    for name in ("terms", "everyday", "exemplars"):
        if len(getattr(edit, name)) > _MAX_LINES:
            raise InputRefused("prepare.many", field=name, limit=_MAX_LINES)
    lexicon = replace(
        knowledge.lexicon, version=f"{knowledge.lexicon.version.split('+')[0]}+{version}"
    )
    if code == GENERAL:  # no section: one list of words
        lexicon = replace(lexicon, general=(*edit.terms, *edit.everyday))
    elif code == OFFPLAN:
        lexicon = replace(lexicon, offplan=(*edit.terms, *edit.everyday))
    else:
        words = {**lexicon.sections, code: SectionWords(edit.terms, edit.everyday)}
        lexicon = replace(lexicon, sections=words)
    others = tuple(e for e in knowledge.exemplars
                   if e.section != code and e.text not in edit.exemplars)  # fmt: skip
    mine = tuple(Exemplar(text, code) for text in edit.exemplars)
    return replace(knowledge, lexicon=lexicon, exemplars=(*others, *mine))


def with_summary(plan: Plan, code: str, summary: str) -> Plan:
    """Return the plan with the summary of one node put in place; the official text stays."""

    def walked(node: Section) -> Section:
        below = tuple(map(walked, node.sections))
        mine = normalise(summary).strip() if node.code == code else node.summary
        return replace(node, sections=below, summary=mine)

    return replace(plan, chapters=tuple(map(walked, plan.chapters)))


def open_to_public(office: Office, *, slug: str, actor: str) -> None:
    """Publish what was prepared.

    Raises ``Conflict``: ``prepare.published``, ``prepare.unofficial`` (DESIGN §4.13),
    ``prepare.privacy``, ``prepare.short`` (a window under 30 days without a published reason).
    """
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        if known.stage is not Stage.PREPARING:
            raise Conflict("prepare.published")
        if not consultations.plan(db, identifier).official:
            raise Conflict("prepare.unofficial")
        if not known.texts.get("privacy"):
            raise Conflict("prepare.privacy")
        if not known.lawful:
            raise Conflict("prepare.short", days=known.window.days, limit=SHORTEST)
        consultations.set_stage(db, identifier, Stage.PUBLISHED)
        days = {"opens": str(known.window.opens), "closes": str(known.window.closes)}
        _note(office, identifier, slug, actor, "opened-to-public", **days)


def rehearse(office: Office, *, slug: str, simulated: datetime, actor: str) -> str:
    """Make a copy to rehearse with on a simulated date, seen by staff alone; returns its slug.

    What is sent to the copy stays there, so nothing has to be cleared before the real one opens.
    """
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        if known.stage is Stage.REHEARSAL:
            raise Conflict("prepare.rehearsal")
        taken = {item.slug for item in consultations.every(db)}
        count = next(n for n in range(1, 1000) if f"{slug}-rehearsal-{n}" not in taken)
        name = f"{slug}-rehearsal-{count}"
        source, _ = consultations.source(db, identifier)
        plan, knowledge = (
            consultations.plan(db, identifier),
            consultations.knowledge(db, identifier),
        )
        copy = replace(known, slug=name, stage=Stage.REHEARSAL, rehearsal=True, version=1,
                       simulated=simulated)  # fmt: skip
        publish(office, consultation=copy, plan=plan, knowledge=knowledge, source=source,
                data=name.encode(), actor=actor)  # fmt: skip
    return name


def _tidy(texts: Mapping[str, str]) -> dict[str, str]:
    tidy = {}
    for name, text in texts.items():
        tidy[name] = normalise(text).strip()
        limit = TEXTS.get(name, 500)
        if len(tidy[name]) > limit:
            raise InputRefused("line.too-long", field=name, length=len(tidy[name]), limit=limit)
    return tidy


def _merged(known: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    merged = {name: text for name, text in {**known, **texts}.items() if text}
    if "privacy" in texts and texts["privacy"] != known.get("privacy", ""):
        last = known.get("privacy_version", "0")
        merged["privacy_version"] = str(int(last) + 1) if last.isdigit() else f"{last}+1"
    return merged


def checked_window(window: Window) -> Window:
    """Return a window that can be; raises ``InputRefused``: ``window.years``, ``window.order``."""
    if window.opens.year < EARLIEST or window.closes.year > LATEST:
        raise InputRefused("window.years", field="closes", earliest=EARLIEST, latest=LATEST)
    if window.closes < window.opens:
        raise InputRefused("window.order", field="closes", opens=str(window.opens),
                           closes=str(window.closes))  # fmt: skip
    return window


def _differences(before: Consultation, after: Consultation) -> list[str]:
    names = ["title"] if before.title != after.title else []
    names += ["office"] if before.office != after.office else []
    names += ["window"] if before.window != after.window else []
    keys = sorted({*before.texts, *after.texts})
    return [*names, *(k for k in keys if before.texts.get(k) != after.texts.get(k))]


def _note(office: Office, consultation: int, slug: str, actor: str, verb: str,
          **after: object) -> None:  # fmt: skip
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb,
        subject=f"consultation:{slug}", after={**after, "sha256": _state(office, consultation)},
        consultation=consultation,
    )  # fmt: skip


def _state(office: Office, consultation: int) -> str:
    """Return a hash of what the consultation says now, so that the chain commits to it."""
    prints = consultations.fingerprints(office.store.db, consultation)
    return hashlib.sha256(repr(sorted(prints.items())).encode()).hexdigest()
