"""Submissions into comments."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.split import Span, split
from consult.analysis.split_letters import CLOSING_ENDS, CLOSING_HEADS, CLOSINGS
from consult.analysis.split_look import look_at
from consult.analysis.split_markers import lists
from consult.analysis.split_points import label_end
from consult.analysis.split_styles import STYLES, han_number
from consult.domain.text import is_blank


def parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


def test_a_blank_text_has_no_comment():
    assert [split(text) for text in ("", "  \n\t", "\u3000\u200b")] == [[], [], []]


def test_a_text_of_marks_alone_is_one_comment():
    assert [parts(text) for text in ("！！", "👍👍", "。")] == [["！！"], ["👍👍"], ["。"]]


@pytest.mark.parametrize(
    ("one", "two", "three"),
    [
        ("一、", "二、", "三、"),
        ("（一）", "（二）", "（三）"),
        ("1.", "2.", "3."),
        ("1、", "2、", "3、"),
        ("(1) ", "(2) ", "(3) "),
        ("①", "②", "③"),
        ("1\ufe0f\u20e3", "2\ufe0f\u20e3", "3\ufe0f\u20e3"),
        ("a) ", "b) ", "c) "),
        ("第一，", "第二，", "第三，"),
        ("首先，", "其次，", "最后，"),
        ("首先是", "其次是", "第三是"),
        ("意见1：", "意见2：", "意见3："),
        ("● ", "● ", "● "),
        ("- ", "- ", "- "),
    ],
)
def test_every_style_of_numbering_is_split_with_its_marks(one: str, two: str, three: str):
    points = [
        f"{one}路灯太暗，请在巷口补装两盏。",
        f"{two}公园早上六点就该开门，建议提前。",
        f"{three}图书馆希望周一也开放。",
    ]

    text = "街道办：\n" + "\n".join(points) + "\n谢谢！"

    assert parts(text) == points


def test_points_inside_one_line_are_split_at_their_marks():
    text = "说三点：一是路灯太暗，请补装；二是公园开门太晚；三是图书馆希望周一开放。"

    assert parts(text) == [
        "一是路灯太暗，请补装；",
        "二是公园开门太晚；",
        "三是图书馆希望周一开放。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "比重由1.5%提到3.2%太快，2022.9.26的通知也没有说明依据。",
        "三（二）年龄放宽一些。四（一）的数字与它对不上。",
        "第5条(3)和第6条(4)写得一样，请合并。",
        "一、（二）写的绿化率请说明怎么算。",
        "1.路灯太暗，请补装两盏。",
        "3.2讲的公园开放时间建议提前。",
        "首先要感谢大家的努力，公园修得很好，建议早上六点开门。",
    ],
)
def test_figures_citations_and_single_marks_do_not_split(text: str):
    assert parts(text) == [text]


def test_details_of_one_ask_stay_together():
    text = (
        "我们院子里老人多，楼梯又陡，买菜都要歇三次，摔过的不止一个，物业说没有钱，街道说不归他管，"
        "一拖就是好几年，大家意见很大，心里都不是滋味，盼着早点有个说法。"
        "建议给老楼装电梯：一是先装六层以上的；二是费用分三年付。"
    )

    assert parts(text) == [text]


def test_reasons_for_one_ask_stay_together():
    text = (
        "请把公园开门时间提前到六点。第一，老人起得早；第二，上班的人八点就走了；"
        "第三，夏天中午太热。"
    )

    assert parts(text) == [text]


def test_a_list_announced_as_reasons_is_no_list_of_points():
    text = "建议在河西设一个图书馆，理由有三：一是学校多；二是旧厂房空着；三是公交已通。"

    assert parts(text) == [text]


def test_greeting_thanks_signature_and_date_are_left_out():
    text = (
        "尊敬的领导：\n您好！我们小区没有路灯，请尽快装上。\n此致\n敬礼！\n"
        "某小区居民\n2022年10月3日\n"
    )

    assert parts(text) == ["我们小区没有路灯，请尽快装上。"]


def test_a_last_line_behind_an_unfinished_sentence_is_no_signature():
    text = "图书馆太小\n娃儿没得老师"

    assert parts(text) == [text]


def test_quoted_mail_and_footers_are_left_out():
    text = (
        "请延长公园开放时间。\n\n发自我的iPhone\n\n"
        "-----原始邮件-----\n发件人: 某办公室\n主题: 征求意见\n> 请提意见。\n"
    )

    assert parts(text) == ["请延长公园开放时间。"]


def test_trailing_quotation_marks_of_mail_are_left_out():
    text = "同意，但请写明时间。\n> 您的意见？\n> 某办公室\n"

    assert parts(text) == ["同意，但请写明时间。"]


def test_a_text_that_is_nothing_but_frame_stays_whole():
    assert parts("谢谢！") == ["谢谢！"]


def test_words_that_add_a_point_open_one():
    text = "我是本街道的退休教师。建议图书馆周一开放。另外公园的厕所希望加两个蹲位。"

    assert parts(text) == ["建议图书馆周一开放。", "另外公园的厕所希望加两个蹲位。"]


def test_paragraphs_that_each_ask_are_points():
    points = [
        "图书馆周一总是关门，上班的人只有周末能去。建议改成周三闭馆，或者延长晚上的时间。",
        "菜市场门口的货车早上五点就按喇叭，整栋楼睡不着。希望划出专门的卸货时段和地方。",
        "老年大学报名要排一夜的队，名额眨眼就没有了。请开通网上登记，抽签决定也公平一些。",
    ]

    assert parts("看了稿子谈几句。\n" + "\n".join(points)) == points


def test_a_matter_told_over_paragraphs_stays_whole():
    text = (
        "图书馆周一总是关门，上班的人只有周末能去，去了又没有座位，孩子只好站着看书。\n"
        "建议改成周三闭馆，晚上开到九点。"
    )

    assert parts(text) == [text]


def test_traditional_characters_and_half_width_marks_are_read_the_same():
    text = "尊敬的領導:您好!一、請補裝路燈;二、圖書館建議周一開放."

    assert parts(text) == ["一、請補裝路燈;", "二、圖書館建議周一開放."]


def test_foreign_letters_are_split_at_their_ordinals():
    text = (
        "Dear Sir, First, please open the park at six. Second, the library should open on Mondays."
        " Thank you."
    )

    assert parts(text) == [
        "First, please open the park at six.",
        "Second, the library should open on Mondays.",
    ]


def test_every_style_explains_itself_and_finds_its_example():
    assert [style.name for style in STYLES if not style.reason] == []
    assert [style.name for style in STYLES if not style.pattern.search(style.example)] == []


@given(st.text("一二十1１١0、.．,：:)） (（是首先其次第意见建議问題①②⒈aB-\n另", max_size=16))
def test_what_the_look_for_lists_passes_over_holds_none(text: str):
    found = [style for style, _ in lists(text, STYLES)]

    assert [style.name for style in found if style not in look_at(text).styles] == []


@given(st.from_regex(CLOSINGS, fullmatch=True))
def test_every_closing_is_known_by_its_first_or_its_last_character(sentence: str):
    assert sentence[0] in CLOSING_HEADS or sentence[-1] in CLOSING_ENDS


def test_the_longest_label_is_left_out():
    label = "某" * 24 + "托我写" + "的" * 8 + ":"

    assert label_end(f"{label}建议装灯", 0, len(label) + 4) == len(label)
    assert label_end(f"{label} 建议装灯", 0, len(label) + 5) == len(label) + 1


def test_chinese_numerals_have_their_values():
    assert [han_number(text) for text in ("一", "十", "十二", "二十", "三十五")] == [
        1.0, 10.0, 12.0, 20.0, 35.0,
    ]  # fmt: skip


FRAME = ["谢谢！", "尊敬的领导：", "此致", "敬礼", "> ", "2022年1月1日"]
MARKS = [
    "一、",
    "二、",
    "1.",
    "2.",
    "①",
    "②",
    "第一，",
    "第二，",
    "- ",
    "\n",
    "。",
    "；",
    "  ",
    "，",
]
PIECES = st.sampled_from([*FRAME, *MARKS, "请补装路灯", "建议周一开放", "另外", "👍"])


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=20).map("".join)))
def test_spans_are_ordered_disjoint_trimmed_and_never_missing(text: str):
    spans = split(text)

    assert bool(spans) is not is_blank(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert [p for p in parts(text) if p != p.strip()] == []
    assert split(text) == spans


@pytest.mark.parametrize(
    "piece", ["> a\n", "谢谢！\n", "一、", "您好！", "另外请", "-", "，", "\n", "第一，"]
)
def test_the_longest_text_takes_less_than_a_second(piece: str):
    text = (piece * 20_000)[:20_000]

    started = time.process_time()  # of the processor: others may be at work beside it
    split(text)

    assert time.process_time() - started < 1.0


def test_spans_sort_by_place():
    assert sorted([Span(5, 9), Span(0, 4)]) == [Span(0, 4), Span(5, 9)]
