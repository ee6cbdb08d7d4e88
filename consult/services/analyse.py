"""Analyse (分析): split, map, group. The machine proposes; what staff decided stays.

Everything is computed outside of any transaction, staged in short ones and made visible by one, so
that no citizen waits for an analysis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.analysis.collection import collection_paused
from consult.analysis.engine import suitable
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment
from consult.domain.errors import Conflict
from consult.domain.theme import ChangeKind, ThemeChange
from consult.services.divide import Progress, silent
from consult.services.index_words import index_words, searched_by
from consult.services.keep_themes import known_groups, write_groups
from consult.services.office import Office
from consult.services.run_base import Base, read_base
from consult.services.run_find import Found, find
from consult.services.run_record import run_record
from consult.services.show import Showing
from consult.services.stage import Stage, sweep
from consult.services.standing import Standing, standing
from consult.store import (
    consultations,
    events,
    runs,
    search,
    submissions,
)


@dataclass(frozen=True, slots=True)
class RunReport:
    """Totals of a run; four count themes that changed since the run before.

    ``standing`` counts the comments that were not read again, since nothing had changed for them.
    """

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
    standing: int = 0


def analyse(
    office: Office,
    *,
    slug: str,
    actor: str,
    threshold: float = 0.5,
    progress: Progress = silent,
    processes: int = 1,
    anew: bool = False,
) -> RunReport:
    """Run the whole analysis over all listed submissions of a consultation.

    Comments are read again where anything that their links follow from has changed since, or all
    of them (``anew``); both give the same.

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
                office, identifier, slug, actor, threshold, progress, processes, started, anew
            )
    finally:
        sweep(office, identifier)


def _analysed(
    office: Office, identifier: int, slug: str, actor: str, threshold: float, progress: Progress,
    processes: int, started: datetime, anew: bool,
) -> RunReport:  # fmt: skip
    db = office.store.db
    base = read_base(office, identifier)
    versions = {number: item.version for number, item in base.received.items()}
    stage = Stage(office, identifier, slug=slug, versions=versions)
    segmenter = Segmenter(base.knowledge.lexicon.words)
    processes = processes or suitable(len(base.received))
    made = run_record(base.marks, base.knowledge, segmenter=segmenter.version, threshold=threshold)
    before = Standing() if anew else standing(office, identifier, made)
    found = find(base, before, segmenter, threshold, progress, processes, stage)
    known = known_groups(base.families, found.points, found.groups, base.decided)
    words = _words(office, identifier, found.points, segmenter, processes)
    with office.store.write():
        progress("store", 0, 1)
        _check_current(office, identifier, slug, base, stage)
        runs.add(
            db, identifier, number=stage.run, started=started, finished=office.clock(),
            versions=made, lesson=found.lesson,
            taught=found.taught,
        )  # fmt: skip
        shown = Showing(office, identifier, stage.run, found.points, found.columns)
        shown.make_way(found.superseded)
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


def _words(
    office: Office,
    identifier: int,
    points: Sequence[Comment],
    segmenter: Segmenter,
    processes: int,
) -> list[str]:
    """Return what to search each comment by; nothing for those whose words are there already."""
    indexed = search.current(office.store.db, identifier, version=segmenter.version)
    missing = [point.text for point in points if point.number not in indexed]
    words = iter(searched_by(missing, segmenter, processes))
    return ["" if point.number in indexed else next(words) for point in points]


def _check_current(office: Office, identifier: int, slug: str, base: Base, stage: Stage) -> None:
    """Raise ``Conflict`` when another run began, or a text was corrected or erased, meanwhile."""
    present = submissions.standing(office.store.db, identifier)
    items = base.received.items()
    changed = any(present.get(number) != item.version for number, item in items)
    db = office.store.db
    if changed or runs.latest(db, identifier) != base.run or not stage.alone():
        raise Conflict("analysis.overtaken", slug=slug)


def _report(run: int, received: int, found: Found, changes: Sequence[ThemeChange]) -> RunReport:
    points, groups = found.points, found.groups
    kinds = Counter(change.kind.value for change in changes)
    return RunReport(
        run=run,
        submissions=received,
        comments=len(points),
        added=found.added,
        superseded=len(found.superseded),
        families=len(groups.families),
        themes=len(groups.themes),
        standing=found.columns.count(None),
        **{kind.value: kinds[kind.value] for kind in ChangeKind},
    )
