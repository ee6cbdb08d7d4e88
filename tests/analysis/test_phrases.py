from __future__ import annotations

import pickle
import re

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.phrases import PhraseFinder, SignFinder, tree


def test_the_longest_phrase_at_a_place_wins_and_matches_do_not_overlap() -> None:
    finder = PhraseFinder(["贷款", "贷款难", "难题"])
    found = [
        (finder.phrases[phrase], start, end) for phrase, start, end in finder.find("贷款难题，贷款")
    ]
    assert found == [("贷款难", 0, 3), ("贷款", 5, 7)]


def test_single_characters_are_no_phrases() -> None:
    assert not PhraseFinder(["钱", ""])
    assert PhraseFinder(["钱", ""]).find("钱") == []


def test_places_count_characters_also_behind_rare_and_broken_ones() -> None:
    assert PhraseFinder(["贷款"]).find("𠮷\ud800贷款") == [(0, 2, 4)]


def test_a_pickled_finder_finds_the_same() -> None:
    finder = PhraseFinder(["贷款", "难题"])
    found = finder.find("难题贷款")  # its automaton, which no pickle can hold, is there now

    assert pickle.loads(pickle.dumps(finder)).find("难题贷款") == found  # noqa: S301


def test_signs_are_found_inside_of_each_other_too() -> None:
    assert SignFinder(["意见", "征求意见", "附"]).find("征求意见稿的附件") == {
        "意见",
        "征求意见",
        "附",
    }
    assert SignFinder(["意见"]).find("\ud800意见") == {"意见"}


@given(
    st.sets(st.text("甲乙.(", min_size=1, max_size=5), min_size=1), st.text("甲乙.(", max_size=20)
)
def test_a_tree_of_words_finds_what_a_list_of_them_does_the_longest_first(
    words: set[str], text: str
) -> None:
    longest = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    expected = [match.span() for match in re.finditer(longest, text)]
    assert [match.span() for match in re.finditer(tree(words), text)] == expected


def test_a_tree_takes_words_of_any_length() -> None:
    assert re.fullmatch(tree(["甲" * 5000, "甲" * 4000 + "乙"]), "甲" * 5000)
