"""The project's own labelled texts: floors that a change of rules or mapper must not go below."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.analysis.evaluation import GoldRow, read_gold
from consult.cli import corpora
from consult.services.evaluate import Material, evaluate

FOLDER = Path(__file__).parent / "labelled"


@pytest.fixture(scope="module")
def material() -> Material:
    corpus = corpora.load("luzhou-2022")
    return Material(corpus.plan, corpus.knowledge)


def lines(name: str) -> tuple[GoldRow, ...]:
    return read_gold((FOLDER / f"{name}.jsonl").read_bytes().splitlines())


@pytest.mark.parametrize(("name", "floor"), [("building", 0.88), ("held_out", 0.8)])
def test_points_of_letters_are_found(material: Material, name: str, floor: float):
    assert evaluate("split", lines(f"letters_{name}"), material)["span_f1"] >= floor


@pytest.mark.parametrize(("name", "floor"), [("building", 0.97), ("held_out", 0.93)])
def test_texts_of_one_issue_stay_whole(material: Material, name: str, floor: float):
    assert evaluate("split", lines(f"single_{name}"), material)["single_kept"] >= floor


@pytest.mark.parametrize(
    ("name", "accuracy", "macro_f1"), [("building", 0.9, 0.85), ("held_out", 0.88, 0.85)]
)
def test_kinds_are_told(material: Material, name: str, accuracy: float, macro_f1: float):
    measured = evaluate("kind", lines(f"kinds_{name}"), material)

    assert measured["accuracy"] >= accuracy
    assert measured["macro_f1"] >= macro_f1
