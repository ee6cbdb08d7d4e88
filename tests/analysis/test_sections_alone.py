"""A text by itself goes short ways without arrays; what comes out is what many texts get."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.screen import Screen
from consult.analysis.sections import SectionMapper, _rounded
from consult.domain.consultation import Plan, Section
from consult.domain.knowledge import Concept, Exemplar, Thesaurus
from consult.domain.lexicon import Lexicon, SectionWords

PLAN = Plan(
    "山城交通规划",
    (
        Section("1", "一", "轨道交通", 1, "延长轨道线路，车站设电梯和雨棚，末班列车推迟半小时。"),
        Section("2", "二", "公共汽车", 2, "增开夜班公共汽车，调整站台位置，车辆换成电动的。"),
        Section("3", "三", "步行和骑车", 3, "修通滨江步道，斑马线前设信号灯，划出自行车道。"),
    ),
)
LEXICON = Lexicon(
    version="test",
    sections={
        "1": SectionWords(("轨道",), ("坐地铁", "等车", "末班")),
        "2": SectionWords(("公交",), ("夜班车", "等车", "站台", "司机", "挤车", "换乘")),
        "3": SectionWords(("步道",), ("遛弯", "骑车", "过马路")),
    },
    general=("征求意见", "整篇"),
    offplan=("社保", "学区房"),
)
THESAURUS = Thesaurus(
    "test",
    (
        Concept("rail", "交通", ("轨道", "列车"), ("坐地铁", "轻轨")),
        Concept("walk", "交通", ("步道", "斑马线"), ("遛弯", "人行道", "走路")),
    ),
)
EXEMPLARS = [
    *(Exemplar(f"坐地铁到{n}号线换乘要走太远", "1") for n in range(12)),
    *(Exemplar(f"第{n}路夜班车等车半小时", "2") for n in range(12)),
    *(Exemplar(f"滨江遛弯第{n}段没有路灯", "3") for n in range(12)),
]
PARTS = st.sampled_from([
    "坐地铁", "轻轨", "等车", "末班", "夜班车", "站台", "司机", "挤车", "换乘", "骑车", "过马路",
    "遛弯", "走路", "步道", "斑马线", "电梯", "雨棚", "半小时", "路灯", "太远", "没有", "第二部分",
    "一、轨道交通", "第3页", "和", "，", "。", "！", " ", "👍", "支持", "整篇", "社保", "暂无意见",
    "看不懂", "学区房", "12345", "abc", "山城交通规划", "龘", "ſ", "㈱",
])  # fmt: skip
TEXTS = st.lists(st.lists(PARTS, min_size=1, max_size=14).map("".join), min_size=2, max_size=24)


@pytest.fixture(scope="module", params=("bare", "taught", "decided"))
def mapper(request: pytest.FixtureRequest) -> SectionMapper:
    if request.param == "bare":
        return SectionMapper(thesaurus=THESAURUS).fit(PLAN)
    exemplars = EXEMPLARS if request.param == "taught" else EXEMPLARS[:12]
    decided = [] if request.param == "taught" else EXEMPLARS[12:]
    mapper = SectionMapper(LEXICON, thesaurus=THESAURUS, exemplars=exemplars)
    return mapper.fit(PLAN, [one.text for one in decided], [one.section for one in decided])


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_a_text_alone_is_placed_as_in_company_to_the_last_bit(
    mapper: SectionMapper, texts: list[str]
) -> None:
    alone = [mapper.place([text])[0] for text in texts]
    assert list(map(repr, mapper.place(["轨道", *texts])[1:])) == list(map(repr, alone))
    assert mapper.confidences(["轨道", *texts])[1:] == [
        mapper.confidences([text])[0] for text in texts
    ]


@given(st.floats(0, 2))
def test_a_share_alone_is_rounded_as_among_many(share: float) -> None:
    assert _rounded(share) == float(np.array([share, 0.5]).round(4)[0])


@given(st.text("甲乙丙丁a𠮷\ud800", max_size=8), st.text("甲乙丙丁a𠮷", max_size=8))
def test_a_screen_sees_of_a_text_alone_the_words_in_it_and_many_may_show_more(
    text: str, other: str
) -> None:
    screen = Screen(map(re.compile, ("甲乙|丙", "丁a", "𠮷甲", "乙")))
    words = (("甲乙", "丙"), ("丁a",), ("𠮷甲",), ("乙",))
    seen = sum(1 << place for place, own in enumerate(words) if any(word in text for word in own))
    assert screen.look([text]) == [seen]
    assert screen.look([text, other])[0] & seen == seen
