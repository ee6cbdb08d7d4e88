"""The sides that texts take on axes of opposite words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.families_axes import Sides, axis_of, built_in
from consult.domain.lexicon import Opposite

EXTRA = Opposite(("人车分流",), ("人车混行", "人车"), "the two layouts of a street")
AXES = (*built_in(), axis_of(EXTRA))
WORDS = st.sampled_from(
    sorted({word for axis in AXES for word in axis.sides} | {"不", "没有", "路"})
)
TEXTS = st.lists(WORDS, max_size=4).map("".join)


@given(TEXTS, TEXTS)
def test_only_axes_whose_words_stand_in_a_text_need_to_be_asked(words: str, other: str):
    sides = [(axis.side(words), axis.side(other)) for axis in AXES]

    opposed = Sides([EXTRA]).opposed(words, other)

    assert opposed == any(ours and ours == -theirs for ours, theirs in sides)
