"""Decisions count where a comment is like them; those of few sections move nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from consult.analysis.sections import SectionMapper
from consult.analysis.sections_learned import CORRECTION, Example, learn
from consult.domain.consultation import Plan
from consult.domain.knowledge import Exemplar

PLACES = ["东岸", "西岸", "桥头", "码头", "渡口", "水厂", "学校", "市场", "公园", "车站", "村口"]
LAMPS = [f"{place}的灯一到晚上就熄了{end}" for place in PLACES for end in "啊呀"]
OTHERS = [
    "污水管网什么时候修到我们这里", "臭水沟没人管", "化验结果希望每月贴出来", "断面设得太少",
    "禁渔期还有人垂钓", "划定的垂钓区太小", "座椅坏了", "步道铺到我们村",
]  # fmt: skip
SAID = {
    "1.1": "雨水和污水混在一起流", "1.2": "看不到水质的数字", "2.1": "想沿着河走一走",
    "2.2": "周末想钓个鱼", "2.3": "柳树枯了没人浇水",
}  # fmt: skip


def exemplars() -> list[Exemplar]:
    return [Exemplar(f"{place}{text}", code) for code, text in SAID.items() for place in PLACES]


def mapper(plan: Plan, decided: Sequence[tuple[str, str]], *, taught: bool) -> SectionMapper:
    found = SectionMapper(exemplars=exemplars() if taught else ())
    return found.fit(plan, [text for text, _ in decided], [code for _, code in decided])


@pytest.mark.parametrize("taught", [True, False], ids=["beside exemplars", "alone"])
def test_decisions_of_one_matter_move_no_comment_on_another(plan: Plan, taught: bool) -> None:
    decided = [(text, "2.3") for text in LAMPS] + [("没得意见", "general"), ("没意见", "general")]
    before = mapper(plan, (), taught=taught)
    after = mapper(plan, decided, taught=taught)
    assert after.predict(OTHERS) == before.predict(OTHERS)


@pytest.mark.parametrize("taught", [True, False], ids=["beside exemplars", "alone"])
def test_a_comment_like_a_decision_goes_where_that_one_went(plan: Plan, taught: bool) -> None:
    decided = [(text, "2.3") for text in LAMPS] + [("没得意见", "general"), ("没意见", "general")]
    asked = ["河湾的灯一到晚上就熄了嘛"]
    assert mapper(plan, (), taught=taught).predict(asked) != ["2.3"]
    assert mapper(plan, decided, taught=taught).predict(asked) == ["2.3"]


def test_decisions_that_cover_the_plan_teach_it(plan: Plan) -> None:
    decided = [(item.text, item.section) for item in exemplars()]
    decided += [(f"{place}写得好", "general") for place in PLACES]
    decided += [(f"{place}的公交车不来", "offplan") for place in PLACES]
    found = mapper(plan, decided, taught=False)
    assert found.reader_.taught
    assert found.predict(["周末想去钓个鱼", "雨水和污水一起流"]) == ["2.2", "1.1"]


def test_a_text_of_characters_no_decision_has_is_placed(plan: Plan) -> None:
    decided = [(text, "2.3") for text in LAMPS] + [("没得意见", "general")]
    placed = mapper(plan, decided, taught=False).place(["龘齉麤鱻𠮷", "鑫垚森淼焱", "新建污水管网"])
    assert placed[-1].section == "1.1"


def test_the_order_of_examples_changes_nothing(plan: Plan) -> None:
    decided = [(text, "2.3") for text in LAMPS] + [(text, "1.2") for text in OTHERS]
    asked = [*OTHERS, "灯"]
    one = mapper(plan, decided, taught=True).place(asked)
    assert mapper(plan, decided[::-1], taught=True).place(asked) == one


def test_texts_are_scored_each_by_itself(plan: Plan) -> None:
    decided = [(text, "2.3") for text in LAMPS] + [(text, "1.2") for text in OTHERS]
    found = mapper(plan, decided, taught=True)
    asked = [*OTHERS, *LAMPS]
    assert found.place(asked) == [found.place_one(text) for text in asked]


def test_too_few_decisions_teach_nothing() -> None:
    few = [Example(text, code, CORRECTION) for text, code in (("灯", "1"), ("路", "2"))]
    assert learn(few, ("1", "2"), lambda _texts: pytest.fail("read"), 0, ()) is None
