"""Families and additions on campaign letters written for this purpose, in the gold format.

Twelve letters with 15 copies each (names, years, typing errors, other words, excerpts, other order,
additions at the head, in the middle and at the end, politeness, traditional characters) and with
reversed asks, changed quotas and asides. Rules were made on ``campaigns.jsonl`` alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.analysis.evaluation import GoldRow, evaluate_families, read_gold
from consult.analysis.evaluation.families import true_families
from consult.analysis.families import FamilyFinder
from consult.analysis.remainder import remainder

HERE = Path(__file__).parent
FILES = ["campaigns.jsonl", "campaigns_held_out.jsonl"]


def rows(name: str) -> tuple[GoldRow, ...]:
    return read_gold((HERE / name).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", FILES)
def test_copies_are_found_and_so_is_what_they_add(name: str):
    found = evaluate_families(rows(name), FamilyFinder(), remainder)

    assert found["pair_precision"] >= 0.99
    assert found["pair_recall"] >= 0.93
    assert found["remainder_recall"] >= 0.9


@pytest.mark.parametrize("name", FILES)
def test_no_reversed_letter_joins(name: str):
    lines = rows(name)
    labels = FamilyFinder().fit_predict([line.text for line in lines])
    points: dict[int, set[str]] = {}
    for line, label in zip(lines, labels, strict=True):
        points.setdefault(label, set()).add(line.point)

    assert [own for own in points.values() if len(own) > 1] == []


@pytest.mark.parametrize(("name", "wrong"), [(FILES[0], 0), (FILES[1], 3)])
def test_what_only_signs_the_letter_adds_nothing(name: str, wrong: int):
    """Of 54 copies each; on the held-out half three put for "moved at once" another clause."""
    lines = {line.id: line for line in rows(name)}
    silent = [line for line in lines.values() if line.remainder == "" and line.near_dup_of]

    added = [remainder(lines[line.near_dup_of or ""].text, line.text) for line in silent]

    assert (len(added), len([text for text in added if text])) == (54, wrong)


@pytest.mark.parametrize("name", FILES)
def test_the_letter_itself_or_a_copy_without_additions_is_the_base(name: str):
    lines = rows(name)
    finder = FamilyFinder()
    labels = finder.fit_predict([line.text for line in lines])
    families = true_families(lines)

    bases = {finder.bases_[place] for place, label in enumerate(labels) if labels.count(label) > 2}

    assert [lines[base].id for base in sorted(bases) if lines[base].remainder] == []
    assert {families[base] for base in bases} <= set(families)
