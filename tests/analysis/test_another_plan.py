"""A plan of another field, without resources: the mapper is better than the plain cosine there.

Directions are asserted, not figures: nothing was tuned on these comments.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from consult.analysis.evaluation import GoldRow, read_gold
from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.domain.knowledge import Knowledge, Thesaurus
from consult.intake.corpus_thesaurus import read_thesaurus
from consult.intake.draft import read_draft
from consult.services.evaluate import Material, evaluate

LABELLED = Path(__file__).resolve().parents[1] / "labelled"
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@cache
def plan() -> Plan:
    return read_draft((LABELLED / "elder-care.txt").read_bytes(), "elder-care.txt").plan


@cache
def rows() -> tuple[GoldRow, ...]:
    return read_gold((LABELLED / "elder-care.jsonl").read_bytes().splitlines())


@cache
def thesaurus() -> Thesaurus:
    return read_thesaurus(CORPUS)


def test_the_labels_are_those_of_the_plan_and_of_every_section() -> None:
    sections = {section.code for section in plan().sections}
    assert (len(plan().chapters), len(sections), len(rows())) == (8, 23, 168)
    assert {code for row in rows() for code in row.sections} == sections | {GENERAL, OFFPLAN}


@pytest.mark.parametrize("named", ["bare", "with the thesaurus"])
def test_the_mapper_beats_the_cosine_of_characters(named: str) -> None:
    knowledge = Knowledge() if named == "bare" else Knowledge(thesaurus=thesaurus())
    found = evaluate("mapping", rows(), Material(plan(), knowledge))
    assert found["section_accuracy"] > found["plain_section_accuracy"]
    assert found["primary_accuracy"] > found["plain_accuracy"]  # general and off-plan included
