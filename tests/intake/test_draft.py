"""What tree a plan's numbering gives, whatever the format it comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.domain.consultation import Indicator, Plan
from consult.intake.draft import read_draft
from consult.intake.draft_headings import FORMS, Form, heading_of
from consult.intake.draft_lines import Line

PLAN = """石桥镇绿道建设规划
（征求意见稿）

目  录

一、现状…………1
（一）步道 1
（二）桥梁 3
二、任务…………5

石桥镇绿道建设规划
（征求意见稿）
全镇步道正在老化，特编写本规划。
一、现状
（一）步道
全镇有步道八公里。
1.路面破损的有三公里，需要分年修复。
（二）桥梁
有桥四座。
二、任务
三年内修完。
"""


def outline(plan: Plan) -> list[tuple[str, str, str]]:
    return [(node.code, node.number, node.title) for node in plan.walk()]


def text_plan(text: str) -> Plan:
    return read_draft(text.encode(), "plan.txt").plan


def test_a_plan_in_official_numbering_gives_chapters_and_sections() -> None:
    plan = text_plan(PLAN)

    assert outline(plan) == [
        ("1", "一", "现状"),
        ("1.1", "（一）", "步道"),
        ("1.2", "（二）", "桥梁"),
        ("2", "二", "任务"),
    ]


def test_the_title_takes_its_stage_and_leaves_the_lead_alone() -> None:
    plan = text_plan(PLAN)

    assert plan.title == "石桥镇绿道建设规划（征求意见稿）"
    assert plan.lead == ("全镇步道正在老化，特编写本规划。",)


def test_the_table_of_contents_leaves_only_its_pages() -> None:
    draft = read_draft(PLAN.encode(), "plan.txt")

    assert [node.page for node in draft.plan.walk()] == [1, 1, 3, 5]
    assert draft.notes == ("目录4行已去掉，4个标题有页码",)


def test_a_numbered_sentence_stays_a_paragraph() -> None:
    section = text_plan(PLAN).find("1.1")

    assert section is not None
    assert section.paragraphs == ("全镇有步道八公里。", "1.路面破损的有三公里，需要分年修复。")


def test_contents_without_pages_are_told_by_the_headings_that_come_again() -> None:
    plan = text_plan("某镇绿道规划\n目录\n一、现状\n二、任务\n一、现状\n有路。\n二、任务\n修路。\n")

    assert [(node.title, node.paragraphs) for node in plan.chapters] == [
        ("现状", ("有路。",)),
        ("任务", ("修路。",)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第一章 总则\n第一条　为了修路，制定本办法。\n第二条 （范围）本办法适用于全镇。\n"
            "（一）步道；\n（二）桥梁。\n第二章 附则\n第三条 自公布之日起施行。\n",
            [
                ("1", "第一章", "总则"),
                ("1.1", "第一条", "为了修路"),
                ("1.2", "第二条", "范围"),
                ("2", "第二章", "附则"),
                ("2.3", "第三条", "自公布之日起施行"),
            ],
        ),
        (
            "第一条 为了修路，制定本办法。\n第二条 适用于全镇。\n第二条所称全镇，包括村。\n",
            [("1", "第一条", "为了修路"), ("2", "第二条", "适用于全镇")],
        ),
        (
            "1. Scope\nText.\n1.1 Roads\nText.\n1.1.1 Paths\nText.\n1.2 Bridges\n2. Tasks\nText.\n",
            [
                ("1", "1.", "Scope"),
                ("1.1", "1.1", "Roads"),
                ("1.1.1", "1.1.1", "Paths"),
                ("1.2", "1.2", "Bridges"),
                ("2", "2.", "Tasks"),
            ],
        ),
        (
            "1 总则\n1.1 目的\n修路。\n2 任务\n2.1 步道\n1.5公里步道。\n30 日内修完\n",
            [
                ("1", "1.", "总则"),
                ("1.1", "1.1", "目的"),
                ("2", "2.", "任务"),
                ("2.1", "2.1", "步道"),
            ],
        ),
        (
            "一、任务\n(一)步道\n1.修路面\n修。\n2、修路灯\n装灯。\n(二)桥梁\n1．加固\n",
            [
                ("1", "一", "任务"),
                ("1.1", "（一）", "步道"),
                ("1.1.1", "1.", "修路面"),
                ("1.1.2", "2", "修路灯"),
                ("1.2", "（二）", "桥梁"),
                ("1.2.1", "1.", "加固"),
            ],
        ),
        (
            "一、任务\n（一）修步道。今年修三公里。\n（二）修桥。明年修两座。\n",
            [("1", "一", "任务"), ("1.1", "（一）", "修步道"), ("1.2", "（二）", "修桥")],
        ),
        (
            "一、任务\n（一）步道\n（一）修路面。今年修三公里。\n一、二三产业一起发展\n二、保障\n",
            [("1", "一", "任务"), ("1.1", "（一）", "步道"), ("2", "二", "保障")],
        ),
        (
            "第一编 总论\n第一章 背景\n第一节 现状\n有路。\n第十二章 保障\n",
            [
                ("1", "第一编", "总论"),
                ("1.1", "第一章", "背景"),
                ("1.1.1", "第一节", "现状"),
                ("1.12", "第十二章", "保障"),
            ],
        ),
        ("一、甲\n一、乙\n", [("1", "一", "甲"), ("2", "一", "乙")]),
        ("一、要求。为民修路。\n二、任务：\n修。\n", [("1", "一", "要求"), ("2", "二", "任务")]),
    ],
    ids=[
        "chapters and articles",
        "flat articles, and a reference that is none",
        "decimal, English",
        "decimal without a dot, and figures",
        "three levels",
        "titles run into their text",
        "items of a section, and what counts things",
        "parts, and numbers that jump",
        "a number printed twice",
        "one title run in, the next alone",
    ],
)
def test_headings_nest_by_their_form(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert outline(text_plan(text)) == expected


def test_an_article_keeps_its_whole_text() -> None:
    plan = text_plan("第一条 为了修路，制定本办法。\n本条另有一款。\n第二条 略。\n")

    assert plan.chapters[0].paragraphs == ("为了修路，制定本办法。", "本条另有一款。")


TABLE = [
    ["序号", "指标名称", "计量单位", "2020年", "2025年目标", "年均增长", "属性"],
    ["1", "步道里程(公里)", "公里", "8", "12.50", "--", "约束性"],
    ["2", "满意度", "", "81.0%", "≥90%", "", "预期性"],
]
ROWS = (
    Indicator(1, "步道里程（公里）", "公里", 2020, "8", 2025, "12.50", "--", "1.1"),
    Indicator(2, "满意度", "", 2020, "81.0%", 2025, "≥90%", "", "1.1"),
)


def test_a_table_of_indicators_is_kept_with_its_figures_as_printed(
    word: Callable[..., bytes],
) -> None:
    draft = read_draft(word("一、目标", "（一）指标", "见下表。", TABLE), "plan.docx")

    assert draft.plan.indicators == ROWS
    assert draft.plan.sections[0].paragraphs == ("见下表。",)
    assert draft.notes == ("指标2原表未注明单位",)


def test_the_same_table_pasted_as_text_or_html_gives_the_same_indicators() -> None:
    tabs = "\n".join("\t".join(row) for row in TABLE)
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in TABLE)
    page = f"<p>一、目标<p>（一）指标<table>{rows}</table>"

    assert text_plan(f"一、目标\n（一）指标\n{tabs}\n").indicators == ROWS
    assert read_draft(page.encode(), "plan.html").plan.indicators == ROWS


def test_any_other_table_stays_text(word: Callable[..., bytes]) -> None:
    table = [["部门", "任务"], ["交通办", "修路"]]

    plan = read_draft(word("一、分工", table), "plan.docx").plan

    assert plan.indicators == ()
    assert plan.chapters[0].paragraphs == ("部门\t任务", "交通办\t修路")


def test_a_flattened_table_gets_its_blank_unit_back_and_nothing_invented() -> None:
    head = ["序号", "指标", "单位", "2020年", "2025年", "增长率"]
    rows = ["1", "步道", "8", "12", "50%", "2", "桥", "座", "4", "5", "25%", "3", "灯", "90", "95"]
    text = "\n".join(["一、目标", *head, *rows, "二、任务", "修。"])

    draft = read_draft(text.encode(), "plan.txt")

    assert draft.plan.indicators == (
        Indicator(1, "步道", "", 2020, "8", 2025, "12", "50%", "1"),
        Indicator(2, "桥", "座", 2020, "4", 2025, "5", "25%", "1"),
    )
    assert draft.plan.chapters[0].paragraphs == ("3\t灯\t90\t95",)
    assert draft.notes[0] == "表格中这一行缺哪一格看不清，按文字保留：3、灯、90、95"


def test_web_furniture_after_the_last_heading_is_cut_and_reported() -> None:
    text = "一、现状\n有路。\n二、任务\n修路。\n打印本页\n版权所有 某镇\n1.别的新闻\n"

    draft = read_draft(text.encode(), "plan.txt")

    assert draft.plan.chapters[-1].paragraphs == ("修路。",)
    assert draft.notes == ("从“打印本页”起是网页的其他内容，已去掉",)


def test_furniture_words_inside_the_plan_cut_nothing() -> None:
    plan = text_plan("一、宣传\n相关链接\n二、任务\n联系我们身边的群众，听取意见。\n")

    assert [node.paragraphs for node in plan.chapters] == [
        ("相关链接",),
        ("联系我们身边的群众，听取意见。",),
    ]


@pytest.mark.parametrize(
    ("cover", "title", "lead"),
    [
        (
            "石桥市发展局\n石桥市“十五五”\n养老规划\n（2026—2030年）\n2025年12月\n",
            "石桥市“十五五”养老规划（2026—2030年）",
            ("石桥市发展局",),
        ),
        ("石桥市人民政府\n关于修路的实施意见\n", "石桥市人民政府关于修路的实施意见", ()),
        ("附件1\n绿道规划 （草案）\n二〇二五年十二月\n", "绿道规划（草案）", ()),
        ("", "plan", ()),
    ],
)
def test_the_title_is_put_together_from_the_cover(
    cover: str, title: str, lead: tuple[str, ...]
) -> None:
    plan = text_plan(f"{cover}一、现状\n有路。\n")

    assert (plan.title, plan.lead) == (title, lead)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_example_of_each_form_is_of_that_form(form: Form) -> None:
    heading = heading_of(Line(form.example))

    assert heading is not None
    assert heading.form == form
