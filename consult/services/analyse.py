"""Analyse (分析): split, map, group. The machine proposes; what staff decided stays.

Everything is computed outside of any transaction and made visible by one short one, so that no
citizen waits for an analysis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.analysis.engine import suitable
from consult.analysis.families import FamilyFinder
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.errors import Conflict
from consult.domain.knowledge import Knowledge
from consult.domain.lesson import Lesson
from consult.domain.theme import ChangeKind, ThemeChange
from consult.services import vault
from consult.services.decided_themes import Decided, decided
from consult.services.divide import Divided, Progress, divide, silent
from consult.services.group import Groups, group
from consult.services.index_words import index_words
from consult.services.keep_themes import write_groups
from consult.services.learn import lesson_of
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.resplit import acted_on, frozen, key
from consult.services.run_record import run_record
from consult.store import (
    comments,
    consultations,
    events,
    run_comments,
    runs,
    search,
    submissions,
)
from consult.store.submissions import StoredSubmission


@dataclass(frozen=True, slots=True)
class RunReport:
    """Totals of a run; the last four count themes that changed since the run before."""

    run: int
    submissions: int
    comments: int
    added: int
    superseded: int
    families: int
    themes: int
    appeared: int = 0
    grew: int = 0
    merged: int = 0
    vanished: int = 0


@dataclass(frozen=True, slots=True)
class _Base:
    """One consistent reading of what a run starts from.

    ``head`` is the newest event's number, ``marks`` the fingerprints of plan and resources.
    """

    plan: Plan
    knowledge: Knowledge
    stored: tuple[StoredSubmission, ...]
    existing: tuple[Comment, ...]
    run: int
    decided: Decided
    head: int
    marks: dict[str, str]


def _base(office: Office, identifier: int) -> _Base:
    db = office.store.db
    with office.store.read():
        return _Base(
            plan=consultations.plan(db, identifier),
            knowledge=consultations.knowledge(db, identifier),
            stored=submissions.active(db, identifier),
            existing=comments.active(db, identifier),
            run=runs.latest(db, identifier),
            decided=decided(office, identifier),
            head=events.last(db),
            marks=consultations.fingerprints(db, identifier),
        )


def analyse(
    office: Office,
    *,
    slug: str,
    actor: str,
    threshold: float = 0.5,
    progress: Progress = silent,
    processes: int = 1,
) -> RunReport:
    """Run the whole analysis over all listed submissions of a consultation.

    Raises ``NotFound`` for an unknown consultation and ``Conflict("analysis.overtaken")`` when
    another run ended, or a submission was corrected or erased, meanwhile; nothing is stored then.
    Deterministic: the same database gives the same links, families and themes, in any number of
    ``processes`` (0: as many as the size is worth on this machine).
    """
    started = office.clock()
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    base = _base(office, identifier)
    received = {item.value.id: vault.original(office.keys, item) for item in base.stored}
    segmenter = Segmenter(base.knowledge.lexicon.words)
    processes = processes or suitable(len(received))
    found = _find(base, received, segmenter, threshold, progress, processes)
    words = _words(office, identifier, found.points, segmenter)
    made = segmenter.version
    versions = run_record(base.marks, base.knowledge, segmenter=made, threshold=threshold)
    prepared = [run_comments.prepare(point) for point in found.points]
    with office.store.write():
        progress("store", 0, 1)
        _check_current(office, identifier, slug, base, received)
        run = runs.add(
            db, identifier, started=started, finished=office.clock(), versions=versions,
            lesson=found.lesson, taught=[(p.number, p.section) for p in found.taught],
        )  # fmt: skip
        numbered = _write(office, identifier, run, found.points, prepared, found.divided.superseded)
        changes = write_groups(office, identifier, run, numbered, found.groups, base.decided)
        events.add(
            db, at=office.clock(), actor=actor, verb="analysed", subject=f"consultation:{slug}",
            after={"run": run, "comments": len(numbered), "seen": base.head, **versions},
            consultation=identifier,
        )  # fmt: skip
        progress("store", 1, 1)
    entries = [(c.number, cut) for c, cut in zip(numbered, words, strict=True) if cut]
    index_words(office, entries, version=segmenter.version)
    return _report(run, len(base.stored), found, changes)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a run found, before any of it is stored; new comments have the number 0."""

    divided: Divided
    points: list[Comment]
    groups: Groups
    lesson: Lesson | None
    taught: list[Comment]


def _find(
    base: _Base,
    received: dict[int, Submission],
    segmenter: Segmenter,
    threshold: float,
    progress: Progress,
    processes: int,
) -> _Found:
    """Split, map and group; nothing is read from the database or written to it."""
    knowledge, known = base.knowledge, base.decided
    mapping = Mapping(base.plan, knowledge, segmenter, threshold)
    untaught = mapping.taught(())  # splits: what staff teach must not move the comments' borders
    finder = FamilyFinder(knowledge.lexicon, processes=processes)
    divided = divide(list(received.values()), base.existing, progress, untaught, finder, processes)
    placed = [p for p in divided.points if acted_on(p)]
    lesson, taught = lesson_of(
        placed, lambda some: mapping.taught(some) if some else untaught, segmenter.words
    )
    mapper = mapping.taught(taught) if taught else untaught
    points = known.holding(
        divided.points, mapping.place(divided.points, received, mapper, progress, processes)
    )
    progress("group", 0, 1)
    constraints = known.constraints(points)
    groups = group(points, knowledge, segmenter, constraints, processes, finder)
    groups = replace(groups, letters=divided.letters)
    progress("group", 1, 1)
    return _Found(divided, points, groups, lesson, list(taught))


def _words(
    office: Office, identifier: int, points: Sequence[Comment], segmenter: Segmenter
) -> list[list[str]]:
    """Return what to search each comment by; nothing for those whose words are there already."""
    indexed = search.current(office.store.db, identifier, version=segmenter.version)
    return [[] if p.number in indexed else segmenter.search_tokens(p.text) for p in points]


def _check_current(
    office: Office, identifier: int, slug: str, base: _Base, received: dict[int, Submission]
) -> None:
    """Raise ``Conflict`` when another run ended, or a text was corrected or erased, meanwhile."""
    standing = submissions.standing(office.store.db, identifier)
    changed = any(standing.get(number) != item.version for number, item in received.items())
    if changed or runs.latest(office.store.db, identifier) != base.run:
        raise Conflict("analysis.overtaken", slug=slug)


def _report(run: int, received: int, found: _Found, changes: Sequence[ThemeChange]) -> RunReport:
    points, divided, groups = found.points, found.divided, found.groups
    kinds = Counter(change.kind.value for change in changes)
    return RunReport(
        run=run,
        submissions=received,
        comments=len(points),
        added=sum(1 for point in points if not point.number),
        superseded=len(divided.superseded),
        families=len(groups.families),
        themes=len(groups.themes),
        **{kind.value: kinds[kind.value] for kind in ChangeKind},
    )


def _write(
    office: Office,
    identifier: int,
    run: int,
    points: Sequence[Comment],
    prepared: Sequence[run_comments.Prepared],
    superseded: Sequence[int],
) -> list[Comment]:
    """Store the comments; a comment that staff acted on meanwhile keeps what they decided."""
    db = office.store.db
    present = comments.active(db, identifier)
    relinked = {c.number for c in present if acted_on(c)}
    fixed = {c.number for c in present if frozen(c)}
    # What was placed on arrival since this run began keeps its numbers, or makes way.
    fresh = {(c.submission, key(c)): c.number for c in present if c.provisional and c.number}
    known = {p.number for p in points if p.number}
    read = {p.submission for p in points}
    same = {(p.submission, key(p)) for p in points}
    overtaken = [
        number
        for (submission, own), number in fresh.items()
        if submission in read and number not in known and (submission, own) not in same
    ]
    gone = [number for number in (*superseded, *overtaken) if number not in fixed]
    comments.supersede(db, gone)
    numbers = [p.number or fresh.get((p.submission, key(p)), 0) for p in points]
    new = [point for point, number in zip(points, numbers, strict=True) if not number]
    given = iter(run_comments.add_all(db, identifier, new, run=run))
    numbers = [number or next(given) for number in numbers]
    written = zip(numbers, prepared, strict=True)
    run_comments.write_all(db, ((n, own) for n, own in written if n not in relinked), run=run)
    return [
        point if point.number == number else replace(point, number=number)
        for point, number in zip(points, numbers, strict=True)
    ]
