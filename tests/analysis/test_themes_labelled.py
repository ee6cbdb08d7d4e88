"""Themes on labelled comments; the sections are given, so that the mapper has no part in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.analysis.evaluation import read_gold, read_opposites
from consult.analysis.evaluation.pairs import agreement
from consult.analysis.opposites import Opposites
from consult.analysis.themes import ThemeClusterer
from consult.cli import corpora

FOLDER = Path(__file__).parents[1] / "labelled"
ROWS = read_gold((FOLDER / "themes.jsonl").read_text(encoding="utf-8").splitlines())
PAIRS = read_opposites((FOLDER / "themes.opposites").read_text(encoding="utf-8").splitlines())
TEXTS = [row.text for row in ROWS]
POINTS = [row.point for row in ROWS]


@pytest.fixture(scope="module")
def labels() -> list[int]:
    knowledge = corpora.load("luzhou-2022").knowledge
    clusterer = ThemeClusterer(lexicon=knowledge.lexicon, thesaurus=knowledge.thesaurus)
    return clusterer.fit_predict(TEXTS, [row.sections[0] for row in ROWS])


def test_the_set_is_large_and_names_only_points_it_has() -> None:
    assert len(ROWS) >= 200
    assert len(set(POINTS)) >= 60
    assert {point for pair in PAIRS for point in pair} <= set(POINTS)


def test_themes_agree_with_the_labelled_points(labels: list[int]) -> None:
    found = agreement(POINTS, labels)

    assert found.b3_f1 >= 0.87
    assert found.pair_f1 >= 0.75


def test_no_opposite_points_share_a_theme(labels: list[int]) -> None:
    themes: dict[str, set[int]] = {}
    for point, label in zip(POINTS, labels, strict=True):
        themes.setdefault(point, set()).add(label)

    assert [pair for pair in PAIRS if themes[pair[0]] & themes[pair[1]]] == []


def test_the_guard_alone_tells_opposite_points_and_leaves_equal_ones_together() -> None:
    opposites = Opposites(corpora.load("luzhou-2022").knowledge.lexicon.opposites)
    leaning = {text: opposites.leaning(text) for text in TEXTS}
    by_point: dict[str, list[str]] = {}
    for text, point in zip(TEXTS, POINTS, strict=True):
        by_point.setdefault(point, []).append(text)

    def opposed(one: str, other: str) -> bool:
        return any(leaning[other].get(axis, side) != side for axis, side in leaning[one].items())

    across = [(a, b) for one, two in PAIRS for a in by_point[one] for b in by_point[two]]
    within = [(a, b) for own in by_point.values() for a in own for b in own if a < b]
    assert sum(opposed(*pair) for pair in across) >= 0.95 * len(across)
    assert sum(opposed(*pair) for pair in within) <= 0.02 * len(within)


def test_opposite_points_are_linked_and_little_else() -> None:
    knowledge = corpora.load("luzhou-2022").knowledge
    clusterer = ThemeClusterer(lexicon=knowledge.lexicon, thesaurus=knowledge.thesaurus)
    found = clusterer.fit_predict(TEXTS, [row.sections[0] for row in ROWS])
    points: dict[int, set[str]] = {}
    for point, label in zip(POINTS, found, strict=True):
        points.setdefault(label, set()).add(point)
    listed = {frozenset(pair) for pair in PAIRS}
    linked = [
        {frozenset((a, b)) for a in points[one] for b in points[other]} & listed
        for one, other in clusterer.opposed_
    ]

    assert len(set().union(*linked)) >= 14
    assert sum(map(bool, linked)) >= 0.7 * len(linked)
