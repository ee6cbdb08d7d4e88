"""Measures what production runs on labelled files; every function is pure but for its clock."""

from __future__ import annotations

from consult.analysis.evaluation.families import evaluate_families
from consult.analysis.evaluation.gold import GoldPart, GoldRow, read_gold, read_opposites
from consult.analysis.evaluation.kind import evaluate_kind
from consult.analysis.evaluation.mapping import evaluate_mapping
from consult.analysis.evaluation.split import evaluate_split
from consult.analysis.evaluation.themes import evaluate_themes

__all__ = [
    "GoldPart",
    "GoldRow",
    "evaluate_families",
    "evaluate_kind",
    "evaluate_mapping",
    "evaluate_split",
    "evaluate_themes",
    "read_gold",
    "read_opposites",
]
