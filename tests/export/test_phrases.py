from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from consult.export.phrases import (
    first_numbers,
    full_heading,
    heading,
    in_marks,
    number_list,
    zone,
)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), ""),
        ((7,), "7"),
        ((1, 2), "1, 2"),
        ((1, 2, 3, 7, 9, 10), "1–3, 7, 9, 10"),
        ((9, 1, 2, 3), "9, 1–3"),
    ],
)
def test_numbers_in_a_row_become_ranges(numbers, words):
    assert number_list(numbers) == words


def test_many_numbers_are_cut_with_their_count():
    assert first_numbers((3, 5, 8, 9)) == "3, 5, 8 等4条"
    assert first_numbers((3, 5, 8)) == "3, 5, 8"


@pytest.mark.parametrize(
    ("code", "label", "title", "inside", "whole"),
    [
        ("3.2", "三、（二）", "照明", "（二）照明", "三、（二）照明"),
        ("3", "三", "重点任务", "三、重点任务", "三、重点任务"),
        ("2", "第二条", "适用", "第二条 适用", "第二条 适用"),
        ("3.2.1", "三、（二）1.", "灯具", "（二）1.灯具", "三、（二）1.灯具"),
        ("0", "0", "", "引言", "引言"),
        ("general", "", "", "总体意见", "总体意见"),
        ("", "", "", "尚未归类", "尚未归类"),
        ("9", "9", "", "9", "9"),
    ],
)
def test_headings_are_cited_in_the_numbering_of_the_plan(code, label, title, inside, whole):
    assert (heading(code, label, title), full_heading(code, label, title)) == (inside, whole)


def test_title_marks_are_put_once():
    assert in_marks("规划") == "《规划》"
    assert in_marks("《规划》（征求意见稿）") == "《规划》（征求意见稿）"


def test_the_zone_is_named_for_beijing_and_as_an_offset_elsewhere():
    assert zone(datetime(2022, 1, 1, tzinfo=timezone(timedelta(hours=8)))) == "北京时间"
    assert zone(datetime(2022, 1, 1, tzinfo=UTC)) == "UTC+0000"
