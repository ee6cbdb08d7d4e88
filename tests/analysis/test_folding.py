"""Folding many texts at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.folding import cut, cut_many, fold_many
from consult.analysis.normalise import fold


@given(st.lists(st.text(max_size=30), max_size=8))
def test_many_texts_fold_like_each_alone(texts: list[str]):
    assert fold_many(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_many_texts_are_cut_like_each_alone(texts: list[str]):
    assert cut_many(texts) == [cut(text) for text in texts]


def test_marks_that_end_a_clause_are_kept_as_one_sign():
    assert cut("建議：多種樹，「少」鋪磚。") == "建议\n多种树\n少铺砖\n"


def test_width_script_case_and_marks_are_folded():
    assert fold_many(["學校，ＡＢＣ！", "", "👍", "𠮷野"]) == ["学校abc", "", "", "𠮷野"]
