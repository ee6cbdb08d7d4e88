from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise import align, fold, fold_places, said_runs
from consult.analysis.normalise_batch import aligned, normalised


def test_full_width_traditional_and_capitals_become_half_width_simplified_and_lower_case() -> None:
    assert align("ＡＢＣ１２３（第３節）發展R&D％") == "abc123(第3节)发展r&d%"


def test_a_character_whose_normal_form_is_longer_stays() -> None:
    assert align("25℃…㈠") == "25℃…㈠"


def test_folding_drops_blanks_punctuation_and_symbols_but_keeps_the_words() -> None:
    assert fold("  《規劃》，R&D　投入！\n👍2.5%") == "规划rd投入25"


def test_folded_places_point_to_the_characters_they_come_from() -> None:
    folded, places = fold_places("（三）、發展！")
    assert folded == "三发展"
    assert places == [1, 4, 5]


@given(st.text())
def test_aligning_keeps_the_length_of_every_text(text: str) -> None:
    assert len(align(text)) == len(text)


@given(st.text())
def test_aligning_twice_is_aligning_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_of_unicode_is_aligned_for_good() -> None:
    everything = "".join(map(chr, range(0x110000)))
    once = align(everything)
    assert align(once) == once
    assert fold(once) == fold(everything)


@given(st.lists(st.text(), max_size=5))
def test_many_texts_at_once_have_the_forms_of_each(texts: list[str]) -> None:
    batch = normalised(texts)
    assert batch.aligned == tuple(map(align, texts)) == aligned(texts)
    assert batch.folded == tuple(map(fold, texts))
    for text, forms in zip(texts, batch, strict=True):
        assert (forms.text, forms.aligned, forms.folded) == (text, align(text), fold(text))
        assert forms.places.tolist() == fold_places(text)[1]


@given(st.text())
def test_folded_text_and_places_belong_together(text: str) -> None:
    folded, places = fold_places(text)
    assert folded == fold(text)
    assert [fold(text[place]) for place in places] == list(folded)


@given(st.text(min_size=1))
def test_a_character_is_aligned_the_same_in_any_company(text: str) -> None:
    assert align(text) == "".join(map(align, text))
    assert align(f"人，{text}！㈠發") == f"人,{align(text)}!㈠发"


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("规划，。 　\n\0\1（）①Ａ㈱…~薴")), max_size=40
    )
)
def test_stretches_that_say_something_hold_the_characters_that_folding_leaves(text: str):
    runs = said_runs(text)

    assert [place for start, end in runs for place in range(start, end)] == fold_places(text)[1]
    assert all(before[1] < after[0] for before, after in pairwise(runs))
