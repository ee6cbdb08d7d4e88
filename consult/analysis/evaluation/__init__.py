"""Measures what production runs on labelled files; every function is pure but for its clock."""

from __future__ import annotations

from consult.analysis.evaluation.families import evaluate_families
from consult.analysis.evaluation.gold import GoldPart, GoldRow, read_gold, read_opposites
from consult.analysis.evaluation.kind import evaluate_kind
from consult.analysis.evaluation.learning import (
    SEEDS,
    SIZES,
    Draw,
    LearningMeasures,
    evaluate_learning,
)
from consult.analysis.evaluation.mapping import evaluate_mapping
from consult.analysis.evaluation.plain import evaluate_plain
from consult.analysis.evaluation.split import Splitter, evaluate_split
from consult.analysis.evaluation.themes import evaluate_themes

__all__ = [
    "SEEDS",
    "SIZES",
    "Draw",
    "GoldPart",
    "GoldRow",
    "LearningMeasures",
    "Splitter",
    "evaluate_families",
    "evaluate_kind",
    "evaluate_learning",
    "evaluate_mapping",
    "evaluate_plain",
    "evaluate_split",
    "evaluate_themes",
    "read_gold",
    "read_opposites",
]
