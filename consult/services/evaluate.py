"""Evaluate what production runs on labelled comments: the same mapper, splitter and clusterers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.analysis import evaluation
from consult.analysis.evaluation import GoldRow
from consult.analysis.families import FamilyFinder
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.analysis.split import split
from consult.analysis.stance import kind_of
from consult.analysis.themes import ThemeClusterer
from consult.domain.comment import Kind
from consult.domain.consultation import OFFPLAN, Plan
from consult.domain.knowledge import Knowledge

TASKS = ("mapping", "themes", "families", "split", "kind")
Measures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured with: plan, knowledge (empty: bare), training lines, threshold."""

    plan: Plan
    knowledge: Knowledge
    train: tuple[GoldRow, ...] = ()
    threshold: float = 0.5


def evaluate(
    task: str,
    rows: Sequence[GoldRow],
    material: Material,
    *,
    opposites: Sequence[tuple[str, str]] = (),
    clock: Callable[[], float] = time.perf_counter,
) -> Measures:
    """Return the measures of one task (DESIGN §5)."""
    if task == "split":
        return dict(evaluation.evaluate_split(rows, split))
    if task == "families":
        return dict(evaluation.evaluate_families(rows, FamilyFinder()))
    mapper = _mapper(material)
    if task == "mapping":
        measures = evaluation.evaluate_mapping(rows, mapper, split, material.threshold, clock)
        return dict(measures)
    if task == "kind":
        return dict(evaluation.evaluate_kind(rows, lambda text: _kind(mapper, text)))
    clusterer = ThemeClusterer(segmenter=mapper.segmenter, lexicon=material.knowledge.lexicon)
    return dict(evaluation.evaluate_themes(rows, mapper, clusterer, split, opposites))


def _mapper(material: Material) -> SectionMapper:
    segmenter = Segmenter(material.knowledge.lexicon.words)
    mapper = SectionMapper(
        lexicon=material.knowledge.lexicon,
        thesaurus=material.knowledge.thesaurus,
        exemplars=material.knowledge.exemplars,
        segmenter=segmenter,
        threshold=material.threshold,
    )
    return mapper.fit(
        material.plan,
        [row.text for row in material.train] or None,
        [row.sections[0] for row in material.train] or None,
    )


def _kind(mapper: SectionMapper, text: str) -> Kind:
    """Decide as an analysis run does: what is off the plan is off topic."""
    if mapper.predict([text])[0] == OFFPLAN:
        return Kind.OFFTOPIC
    return kind_of(text)
