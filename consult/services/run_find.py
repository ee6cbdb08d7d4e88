"""Find what a run is about: the comments, where each belongs, and which are alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from consult.analysis.families import FamilyFinder
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment
from consult.domain.lesson import Lesson
from consult.services.beside import beside
from consult.services.divide import Divided, Progress, divide
from consult.services.group import Groups, group
from consult.services.learn import lesson_of
from consult.services.map_points import Mapping, mapped
from consult.services.resplit import acted_on
from consult.services.run_base import Base
from consult.services.stage import Stage
from consult.services.standing import Standing, Taught
from consult.store.run_comments import Columns


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found; the links of its comments, and new comments, are staged.

    ``columns`` are what is written about each comment, None where its links hold; ``added`` counts
    the new ones, ``superseded`` are the numbers that a new split replaces.
    """

    points: list[Comment]
    columns: list[Columns | None]
    added: int
    superseded: tuple[int, ...]
    groups: Groups
    lesson: Lesson | None
    taught: Taught


def find(
    base: Base,
    before: Standing,
    segmenter: Segmenter,
    threshold: float,
    progress: Progress,
    processes: int,
    stage: Stage,
) -> Found:
    """Split, map and group; what is found about comments is staged as soon as it is there."""
    mapping = Mapping(base.plan, base.knowledge, segmenter, threshold)
    with mapping.begun(processes):
        untaught = mapping.taught(())  # splits: what staff teach must not move comments' borders
    finder = FamilyFinder(base.knowledge.lexicon, processes=processes)
    divided = _divided(base, before, progress, untaught, finder, processes)
    lesson, taught, mapper = _learnt(divided, mapping, untaught)
    del untaught
    same = before.read(base.received, base.existing, divided, _pairs(taught))
    alike = beside(finder, [point.text for point in divided.points], processes)
    fresh = [point for point in divided.points if point.number not in same]
    read = _read(fresh, mapping, mapper, base, stage, processes, progress)
    points, columns = _woven(divided.points, same, read)
    progress("map", len(points), len(points))
    added = sum(1 for point in divided.points if not point.number)
    superseded, letters = divided.superseded, divided.letters
    # Comments without links: 300 bytes each, and there may be a million. Mappers: 45 MB a process.
    del divided, fresh, read, mapper
    progress("group", 0, 1)
    constraints = base.decided.constraints(points)
    groups = group(points, base.knowledge, segmenter, constraints, processes, alike())
    progress("group", 1, 1)
    groups = replace(groups, letters=letters)
    return Found(points, columns, added, superseded, groups, lesson, _pairs(taught))


def _divided(
    base: Base,
    before: Standing,
    progress: Progress,
    mapper: SectionMapper,
    finder: FamilyFinder,
    processes: int,
) -> Divided:
    spans = before.spans(base.received, base.existing)
    items = list(base.received.values())
    return divide(items, base.existing, progress, mapper, finder, processes, spans)


def _learnt(
    divided: Divided, mapping: Mapping, untaught: SectionMapper
) -> tuple[Lesson | None, Sequence[Comment], SectionMapper]:
    """Return what staff's decisions teach, those it follows from, and a mapper that knows them."""
    lesson, taught = lesson_of(
        [point for point in divided.points if acted_on(point)],
        lambda some: mapping.taught(some) if some else untaught,
        mapping.segmenter.words,
    )
    return lesson, taught, mapping.taught(taught) if taught else untaught


def _woven(
    old: Sequence[Comment], same: Collection[int], read: Iterator[tuple[Comment, Columns]]
) -> tuple[list[Comment], list[Columns | None]]:
    """Put what was read into the places of the comments that were read again."""
    points: list[Comment] = []
    columns: list[Columns | None] = []
    for point in old:
        own = (point, None) if point.number in same else next(read)
        points.append(own[0])
        columns.append(own[1])
    return points, columns


def _read(
    points: Sequence[Comment],
    mapping: Mapping,
    mapper: SectionMapper,
    base: Base,
    stage: Stage,
    processes: int,
    progress: Progress,
) -> Iterator[tuple[Comment, Columns]]:
    """Map comments and stage their links; yield each with its number and what is written of it."""
    done = 0
    for shard in mapping.prepare(points, base.received, mapper, processes):
        old = points[done : done + len(shard)]
        made = [base.decided.prepared(*pair) for pair in zip(old, shard, strict=True)]
        numbers = stage.put(old, made)
        done += len(shard)
        progress("map", done, len(points))
        yield from zip(map(mapped, old, numbers, made), (own.columns for own in made), strict=True)


def _pairs(taught: Sequence[Comment]) -> Taught:
    """Return what a run records of the comments that it learned from."""
    return tuple((comment.number, comment.section) for comment in taught)
