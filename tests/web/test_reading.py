from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.domain.consultation import Consultation, Plan
from consult.services.office import Office
from consult.services.publish import publish
from consult.settings import Settings

BASE = "/c/river-2024"


def words(page: object) -> str:
    return " ".join(page.find(".//main").text_content().split())


def test_the_first_page_leads_to_the_only_consultation(client: FlaskClient) -> None:
    response = client.get("/")
    assert (response.status_code, response.location) == (302, f"{BASE}/")


def test_the_first_page_lists_several_consultations(
    client: FlaskClient, published: Office, consultation: Consultation, plan: Plan
) -> None:
    other = replace(consultation, slug="lake-2024", title="关于湖泊的公告")
    publish(published, consultation=other, plan=plan, source="", data=b"",
            actor="test")  # fmt: skip
    found = client.page("/").xpath("//main//a/@href")
    assert found == [f"{BASE}/", "/c/lake-2024/"]


def test_the_notice_says_who_asks_until_when_and_what_follows(client: FlaskClient) -> None:
    text = words(client.page(f"{BASE}/"))
    expected = [
        "关于征求清河整治规划意见的公告",
        "还剩 21 天",
        "2024年5月1日星期三 0:00",
        "2024年5月30日星期四 24:00",
        "30 天，首尾两天都算；北京时间",
        "清河县水务局",
        "逐条研究，公布结果。",
    ]
    assert [part for part in expected if part not in text] == []


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2024, 4, 30, 15, 59, 59, tzinfo=UTC), "还没有开始"),
        (datetime(2024, 4, 30, 16, 0, tzinfo=UTC), "正在征求意见，还剩 30 天"),
        (datetime(2024, 5, 29, 15, 59, 59, tzinfo=UTC), "正在征求意见，还剩 2 天"),
        (datetime(2024, 5, 29, 16, 0, tzinfo=UTC), "今天是最后一天，24:00 截止"),
        (datetime(2024, 5, 30, 15, 59, 59, tzinfo=UTC), "今天是最后一天，24:00 截止"),
        (datetime(2024, 5, 30, 16, 0, tzinfo=UTC), "征求意见已经结束"),
    ],
)
def test_the_notice_follows_the_window_to_the_second(
    make_app: Callable[..., Flask], settings: Settings, now: datetime, state: str
) -> None:
    client = make_app(settings=replace(settings, now=now)).test_client()
    page = client.page(f"{BASE}/")
    assert page.find_class("window-state")[0].text_content().strip() == state
    assert bool(page.xpath("//main//a[@href='/c/river-2024/comment']")) is (
        state not in {"还没有开始", "征求意见已经结束"}
    )


def test_the_other_ways_to_comment_stand_on_every_public_page(client: FlaskClient) -> None:
    pages = [f"{BASE}/", f"{BASE}/plan", f"{BASE}/plan/1", f"{BASE}/comment", f"{BASE}/status"]
    found = [client.page(page).xpath("string(//*[@id='channels']//ul)").strip() for page in pages]
    assert found == ["信函：清河县水务局收"] * 5


def test_the_contents_list_chapters_and_sections(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan")
    assert [a.text_content() for a in page.xpath("//ol[@class='contents']//a")] == [
        "一、水质",
        "（一）污水收集",
        "（二）水质监测",
        "二、岸线",
        "（一）步道建设",
        "（二）垂钓管理",
        "（三）绿化养护",
    ]


def test_a_chapter_shows_the_official_text_and_its_indicators(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan/1")
    official = [p.text_content() for p in page.xpath("//*[@class='official']//p")]
    assert official == [
        "新建污水管网三十公里，雨污分流，封堵直排口。",
        "设监测断面八个，每月公布化验结果。",
    ]
    row = [" ".join(c.text_content().split()) for c in page.xpath("//tbody/tr/*")]
    assert row == [
        "1. 水质优良断面比例",
        "%",
        "62 2023 年",
        "90 2026 年",
        "--",
        "提意见：水质优良断面比例",
    ]
    assert page.xpath("//*[@id='s1.2']//table") != []


def test_each_section_leads_to_the_form_with_itself_chosen(client: FlaskClient) -> None:
    found = client.page(f"{BASE}/plan/1").xpath("//*[@class='comment-link']/a/@href")
    assert found == [f"{BASE}/comment?section={code}" for code in ("1.1", "1.2", "1")]
    chosen = client.page(found[0]).xpath("//option[@selected]/@value")
    assert chosen == ["1.1"]


def test_a_summary_is_labelled_as_no_official_text(
    client: FlaskClient, published: Office, consultation: Consultation, plan: Plan
) -> None:
    first = plan.chapters[0]
    ours = replace(first.sections[0], summary="管道要修。", paragraphs=())
    outline = replace(
        plan, chapters=(replace(first, sections=(ours,)),), lead=(), lead_summary="讲目的。"
    )
    publish(published, consultation=consultation, plan=outline, source="", data=b"", actor="test",
            replacing=True)  # fmt: skip
    labels = client.page(f"{BASE}/plan/1").find_class("summary-label")
    assert [label.text_content() for label in labels] == ["摘要，以正式文本为准"]
    banner = client.page(f"{BASE}/plan").find_class("banner")[0].text_content()
    assert " ".join(banner.split()) == "演练 · 模拟日期 2024年5月10日 10:00 · 不是正式征求意见"


def test_a_simulated_date_is_said_on_every_page(client: FlaskClient) -> None:
    pages = ["/c/river-2024/", "/c/river-2024/comment", "/staff/sign-in"]
    banners = [client.page(page).find_class("banner")[0].text_content() for page in pages]
    assert [" ".join(banner.split()) for banner in banners] == [
        "模拟日期：本站按 2024年5月10日 10:00 运行，不是今天。"
    ] * 3


def test_the_real_date_needs_no_banner(make_app: Callable[..., Flask], settings: Settings) -> None:
    client = make_app(settings=replace(settings, now=None)).test_client()
    assert client.page(f"{BASE}/").find_class("banner") == []


def test_an_unknown_chapter_or_consultation_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"{BASE}/plan/9").status_code == 404
    assert client.get("/c/nowhere/").status_code == 404


def test_programs_read_the_consultation_as_json(client: FlaskClient) -> None:
    found = client.get("/api/v1/consultations/river-2024").get_json()
    sections = found["plan"]["chapters"][1]["sections"]
    assert (found["title"], found["opens"], found["closes"], found["state"]) == (
        "关于征求清河整治规划意见的公告", "2024-05-01", "2024-05-30", "open",
    )  # fmt: skip
    assert [section["code"] for section in sections] == ["2.1", "2.2", "2.3"]
    missing = client.get("/api/v1/consultations/nowhere")
    assert (missing.status_code, missing.get_json()["status"]) == (404, 404)


def test_health_needs_no_cookie_and_tells_what_is_wrong(client: FlaskClient) -> None:
    for address in ("/healthz", "/readyz"):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers.getlist("Set-Cookie") == []


def test_the_plan_can_be_searched_without_javascript(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan")
    (form,) = [f for f in page.forms if f.action == f"{BASE}/plan/search"]
    assert (form.method, [name for name, _ in form.form_values()]) == ("GET", ["q"])
    found = client.page(f"{BASE}/plan/search?q=管网")
    assert [mark.text for mark in found.xpath("//main//mark")] == ["管网"]
    (link,) = found.xpath("//*[@class='hit-place']/a/@href")
    assert link == f"{BASE}/plan/1#p1.1-1"
    chapter = client.page(link)
    assert chapter.get_element_by_id("p1.1-1").findtext("p") == (
        "新建污水管网三十公里，雨污分流，封堵直排口。"
    )


def test_a_search_without_result_says_what_to_do(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan/search?q=%00<b>飞机")
    assert "没有找到" in page.xpath("//main//*[@role='status']")[0].text_content()


def test_every_paragraph_and_indicator_has_a_way_to_comment_while_it_is_open(
    client: FlaskClient,
) -> None:
    page = client.page(f"{BASE}/plan/1")
    links = page.xpath("//main//a[contains(@href, '/comment?')]/@href")
    assert f"{BASE}/comment?section=1.1&paragraph=1" in links
    assert f"{BASE}/comment?section=1.2&indicator=1" in links
    assert f"{BASE}/comment?section=1.2" in links


def test_the_indicators_are_drawn_with_their_figures_beside_them(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan/1")
    (drawn,) = page.xpath("//figure[@class='chart']//li")
    widths = [rect.get("width") for rect in drawn.iter("rect")]
    assert widths == ["100.0", "68.9"]  # the target 90 is full length, the base 62 is 62/90
    assert "62 → 90 %" in " ".join(drawn.text_content().split())


def test_the_whole_plan_is_on_one_page_and_in_one_file(client: FlaskClient) -> None:
    page = client.page(f"{BASE}/plan/whole")
    assert [h.text for h in page.xpath("//main//h2")] == ["一、水质", "二、岸线"]
    response = client.get(f"{BASE}/plan.txt")
    assert response.headers["Content-Disposition"] == 'attachment; filename="river-2024-plan.txt"'
    lines = response.text.splitlines()
    assert lines[0] == "清河整治规划"
    assert "（一）污水收集" in lines
    assert "1. 水质优良断面比例（%）：62 → 90" in lines


def test_the_notice_says_when_the_answer_comes(client: FlaskClient) -> None:
    (course,) = client.page(f"{BASE}/").find_class("course")
    said = [" ".join(step.text_content().split()) for step in course]
    assert [step.get("aria-current") for step in course] == ["step", None, None]
    assert said[0].startswith("公开征求意见 现在 2024年")
    assert said[2].startswith("公布结果 日期由征求意见的单位确定")
