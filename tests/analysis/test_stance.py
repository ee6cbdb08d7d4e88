"""Kinds of comments."""

from __future__ import annotations

import pytest

from consult.analysis.stance import kind_of
from consult.analysis.stance_cues import CUES
from consult.domain.comment import Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("建议在河边增加路灯。", Kind.SUGGESTION),
        ("能不能早点开门嘛", Kind.SUGGESTION),
        ("支持修公园，但请把停车位留出来，免得路边乱停。", Kind.SUGGESTION),
        ("支持！", Kind.SUPPORT),
        ("举双手赞成，早日落地。", Kind.SUPPORT),
        ("我单位无修改意见。", Kind.SUPPORT),
        ("完全贊同這個規劃。", Kind.SUPPORT),
        ("反对在小区门口修停车场。", Kind.OPPOSE),
        ("不同意收费，没有必要。", Kind.OPPOSE),
        ("全是套话空话。", Kind.OPPOSE),
        ("新公园建在哪里？什么时候开工？", Kind.QUESTION),
        ("请问老年卡怎么办理？", Kind.QUESTION),
        (
            "我去年搬到河边，家里淹了两回。跑了三趟社区都说等通知，等到今年还是没有消息，"
            "我妈半夜起来舀水，第二天又感冒了。",
            Kind.EXPERIENCE,
        ),
        ("", Kind.SUGGESTION),
        ("路灯", Kind.SUGGESTION),
    ],
)
def test_kinds_are_told_by_their_cues(text: str, kind: Kind):
    assert kind_of(text) == kind


def test_an_office_that_tells_its_grounds_makes_a_suggestion():
    text = "我公司去年招了三次人，一个都没有招到。建议政府组织专场招聘会。"

    assert kind_of(text) == Kind.SUGGESTION


def test_offtopic_is_left_to_the_caller():
    assert [cue for cue in CUES if cue.kind == Kind.OFFTOPIC] == []


def test_every_cue_has_a_reason_and_a_weight():
    assert [cue for cue in CUES if not cue.reason or cue.weight <= 0] == []
