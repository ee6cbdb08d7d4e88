"""What the machine cannot give a reason for it does not call sure."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.sections import UNSHOWN, SectionMapper
from consult.analysis.sections_evidence import is_shown
from consult.domain.consultation import Plan, Section

PLAN = Plan("大湖养老计划", (
    Section("1", "一", "总体要求", 1, sections=(
        Section("1.1", "（一）", "指导思想", 1, "坚持以人民为中心，健全养老服务体系。"),
        Section("1.2", "（二）", "主要目标", 1, "养老床位达到四十五张，护理型床位占六成。"),
    )),
    Section("2", "二", "重点任务", 2, sections=(
        Section("2.1", "（一）", "社区助餐", 2, "新建社区老年食堂，对老人给予每餐补贴。"),
        Section("2.2", "（二）", "人才队伍", 2, "培训护理员，建立岗位补贴。"),
    )),
))  # fmt: skip


@cache
def _bare() -> SectionMapper:
    """A mapper that has a short plan and nothing else: a shared character weighs much there."""
    return SectionMapper().fit(PLAN)


@pytest.mark.parametrize("text", ["村里的路坏了没人修", "我要举报村长", "这是个好政策"])
def test_a_text_that_shares_no_word_with_its_section_goes_to_people(text: str) -> None:
    placement = _bare().place_one(text)
    assert placement.links[0].evidence == ()
    assert (placement.links[0].confidence <= UNSHOWN, placement.certain) == (True, False)


def test_a_text_that_shares_a_word_is_as_sure_as_its_score() -> None:
    placement = _bare().place_one("社区食堂太少了，老年人吃饭难")
    assert (placement.section, placement.certain) == ("2.1", True)


@given(st.text(alphabet="老人食堂的村里路坏了没管补贴政策好，。", max_size=20))
def test_what_nothing_can_be_shown_for_is_never_called_sure(text: str) -> None:
    for placement in _bare().place([text]):
        shares = [link.confidence for link in (*placement.links, *placement.runners_up)]
        assert shares == sorted(shares, reverse=True)
        for link in placement.links:
            assert link.confidence <= UNSHOWN or is_shown(link.evidence)
