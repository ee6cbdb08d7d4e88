"""Analyse (分析): split, map, group. The machine proposes; what staff decided stays.

Everything is computed outside of any transaction, staged in short ones and made visible by one, so
that no citizen waits for an analysis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from consult.analysis.collection import collection_paused
from consult.analysis.engine import suitable
from consult.analysis.families import FamilyFinder
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.errors import Conflict
from consult.domain.family import Family
from consult.domain.knowledge import Knowledge
from consult.domain.lesson import Lesson
from consult.domain.theme import ChangeKind, ThemeChange
from consult.services import vault
from consult.services.beside import beside
from consult.services.decided_themes import Decided, decided
from consult.services.divide import Divided, Progress, divide, silent
from consult.services.group import Groups, group
from consult.services.index_words import index_words
from consult.services.keep_themes import known_groups, write_groups
from consult.services.learn import lesson_of
from consult.services.map_points import Mapping, mapped
from consult.services.office import Office
from consult.services.resplit import acted_on
from consult.services.run_record import run_record
from consult.services.show import Showing
from consult.services.stage import Stage, sweep
from consult.store import (
    consultations,
    events,
    families,
    run_comments,
    runs,
    search,
    submissions,
)
from consult.store.run_comments import Columns


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
    received: dict[int, Submission]
    existing: tuple[Comment, ...]
    families: tuple[Family, ...]
    run: int
    decided: Decided
    head: int
    marks: dict[str, str]


def _base(office: Office, identifier: int) -> _Base:
    db = office.store.db
    with office.store.read():
        stored = submissions.active(db, identifier)
        return _Base(
            plan=consultations.plan(db, identifier),
            knowledge=consultations.knowledge(db, identifier),
            received={item.value.id: vault.original(office.keys, item) for item in stored},
            existing=run_comments.present(db, identifier),
            families=families.every(db, identifier),
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
    identifier, _ = consultations.find(office.store.db, slug)
    sweep(office, identifier)
    try:
        with collection_paused():
            return _analysed(
                office, identifier, slug, actor, threshold, progress, processes, started
            )
    finally:
        sweep(office, identifier)


def _analysed(
    office: Office, identifier: int, slug: str, actor: str, threshold: float, progress: Progress,
    processes: int, started: datetime,
) -> RunReport:  # fmt: skip
    db = office.store.db
    base = _base(office, identifier)
    versions = {number: item.version for number, item in base.received.items()}
    stage = Stage(office, identifier, slug=slug, versions=versions)
    segmenter = Segmenter(base.knowledge.lexicon.words)
    processes = processes or suitable(len(base.received))
    found = _find(base, segmenter, threshold, progress, processes, stage)
    known = known_groups(base.families, found.points, found.groups, base.decided)
    words = _words(office, identifier, found.points, segmenter)
    made = run_record(base.marks, base.knowledge, segmenter=segmenter.version, threshold=threshold)
    with office.store.write():
        progress("store", 0, 1)
        _check_current(office, identifier, slug, base, stage)
        runs.add(
            db, identifier, number=stage.run, started=started, finished=office.clock(),
            versions=made, lesson=found.lesson,
            taught=[(p.number, p.section) for p in found.taught],
        )  # fmt: skip
        shown = Showing(office, identifier, stage.run, found.points, found.columns)
        shown.make_way(found.divided.superseded)
        if shown.changed:
            known = known_groups(base.families, shown.points, found.groups, base.decided)
        changes = write_groups(
            office,
            identifier,
            stage.run,
            shown.points,
            found.groups,
            known,
            shown.show,
            base.decided,
        )
        events.add(
            db, at=office.clock(), actor=actor, verb="analysed", subject=f"consultation:{slug}",
            after={"run": stage.run, "comments": len(shown.points), "seen": base.head, **made},
            consultation=identifier,
        )  # fmt: skip
        progress("store", 1, 1)
    entries = [(c.number, cut) for c, cut in zip(shown.points, words, strict=True) if cut]
    index_words(office, entries, version=segmenter.version)
    return _report(stage.run, len(base.received), found, changes)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a run found; the links of its comments, and new comments, are staged.

    ``columns`` are what is written about each comment; ``added`` counts the new ones.
    """

    divided: Divided
    points: list[Comment]
    columns: list[Columns]
    added: int
    groups: Groups
    lesson: Lesson | None
    taught: list[Comment]


def _find(
    base: _Base,
    segmenter: Segmenter,
    threshold: float,
    progress: Progress,
    processes: int,
    stage: Stage,
) -> _Found:
    """Split, map and group; what is found about comments is staged as soon as it is there."""
    knowledge, received, known = base.knowledge, base.received, base.decided
    mapping = Mapping(base.plan, knowledge, segmenter, threshold)
    untaught = mapping.taught(())  # splits: what staff teach must not move the comments' borders
    finder = FamilyFinder(knowledge.lexicon, processes=processes)
    divided = divide(list(received.values()), base.existing, progress, untaught, finder, processes)
    placed = [p for p in divided.points if acted_on(p)]
    lesson, taught = lesson_of(
        placed, lambda some: mapping.taught(some) if some else untaught, segmenter.words
    )
    mapper = mapping.taught(taught) if taught else untaught
    points: list[Comment] = []
    columns: list[Columns] = []
    alike = beside(finder, [point.text for point in divided.points], processes)
    for shard in mapping.prepare(divided.points, received, mapper, processes):
        old = divided.points[len(points) : len(points) + len(shard)]
        prepared = [known.prepared(*pair) for pair in zip(old, shard, strict=True)]
        points += map(mapped, old, stage.put(old, prepared), prepared)
        columns += [own.columns for own in prepared]
        progress("map", len(points), len(divided.points))
    progress("group", 0, 1)
    constraints = known.constraints(points)
    groups = group(points, knowledge, segmenter, constraints, processes, alike())
    groups = replace(groups, letters=divided.letters)
    progress("group", 1, 1)
    added = sum(1 for point in divided.points if not point.number)
    return _Found(divided, points, columns, added, groups, lesson, list(taught))


def _words(
    office: Office, identifier: int, points: Sequence[Comment], segmenter: Segmenter
) -> list[list[str]]:
    """Return what to search each comment by; nothing for those whose words are there already."""
    indexed = search.current(office.store.db, identifier, version=segmenter.version)
    return [[] if p.number in indexed else segmenter.search_tokens(p.text) for p in points]


def _check_current(office: Office, identifier: int, slug: str, base: _Base, stage: Stage) -> None:
    """Raise ``Conflict`` when another run began, or a text was corrected or erased, meanwhile."""
    standing = submissions.standing(office.store.db, identifier)
    items = base.received.items()
    changed = any(standing.get(number) != item.version for number, item in items)
    db = office.store.db
    if changed or runs.latest(db, identifier) != base.run or not stage.alone():
        raise Conflict("analysis.overtaken", slug=slug)


def _report(run: int, received: int, found: _Found, changes: Sequence[ThemeChange]) -> RunReport:
    points, divided, groups = found.points, found.divided, found.groups
    kinds = Counter(change.kind.value for change in changes)
    return RunReport(
        run=run,
        submissions=received,
        comments=len(points),
        added=found.added,
        superseded=len(divided.superseded),
        families=len(groups.families),
        themes=len(groups.themes),
        **{kind.value: kinds[kind.value] for kind in ChangeKind},
    )
