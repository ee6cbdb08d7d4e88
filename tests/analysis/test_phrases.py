from __future__ import annotations

from consult.analysis.phrases import PhraseFinder


def test_the_longest_phrase_at_a_place_wins_and_matches_do_not_overlap() -> None:
    finder = PhraseFinder(["贷款", "贷款难", "难题"])
    assert list(finder.find("贷款难题，贷款")) == [(0, "贷款难"), (5, "贷款")]


def test_single_characters_are_no_phrases() -> None:
    assert not PhraseFinder(["钱", ""])
