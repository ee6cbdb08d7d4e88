from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consult.analysis.normalise import fold
from consult.analysis.normalise_batch import normalised
from consult.analysis.sections_beyond import CueFinder
from consult.analysis.sections_beyond_cues import CUES, Cue
from consult.domain.consultation import GENERAL, OFFPLAN

CUE_FINDER = CueFinder()


def found(text: str, plan: str = "") -> list[tuple[str, str]]:
    (hits,) = CueFinder(plan).find_all(normalised([text]))
    return [(hit.code, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.example)
def test_every_cue_finds_its_own_example(cue: Cue) -> None:
    assert cue.code in [code for code, _ in found(cue.example)]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.example)
@given(data=st.data())
def test_whatever_a_cue_matches_is_found_among_other_texts(cue: Cue, data: st.DataObject) -> None:
    folded = fold(data.draw(st.from_regex(cue.regex)))
    assume(cue.search(folded))
    texts = ["多修路", folded, ""]
    alone = [CUE_FINDER.find_all(normalised([text]))[0] for text in texts]
    assert CUE_FINDER.find_all(normalised(texts)) == alone
    assert cue.code in [hit.code for hit in alone[1]]


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
