"""The family of one new text on arrival."""

from __future__ import annotations

import pytest

from consult.analysis.families import FamilyFinder
from consult.analysis.families_index import FamilyIndex
from tests.analysis.test_campaigns import FILES, rows
from tests.analysis.test_families import COPIES, LETTER, OTHERS

INDEX = FamilyIndex([(7, LETTER), (8, OTHERS[0]), (9, "支持！"), (10, "支持")])


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_finds_its_letter(copy: str):
    assert INDEX.find(copy) == 7


@pytest.mark.parametrize(
    "other",
    [
        OTHERS[1],
        LETTER.replace("建议在", "不建议在"),
        LETTER.replace("配两台", "配八台"),
        "反对",
        "👍",
        "",
    ],
)
def test_another_text_and_a_reversed_letter_find_none(other: str):
    assert INDEX.find(other) is None


def test_of_equal_texts_the_first_one_answers():
    assert INDEX.find("支 持。") == 9


def test_an_empty_index_finds_nothing():
    assert FamilyIndex([]).find(LETTER) is None


@pytest.mark.parametrize("name", FILES)
def test_the_index_agrees_with_a_run_on_nearly_all_copies(name: str):
    """The last copies of each letter arrive one by one after a run over the others."""
    texts = [line.text for line in rows(name)]
    early = [text for place, text in enumerate(texts) if place % 3]
    finder = FamilyFinder()
    labels = finder.fit_predict(early)
    index = FamilyIndex([(b, early[b]) for b in sorted(set(finder.bases_))])
    label = dict(zip(finder.bases_, labels, strict=True))
    full = FamilyFinder().fit_predict(texts)
    known = dict(zip(early, labels, strict=True))
    whole: dict[int, set[int]] = {}
    for text, own in zip(texts, full, strict=True):
        if text in known:
            whole.setdefault(own, set()).add(known[text])

    agreed = 0
    arriving = texts[::3]
    for text, own in zip(arriving, full[::3], strict=True):
        found = index.find(text)
        families = whole.get(own, set())
        agreed += label[found] in families if found is not None else not families
    assert agreed >= 0.95 * len(arriving)
