"""Analyse (分析): split, map, group. The machine proposes; what staff decided stays.

Everything is computed outside of any transaction and made visible by one short one, so that no
citizen waits for an analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult import __version__
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment
from consult.domain.errors import Conflict
from consult.domain.theme import Theme
from consult.services import vault
from consult.services.divide import Divided, Progress, divide, silent
from consult.services.group import Groups, group
from consult.services.learn import judge
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.resplit import acted_on, frozen
from consult.store import comments, consultations, events, runs, search, submissions


@dataclass(frozen=True, slots=True)
class RunReport:
    """Totals of a run."""

    run: int
    submissions: int
    comments: int
    added: int
    superseded: int
    families: int
    themes: int


def analyse(
    office: Office,
    *,
    slug: str,
    actor: str,
    threshold: float = 0.5,
    progress: Progress = silent,
) -> RunReport:
    """Run the whole analysis over all listed submissions of a consultation.

    Raises ``NotFound`` for an unknown consultation and ``Conflict("analysis.overtaken")`` when
    another run ended meanwhile; nothing is stored then. Deterministic: the same database gives the
    same links, families and themes.
    """
    started = office.clock()
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.read():
        plan = consultations.plan(db, identifier)
        knowledge = consultations.knowledge(db, identifier)
        stored = submissions.active(db, identifier)
        existing = comments.active(db, identifier)
        before = runs.latest(db, identifier)
    received = {item.value.id: vault.original(office.keys, item) for item in stored}
    divided = divide(list(received.values()), existing, progress)
    segmenter = Segmenter(knowledge.lexicon.words)
    mapping = Mapping(plan, knowledge, segmenter, threshold)
    decided = [p for p in divided.points if acted_on(p)]
    lesson = judge(decided, mapping.taught)
    taught = decided if lesson is not None and lesson.used else []
    points = mapping.place(divided.points, received, taught, progress)
    progress("group", 0, 1)
    groups = group(points, knowledge.lexicon, segmenter)
    progress("group", 1, 1)
    indexed = search.current(db, identifier, version=segmenter.version)
    words = [[] if p.number in indexed else segmenter.search_tokens(p.text) for p in points]
    versions = {"consult": __version__, "segmenter": segmenter.version, **knowledge.versions}
    with office.store.write():
        if runs.latest(db, identifier) != before:  # what this run is based on is out of date
            raise Conflict("analysis.overtaken", slug=slug)
        run = runs.add(
            db, identifier, started=started, finished=office.clock(), versions=versions,
            lesson=lesson, taught=[(p.number, p.section) for p in taught],
        )  # fmt: skip
        numbered = _write(office, identifier, run, points, divided.superseded)
        entries = [(c.number, cut) for c, cut in zip(numbered, words, strict=True) if cut]
        search.index(db, entries, version=segmenter.version)
        _write_groups(office, identifier, run, numbered, groups)
        events.add(
            db, at=office.clock(), actor=actor, verb="analysed", subject=f"consultation:{slug}",
            after={"run": run, "comments": len(points), **versions}, consultation=identifier,
        )  # fmt: skip
    return _report(run, len(stored), points, divided, groups)


def _report(
    run: int, received: int, points: Sequence[Comment], divided: Divided, groups: Groups
) -> RunReport:
    return RunReport(
        run=run,
        submissions=received,
        comments=len(points),
        added=sum(1 for point in points if not point.number),
        superseded=len(divided.superseded),
        families=len(groups.families),
        themes=len(groups.themes),
    )


def _write(
    office: Office,
    identifier: int,
    run: int,
    points: Sequence[Comment],
    superseded: Sequence[int],
) -> list[Comment]:
    """Store the comments; a comment that staff acted on meanwhile keeps what they decided."""
    db = office.store.db
    present = comments.active(db, identifier)
    decided = {c.number for c in present if acted_on(c)}
    fixed = {c.number for c in present if frozen(c)}
    comments.supersede(db, [number for number in superseded if number not in fixed])
    numbered = []
    for point in points:
        stored = point
        if not point.number:
            number = comments.add(db, identifier, point, run=run)
            stored = replace(point, number=number)
        if stored.number not in decided:
            comments.set_links(db, stored, run=run)
        numbered.append(stored)
    return numbered


def _write_groups(
    office: Office, identifier: int, run: int, points: Sequence[Comment], groups: Groups
) -> None:
    db = office.store.db
    family: dict[int, int] = {}
    for members in groups.families:
        base = points[members[0]].number
        row = runs.add_family(db, identifier, run=run, base=base)
        family |= dict.fromkeys(members, row)
    theme: dict[int, int] = {}
    for item in groups.themes:
        row = runs.add_theme(db, identifier, _numbered(item, points), run=run)
        theme |= dict.fromkeys(item.members, row)
    comments.set_groups(
        db,
        [(family.get(i), theme.get(i), point.number) for i, point in enumerate(points)],
    )
    runs.forget(db, identifier, before=run)


def _numbered(theme: Theme, points: Sequence[Comment]) -> Theme:
    return replace(
        theme,
        label_from=points[theme.label_from].number,
        central=points[theme.central].number,
        members=tuple(points[i].number for i in theme.members),
    )
