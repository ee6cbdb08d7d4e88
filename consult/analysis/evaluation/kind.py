"""Kinds of comments against the labelled ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consult.analysis.evaluation.gold import GoldRow
from consult.analysis.evaluation.pairs import f1, ratio
from consult.domain.comment import Kind


def evaluate_kind(rows: Sequence[GoldRow], kind_of: Callable[[str], Kind]) -> dict[str, float]:
    """Return accuracy and macro F1 over the kinds that occur in the file."""
    found = [kind_of(row.text) for row in rows]
    true = [row.kind for row in rows]
    right = sum(one == other for one, other in zip(true, found, strict=True))
    kinds = [kind for kind in Kind if kind in true]
    scores = [class_f1(true, found, kind) for kind in kinds]
    return {"accuracy": ratio(right, len(rows)), "macro_f1": ratio(sum(scores), len(kinds))}


def class_f1(true: Sequence[object], found: Sequence[object], label: object) -> float:
    """Return the F1 of one label."""
    both = sum(one == label and other == label for one, other in zip(true, found, strict=True))
    precision = ratio(both, sum(other == label for other in found))
    return f1(precision, ratio(both, sum(one == label for one in true)))
