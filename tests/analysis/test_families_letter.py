"""A letter taken apart: folded positions, clauses and what stands between them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from consult.analysis.families_letter import Letter
from consult.analysis.normalise import fold, fold_places
from tests.analysis.test_families import COPIES

TEXTS = st.text(alphabet="建议请在路口装灯，。：！~.,3a“”…\n 　（ＡA㈱①", max_size=40)


@given(TEXTS)
@example(COPIES[1])
def test_clauses_follow_each_other_over_the_whole_folded_text(text: str):
    letter = Letter(text, fold(text))
    spans = [(clause.start, clause.end) for clause in letter.clauses]

    assert [fold(clause.words) for clause in letter.clauses] == [
        letter.folded[start:end] for start, end in spans
    ]
    assert all(before[1] == after[0] for before, after in pairwise([(0, 0), *spans]))
    assert (spans[-1][1] if spans else 0) == len(letter.folded)


@given(TEXTS)
@example(COPIES[0])
def test_sentence_by_sentence_come_the_same_clauses(text: str):
    letter = Letter(text, fold(text))

    found = [
        clause
        for start, end, first, _ in letter.sentences()
        for clause in letter.clauses_of(start, end, first)
    ]

    assert [clause[:3] for clause in found] == [clause[:3] for clause in letter.clauses]


@given(TEXTS)
@example(COPIES[6])
def test_folded_characters_are_found_in_the_text(text: str):
    folded, places = fold_places(text)
    letter = Letter(text, folded)
    inside = range(1, len(places))

    assert [letter.place(at) for at in range(len(places))] == places
    assert [letter.between(at) for at in inside] == [
        text[places[at - 1] + 1 : places[at]] for at in inside
    ]
    assert [at for at in inside if letter.breaks(at)] == [
        at for at in inside if not set("，。！？；：…,.!?;:\n").isdisjoint(letter.between(at))
    ]
    assert letter.breaks(0)
    assert letter.breaks(len(places))
