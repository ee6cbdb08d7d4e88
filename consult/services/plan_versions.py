"""A further version of the plan: match its sections, let staff confirm, carry the comments over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from consult.analysis.diff import Piece, difference
from consult.analysis.plan_match import kind_of, match_plans
from consult.domain.consultation import Plan, Section
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.knowledge import Knowledge
from consult.domain.plan_match import Match, MatchKind
from consult.services.office import Office
from consult.store import consultations, events, plan_versions, totals


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft that waits: both plans, what is proposed, and how many comments each section has."""

    old: Plan
    new: Plan
    matches: tuple[Match, ...]
    comments: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and what it makes of the one before."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a section: both headings, the old text, the new one against it."""

    match: Match
    before: str
    after: str
    base: str
    wording: Wording


def knowledge_of(office: Office, *, slug: str) -> Knowledge:
    """Return lexicon, thesaurus and exemplars of a consultation."""
    identifier, _ = consultations.find(office.store.db, slug)
    return consultations.knowledge(office.store.db, identifier)


def propose_version(
    office: Office, *, slug: str, plan: Plan, source: str, data: bytes, actor: str
) -> None:
    """Keep a further draft until its sections are confirmed. Raises ``InputRefused``."""
    if not plan.sections:
        raise InputRefused("draft.no-headings", field="file", name=source)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        sha256 = hashlib.sha256(data).hexdigest()
        plan_versions.keep_pending(
            db, identifier, plan, source=source, sha256=sha256, actor=actor, now=office.clock()
        )
        events.add(
            db, at=office.clock(), actor=actor, verb="version-proposed",
            subject=f"consultation:{slug}", after={"source": source, "sha256": sha256},
            consultation=identifier,
        )  # fmt: skip


def pending_version(office: Office, *, slug: str) -> Pending | None:
    """Return the draft that waits with the proposed matches, or None."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        found = plan_versions.pending(db, identifier)
        if found is None:
            return None
        old = consultations.plan(db, identifier)
        counted = {c: n.comments for c, n in totals.by_section(db, identifier).items()}
    return Pending(old, found[0], match_plans(old, found[0]), counted, found[1])


def drop_version(office: Office, *, slug: str, actor: str) -> None:
    """Forget the draft that waits; raises ``NotFound("version.none")``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if plan_versions.pending(db, identifier) is None:
            raise NotFound("version.none")
        plan_versions.drop_pending(db, identifier)
        events.add(
            db, at=office.clock(), actor=actor, verb="version-dropped",
            subject=f"consultation:{slug}", consultation=identifier,
        )  # fmt: skip


def confirm_version(
    office: Office, *, slug: str, codes: Mapping[str, str], seen: int, actor: str
) -> int:
    """Make the draft the plan and bring all comments over; returns how many changed their code.

    ``codes`` says for each old section which new one it is, '' for none. ``seen`` is the version
    that was shown. Raises ``NotFound("version.none")``, ``Conflict("version.changed")``,
    ``InputRefused("version.code")`` naming the section.
    """
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        found = plan_versions.pending(db, identifier)
        if found is None:
            raise NotFound("version.none")
        if seen != known.version:
            raise Conflict("version.changed")
        old, (new, source, sha256) = consultations.plan(db, identifier), found
        mapped = _checked(codes, old, new)
        version, now = known.version + 1, office.clock()
        moved = plan_versions.carry(db, identifier, mapped)
        knowledge = carried(consultations.knowledge(db, identifier), mapped, version)
        consultations.change(
            db, replace(known, version=version, rehearsal=known.rehearsal), knowledge
        )
        merged = _with_summaries(new, old, mapped)
        consultations.add_plan(
            db, identifier, merged, version=version, source=source, sha256=sha256, now=now
        )
        matches = _matches(mapped, old, new)
        plan_versions.add_matches(db, identifier, version, matches)
        plan_versions.drop_pending(db, identifier)
        kinds = Counter(match.kind.value for match in matches)
        events.add(
            db, at=now, actor=actor, verb="plan-replaced", subject=f"consultation:{slug}",
            before={"version": known.version},
            after={"version": version, "source": source, "sha256": sha256, "moved": moved,
                   "codes": {a: b for a, b in mapped.items() if a != b}, **kinds},
            consultation=identifier,
        )  # fmt: skip
    return moved


def versions(office: Office, *, slug: str) -> tuple[int, ...]:
    """Return the versions that replaced the text of one before, newest first."""
    identifier, _ = consultations.find(office.store.db, slug)
    return plan_versions.replaced(office.store.db, identifier)


def differences(office: Office, *, slug: str, version: int) -> tuple[Difference, ...]:
    """Return what became of every section; raises ``NotFound("version.unknown")``."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    matches = plan_versions.matches(db, identifier, version)
    old = plan_versions.plan_of(db, identifier, version - 1)
    new = plan_versions.plan_of(db, identifier, version)
    if not matches or old is None or new is None:
        raise NotFound("version.unknown", version=version)
    order = {n.code: i for i, n in enumerate(old.walk())}
    found = [_difference(m, old, new) for m in matches]
    return tuple(sorted(found, key=lambda d: (order.get(d.match.before, len(order)),
                                              d.match.after)))  # fmt: skip


def _difference(match: Match, old: Plan, new: Plan) -> Difference:
    before, after = old.find(match.before), new.find(match.after)
    base, text = _text(before), _text(after)
    pieces = difference(base, text) if base and text and base != text else ()
    heads = [n.heading if n else "" for n in (before, after)]
    return Difference(match, heads[0], heads[1], base, Wording(text, pieces))


def _text(node: Section | None) -> str:
    return "\n".join((node.title, *node.paragraphs)) if node else ""


def _checked(codes: Mapping[str, str], old: Plan, new: Plan) -> dict[str, str]:
    """Return a code for every old section; what was not said is gone."""
    known = {node.code for node in new.walk()} | {""}
    mapped = {node.code: codes.get(node.code, "") for node in old.walk()}
    for before, after in mapped.items():
        if after not in known:
            raise InputRefused("version.code", field=f"to-{before}", section=after[:40])
    return mapped


def _matches(mapped: Mapping[str, str], old: Plan, new: Plan) -> list[Match]:
    found = [
        Match(a, b, kind_of(old.find(a), new.find(b)) if b else MatchKind.GONE)
        for a, b in mapped.items()
    ]
    fresh = {node.code for node in new.walk()} - set(mapped.values())
    return [*found, *(Match("", code, MatchKind.NEW) for code in sorted(fresh))]


def _with_summaries(new: Plan, old: Plan, mapped: Mapping[str, str]) -> Plan:
    """Return the new plan with our summaries of the old one's sections, where it has none."""
    known = {b: old.find(a) for a, b in mapped.items() if b}

    def walked(node: Section) -> Section:
        before = known.get(node.code)
        below = tuple(map(walked, node.sections))
        return replace(node, sections=below, summary=node.summary or (before.summary if before
                                                                      else ""))  # fmt: skip

    return replace(new, chapters=tuple(map(walked, new.chapters)))


def carried(knowledge: Knowledge, mapped: Mapping[str, str], version: int) -> Knowledge:
    """Return words and examples under the codes of the new plan; those of gone sections go."""
    lexicon = knowledge.lexicon
    sections = {mapped.get(c, c): words for c, words in lexicon.sections.items()
                if mapped.get(c, c)}  # fmt: skip
    figures = tuple(replace(f, section=mapped.get(f.section, f.section)) for f in lexicon.figures)
    exemplars = tuple(replace(e, section=mapped.get(e.section, e.section))
                      for e in knowledge.exemplars)  # fmt: skip
    return replace(
        knowledge,
        lexicon=replace(lexicon, sections=sections, figures=tuple(f for f in figures if f.section),
                        version=f"{lexicon.version.split('+')[0]}+{version}"),
        exemplars=tuple(e for e in exemplars if e.section),
    )  # fmt: skip
