"""Keywords of groups."""

from __future__ import annotations

from math import log

from consult.analysis.keywords import class_keywords


def test_no_groups_have_no_keywords():
    assert class_keywords([]) == []


def test_an_empty_group_has_none():
    assert class_keywords([[], [["公园", "公园"]]]) == [(), ("公园",)]


def test_words_of_one_group_come_before_words_of_all():
    groups = [
        [["公园", "路灯", "路灯"], ["公园", "路灯"]],
        [["公园", "厕所"], ["公园", "厕所", "厕所"]],
    ]

    assert class_keywords(groups, top=1) == [("路灯",), ("厕所",)]


def test_the_weight_is_the_share_times_the_logarithm_of_rarity():
    # Five words a group: 路灯 3/5·ln(1+5/3), 公园 2/5·ln(1+5/7): the share of 公园 is not enough.
    assert 3 / 5 * log(1 + 5 / 3) > 2 / 5 * log(1 + 5 / 7)
    groups = [[["公园"] * 2 + ["路灯"] * 3], [["公园"] * 5]]

    assert class_keywords(groups) == [("路灯", "公园"), ("公园",)]


def test_stop_words_figures_and_single_characters_are_left_out():
    assert class_keywords([[["建议", "2.5%", "300家", "我", "规划", "公园"]]]) == [("公园",)]


def test_equal_weights_are_in_the_order_of_the_words():
    assert class_keywords([[["乙乙", "甲甲", "丙丙"]]]) == [("丙丙", "乙乙", "甲甲")]
