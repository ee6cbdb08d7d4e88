"""Evaluate what production runs on labelled comments: the same mapper, splitter and clusterers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from consult.analysis import evaluation
from consult.analysis.evaluation import GoldRow, Splitter
from consult.analysis.families import FamilyFinder
from consult.analysis.remainder import remainder
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.analysis.split import split
from consult.analysis.split_matters import scorer_of
from consult.analysis.stance import kind_of
from consult.analysis.themes import ThemeClusterer
from consult.domain.comment import Comment, Kind, Link, Origin
from consult.domain.consultation import OFFPLAN, Plan
from consult.domain.knowledge import Knowledge
from consult.services.learn import lesson_of
from consult.services.map_points import Mapping

TASKS = ("mapping", "themes", "families", "split", "kind", "learning")
Measures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured with: plan, knowledge (empty: bare), training lines, threshold.

    ``draw`` says how the learning curve takes corrections from the training lines.
    """

    plan: Plan
    knowledge: Knowledge
    train: tuple[GoldRow, ...] = ()
    threshold: float = 0.5
    draw: evaluation.Draw = field(default_factory=evaluation.Draw)

    @property
    def mapping(self) -> Mapping:
        """What comments are mapped with, as in an analysis run."""
        segmenter = Segmenter(self.knowledge.lexicon.words)
        return Mapping(self.plan, self.knowledge, segmenter, self.threshold)


def evaluate(
    task: str,
    rows: Sequence[GoldRow],
    material: Material,
    *,
    opposites: Sequence[tuple[str, str]] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> Measures:
    """Return the measures of one task (DESIGN §5)."""
    if task == "families":
        return dict(evaluation.evaluate_families(rows, FamilyFinder(), remainder))
    if task == "learning":
        return dict(_learning(rows, material))
    mapping = material.mapping
    splitter = _splitter(mapping)
    if task == "split":
        return dict(evaluation.evaluate_split(rows, splitter))
    mapper, _ = _taught(mapping, material.train)
    if task == "mapping":
        measures = evaluation.evaluate_mapping(rows, mapper, splitter, material.threshold, clock)
        return {**measures, **evaluation.evaluate_plain(rows, material.plan)}
    if task == "kind":
        return dict(evaluation.evaluate_kind(rows, lambda text: _kind(mapper, text)))
    clusterer = ThemeClusterer(
        mapping.segmenter, material.knowledge.lexicon, material.knowledge.thesaurus
    )
    return dict(evaluation.evaluate_themes(rows, mapper, clusterer, splitter, opposites))


def _splitter(mapping: Mapping) -> Splitter:
    """Split as an analysis run does: what was taught does not move the borders of comments."""
    scorer = scorer_of(mapping.taught(()))
    return lambda text: split(text, scorer)


def _taught(mapping: Mapping, corrections: Sequence[GoldRow]) -> tuple[SectionMapper, bool]:
    """Teach as an analysis run does: corrections are used where they win on those held out."""
    decided = [comment for row in corrections for comment in _decided(row)]
    _, taught = lesson_of(decided, mapping.taught)
    return mapping.taught(taught), bool(taught)


def _decided(row: GoldRow) -> Iterator[Comment]:
    """Yield the comments of a line as staff would have put them: its points one by one."""
    points = [(part.text, part.section) for part in row.parts] or [(row.text, row.sections[0])]
    for text, section in points:
        yield Comment(0, 0, 0, len(text), text, (Link(section, Origin.STAFF, 1.0),))


def _learning(rows: Sequence[GoldRow], material: Material) -> evaluation.LearningMeasures:
    """Draw from the training lines, or from the measured ones themselves where there are none."""
    mapping = material.mapping
    pool = material.train or rows
    return evaluation.evaluate_learning(
        rows, pool, lambda drawn: _taught(mapping, drawn), _splitter(mapping), material.draw
    )


def _kind(mapper: SectionMapper, text: str) -> Kind:
    """Decide as an analysis run does: what is off the plan is off topic."""
    if mapper.predict([text])[0] == OFFPLAN:
        return Kind.OFFTOPIC
    return kind_of(text)
