"""Themes against the labelled points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from consult.analysis.evaluation.gold import MULTI, GoldRow
from consult.analysis.evaluation.mapping import Mapper
from consult.analysis.evaluation.pairs import agreement
from consult.analysis.evaluation.split import Splitter


class Clusterer(Protocol):
    """What groups comments of one section by their ask."""

    def fit_predict(  # noqa: D102
        self, texts: Sequence[str], sections: Sequence[str]
    ) -> Sequence[int]: ...


def evaluate_themes(
    rows: Sequence[GoldRow],
    mapper: Mapper,
    clusterer: Clusterer,
    splitter: Splitter,
    opposites: Sequence[tuple[str, str]] = (),
) -> dict[str, float]:
    """Return pair and B³ figures, ARI, and how many opposite points share a theme.

    Texts of several points are left out; a single-issue text that was split counts as its longest
    part. Sections are those the mapper gives, as in production.
    """
    single = [row for row in rows if row.cue != MULTI]
    texts = [longest_part(row.text, splitter) for row in single]
    sections = [placement.section for placement in mapper.place(texts)]
    labels = clusterer.fit_predict(texts, sections)
    points = [row.point for row in single]
    measured = agreement(points, labels)
    return {
        "pair_precision": measured.pair_precision,
        "pair_recall": measured.pair_recall,
        "pair_f1": measured.pair_f1,
        "b3_precision": measured.b3_precision,
        "b3_recall": measured.b3_recall,
        "b3_f1": measured.b3_f1,
        "ari": measured.ari,
        "opposites_merged": _merged(points, labels, opposites),
    }


def longest_part(text: str, splitter: Splitter) -> str:
    """Return the longest comment of a text, the first one of several; the text when it has none."""
    spans = splitter(text)
    if not spans:
        return text
    span = max(spans, key=lambda span: (span.end - span.start, -span.start))
    return text[span.start : span.end]


def _merged(
    points: Sequence[str], labels: Sequence[int], opposites: Sequence[tuple[str, str]]
) -> int:
    """Count the pairs of opposite points with a theme in common."""
    themes: dict[str, set[int]] = {}
    for point, label in zip(points, labels, strict=True):
        themes.setdefault(point, set()).add(label)
    return sum(bool(themes.get(one, set()) & themes.get(other, set())) for one, other in opposites)
