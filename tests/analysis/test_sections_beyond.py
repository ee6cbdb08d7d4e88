from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.sections_beyond import CueFinder
from consult.analysis.sections_beyond_cues import CUES, Cue
from consult.domain.consultation import GENERAL, OFFPLAN


def found(text: str, plan: str = "") -> list[tuple[str, str]]:
    (forms,) = normalised([text])
    return [(hit.code, text[hit.start : hit.end]) for hit in CueFinder(plan).find(forms)]


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
    assert [cue.regex.pattern[0] for cue in CUES if not cue.signs] == ["^"] * 3


def test_the_place_of_a_cue_is_in_the_text_as_written() -> None:
    assert found("——暂 无、修改 意见！") == [(GENERAL, "暂 无、修改 意见")]
    assert found("👍👍") == [(GENERAL, "👍👍")]
    assert found("小区停車难") == [(OFFPLAN, "小区")]
    assert found(" \n") == []


def test_what_the_plan_speaks_of_is_no_sign_of_being_off_it() -> None:
    assert found("路灯坏了") == [(OFFPLAN, "路灯")]
    assert found("路灯坏了", plan="更换路灯两千盏。") == []
    assert found("路灯坏了，井盖也响", plan="更换路灯两千盏。") == [(OFFPLAN, "井盖")]


@pytest.mark.parametrize(
    "text",
    [
        "支持对青年博士放宽年龄限制",
        "赞成把科技馆开到晚上八点",
        "同意第三章的提法，但指标要明确到年",
        "建议项目验收后公开结果",
    ],
)
def test_approval_of_one_matter_is_no_approval_of_the_whole(text: str) -> None:
    assert found(text) == []
