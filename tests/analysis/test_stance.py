"""Kinds of comments."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.point_screen import look_at_all
from consult.analysis.stance import kind_of, kinds_in
from consult.analysis.stance_cues import CUES, HARMLESS
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


@pytest.mark.parametrize(
    ("text", "kind", "other", "turned"),
    [
        ("我们赞成修停车场。", Kind.SUPPORT, "我们不赞成修停车场。", Kind.OPPOSE),
        ("同意收费方案。", Kind.SUPPORT, "不同意收费方案。", Kind.OPPOSE),
        ("不同意收费方案。", Kind.OPPOSE, "对收费方案无不同意见。", Kind.SUPPORT),
        ("反对修高架。", Kind.OPPOSE, "没有反对，没有意见。", Kind.SUPPORT),
        ("建议取消夜间公交。", Kind.OPPOSE, "建议取消夜间公交的年龄限制。", Kind.SUGGESTION),
        ("应取消押金。", Kind.OPPOSE, "应取消押金，改为信用担保。", Kind.SUGGESTION),
        ("支持！", Kind.SUPPORT, "支持！但请把停车位留出来。", Kind.SUGGESTION),
        ("赞成，希望尽快实施。", Kind.SUPPORT, "赞成，建议再加两条线路。", Kind.SUGGESTION),
        ("公园几点开门？", Kind.QUESTION, "公园能不能六点开门？", Kind.SUGGESTION),
        ("为什么周一闭馆？", Kind.QUESTION, "为什么不改成周三闭馆？", Kind.SUGGESTION),
        ("请解释什么是绿线？", Kind.QUESTION, "请把绿线画清楚。", Kind.SUGGESTION),
        ("欢迎新路线。", Kind.SUPPORT, "不欢迎新路线。", Kind.OPPOSE),
        ("这笔钱该花。支持规划。", Kind.SUPPORT, "加大财政支持就行。", Kind.SUGGESTION),
    ],
)
def test_a_negation_a_limit_or_an_ask_turns_the_kind(
    text: str, kind: Kind, other: str, turned: Kind
):
    assert (kind_of(text), kind_of(other)) == (kind, turned)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("路修好了谁还敢不买账？请写进规划。", Kind.SUGGESTION),
        ("规划说的“绿道”到底多长？", Kind.QUESTION),
        ("绿道多久修好？不清楚，请公布时间。", Kind.QUESTION),
        ("绿道多久修好？去年就说了，建议今年动工。", Kind.SUGGESTION),
        ("全是空话，一张废纸。", Kind.OPPOSE),
        ("空话太多。建议每一项写明时间和负责的人。", Kind.SUGGESTION),
        ("同意邻居的意见：建议在桥头装红绿灯。", Kind.SUGGESTION),
        ("How long will the works take?", Kind.QUESTION),
        ("We support the plan.", Kind.SUPPORT),
        ("I oppose the new road.", Kind.OPPOSE),
        ("The park should open at six.", Kind.SUGGESTION),
    ],
)
def test_what_stands_beside_a_cue_counts(text: str, kind: Kind):
    assert kind_of(text) == kind


def test_a_short_story_that_asks_for_nothing_is_an_experience():
    assert kind_of("去年我为一张证明跑了五趟街道，最后还是没办成。") == Kind.EXPERIENCE
    assert kind_of("去年我为一张证明跑了五趟街道，能不能网上办？") == Kind.SUGGESTION


@settings(deadline=None, max_examples=200)
@given(
    st.text(alphabet=st.sampled_from("不支持反对建议取消请问吗？?。，我去年了过\n好"), max_size=40)
)
def test_every_text_has_one_kind_and_keeps_it(text: str):
    kind = kind_of(text)

    assert kind in set(Kind) - {Kind.OFFTOPIC}
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "piece", ["请", "不同意", "建议取消", "我去年", "？", "谁？", "对", "把", "a "]
)
def test_the_longest_text_takes_less_than_a_second(piece: str):
    text = (piece * 20_000)[:20_000]

    started = time.perf_counter()
    kind_of(text)

    assert time.perf_counter() - started < 1.0


def test_offtopic_is_left_to_the_caller():
    assert [cue for cue in CUES if cue.kind == Kind.OFFTOPIC] == []


def test_every_harmless_word_has_a_reason():
    assert [pattern for pattern, reason in HARMLESS if not reason] == []


def test_every_cue_has_a_reason_and_a_weight():
    assert [cue for cue in CUES if not cue.reason or cue.weight <= 0] == []


PARTS = st.sampled_from(
    [
        "不支持",
        "反对",
        "建议",
        "取消",
        "政策支持",
        "请问",
        "什么时候",
        "吗？",
        "？",
        "，但",
        "我去年",
        "等了三趟",
        "全是套话",
        "早日落地",
        "好。",
        "\n",
    ]
)


@given(st.lists(st.lists(PARTS, max_size=12).map("".join), min_size=1, max_size=12))
def test_kinds_of_many_comments_are_those_of_each(texts: list[str]):
    many = texts * 12  # more than a few are looked at in another way
    assert kinds_in(look_at_all(many)) == [kind_of(text) for text in many]
