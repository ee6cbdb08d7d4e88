from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.sections_beyond import CUES, Cue, find_cues
from consult.domain.consultation import GENERAL, OFFPLAN


def found(text: str) -> list[tuple[str, str]]:
    (forms,) = normalised([text])
    return [(hit.code, text[hit.start : hit.end]) for hit in find_cues(forms)]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.example)
def test_every_cue_finds_its_own_example(cue: Cue) -> None:
    assert cue.code in [code for code, _ in found(cue.example)]


@pytest.mark.parametrize("cue", [cue for cue in CUES if cue.signs], ids=lambda cue: cue.example)
@given(data=st.data())
def test_whatever_a_cue_matches_has_one_of_its_signs(cue: Cue, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(cue.regex))
    match = cue.regex.search(text)
    assert match is not None
    assert any(sign in match.group() for sign in cue.signs)


def test_a_cue_without_signs_is_anchored_at_the_beginning() -> None:
    assert [cue.regex.pattern[0] for cue in CUES if not cue.signs] == ["^", "^"]


def test_the_place_of_a_cue_is_in_the_text_as_written() -> None:
    assert found("——暂 无、修改 意见！") == [(GENERAL, "暂 无、修改 意见")]
    assert found("👍👍") == [(GENERAL, "👍👍")]
    assert found("小区停車难") == [(OFFPLAN, "小区")]
    assert found(" \n") == []
