"""Opposites of many texts at once are those of each by itself."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.opposites import Opposites
from consult.analysis.opposites_batch import Reversals
from consult.domain.lexicon import Opposite

OPPOSITES = Opposites([Opposite(("夜间开放",), ("夜间关闭",), "hours")])
# Clauses that turn each other round, and marks that end one or not by what stands beside them.
PIECES = (
    "建议提高补贴标准", "建议降低补贴标准", "不要提高补贴标准", "建议把年龄放宽到45岁",
    "建议把年龄放宽到40岁", "反对夜间开放", "支持夜间开放", "夜间关闭", "要限行货车",
    "不要限行货车", "多立小项目", "少立小项目", "先补后做", "先做后补", "由0.92提到2.5不现实",
    "投入1,000万元", "投入2,000万元", "改为3.2", "停", "莫停", "好多好多好多", "unit A", "𠮷野家",
    "希望公开", "难道不应该公开", "",
)  # fmt: skip
MARKS = ("，", "。", "；", "？”", "”", "～", "~5", ".", "、", " ", "\n", "……", "：", "")
TEXTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(PIECES) | st.text(max_size=4), st.sampled_from(MARKS)), max_size=6
    ).map(lambda parts: "".join(piece + mark for piece, mark in parts)),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("sizes", [{}, {"most": 2, "lot": 3}])
@given(texts=TEXTS)
def test_pairs_compared_together_are_turned_as_each_is(
    sizes: dict[str, int], texts: list[str]
) -> None:
    pairs = list(permutations(range(len(texts)), 2))
    reversals = Reversals(OPPOSITES, texts, **sizes)

    found = reversals.among(pairs)

    assert found == [OPPOSITES.reverse(texts[one], texts[other]) for one, other in pairs]
    assert reversals.among(pairs[::-1]) == found[::-1]


@given(TEXTS)
def test_texts_looked_at_together_lean_as_each_does(texts: list[str]) -> None:
    leanings = OPPOSITES.leanings(normalised(texts))

    assert [list(own.items()) for own in leanings] == [
        list(OPPOSITES.leaning(text).items()) for text in texts
    ]


@pytest.mark.parametrize("sizes", [{}, {"most": 30, "lot": 7}])
def test_alike_clauses_of_many_texts_are_found_to_be_turned(sizes: dict[str, int]) -> None:
    texts = [
        f"{n}号路的停车位太少。建议{n}号路{what}夜间停车"
        for n in range(40)
        for what in ("允许", "禁止")
    ]
    pairs = [(n, n + 1) for n in range(len(texts) - 1)]

    found = Reversals(OPPOSITES, texts, **sizes).among(pairs)

    assert found == [OPPOSITES.reverse(texts[one], texts[other]) for one, other in pairs]
    assert sum(found) >= 40
