"""What the notice before a plan states: title, office, date and window."""

from __future__ import annotations

from datetime import date

import pytest

from consult.domain.consultation import Window
from consult.intake.draft import read_draft
from consult.intake.draft_window import Found, find_window

NOTICE = """首页 > 公告 > 关于公开征求《石桥镇绿道规划(征求意见稿)》意见的公告
来源：石桥镇政府办公室 | 发布时间：2023-03-01
一、征求意见时间
2023年3月1日至3月30日，请来信。
二、联系方式
电话（略）
石桥镇交通办公室
2023年2月28日
附件
石桥镇绿道规划
(征求意见稿)
一、现状
有路。
二、任务
修路。
"""


def test_the_notice_gives_title_office_date_and_window() -> None:
    draft = read_draft(NOTICE.encode(), "notice.txt")

    assert draft.title == "关于公开征求《石桥镇绿道规划（征求意见稿）》意见的公告"
    assert draft.office == "石桥镇交通办公室"
    assert draft.published == date(2023, 3, 1)
    assert draft.window == Window(date(2023, 3, 1), date(2023, 3, 30))


def test_numbered_parts_of_the_notice_are_no_chapters_of_the_plan() -> None:
    plan = read_draft(NOTICE.encode(), "notice.txt").plan

    assert (plan.title, [node.title for node in plan.walk()]) == (
        "石桥镇绿道规划（征求意见稿）",
        ["现状", "任务"],
    )


@pytest.mark.parametrize("cut", ["附件\n", "附件\n石桥镇绿道规划\n(征求意见稿)\n"])
def test_the_plan_begins_at_its_title_or_after_the_date(cut: str) -> None:
    draft = read_draft(NOTICE.replace(cut, "").encode(), "notice.txt")

    assert draft.plan.title == "石桥镇绿道规划（征求意见稿）"
    assert [node.title for node in draft.plan.walk()] == ["现状", "任务"]


def test_without_a_notice_only_the_plan_speaks() -> None:
    draft = read_draft("石桥镇绿道规划\n一、现状\n有路。\n".encode(), "plan.txt")

    assert (draft.title, draft.office, draft.published, draft.window) == (
        "石桥镇绿道规划",
        "",
        None,
        None,
    )


PUBLISHED = date(2022, 12, 20)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("征求意见时间：2022年9月26日至10月25日", (2022, 9, 26), (2022, 10, 25)),
        ("征求时间为2022年9月26日起至2022年10月25日止", (2022, 9, 26), (2022, 10, 25)),
        ("意见征集时间 2022-09-26 至 2022-10-25", (2022, 9, 26), (2022, 10, 25)),
        ("反馈时间：2022.9.26—2022.10.25", (2022, 9, 26), (2022, 10, 25)),
        ("公示时间：2022年9月１日（星期四）～30日", (2022, 9, 1), (2022, 9, 30)),
        ("征求意见时间：12月20日至1月18日", (2022, 12, 20), (2023, 1, 18)),
        ("自2022年9月26日起30日内反馈意见", (2022, 9, 26), (2022, 10, 25)),
        ("自公告发布之日起三十日内反馈意见", (2022, 12, 20), (2023, 1, 18)),
        ("意见反馈截止时间：2023年1月5日", (2022, 12, 20), (2023, 1, 5)),
        ("请于1月5日前将意见反馈至我局", (2022, 12, 20), (2023, 1, 5)),
        ("请于2023年1月5日17:00之前反馈意见", (2022, 12, 20), (2023, 1, 5)),
        ("征求意见，2023年1月5日截止", (2022, 12, 20), (2023, 1, 5)),
    ],
)
def test_the_window_is_read_from_the_forms_used_in_practice(
    text: str, opens: tuple[int, int, int], closes: tuple[int, int, int]
) -> None:
    assert find_window(text, PUBLISHED).window == Window(date(*opens), date(*closes))


@pytest.mark.parametrize(
    "text",
    [
        "征求意见时间：2022年13月1日至2022年14月1日",
        "征求意见时间：2022年10月25日至2022年9月26日",
        "规划期为2021年1月1日至2025年12月31日",
        "请于2022年9月1日前反馈意见",
        "",
    ],
    ids=["no such day", "reversed", "another matter", "before publication", "nothing"],
)
def test_no_window_is_invented(text: str) -> None:
    assert find_window(text, PUBLISHED) == Found()


def test_working_days_are_left_to_the_person_publishing() -> None:
    found = find_window("自发布之日起10个工作日内反馈意见", PUBLISHED)

    assert found == Found(note="公告按工作日写明期限，无法推算，请另行给出起止日期")


def test_a_deadline_without_publication_gives_no_window() -> None:
    assert find_window("请于2023年1月5日前反馈意见", None) == Found()
