from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from consult.domain.comment import Comment, Evidence, Link, NewSubmission, Origin, Receipt
from consult.export.formats import DOCUMENTS
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from consult.web.staff.documents import NAMES
from consult.web.staff.reasons import SENTENCES, likely, reasons
from tests.conftest import OPEN

HOME = "/staff/c/river-2024"
Staff = Callable[..., FlaskClient]


def flat(element: object) -> str:
    return " ".join(element.text_content().split())


def test_the_overview_shows_the_four_counts_of_every_section(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{HOME}/")
    rows = {
        flat(row.find("th")): [flat(cell) for cell in row.xpath("./td[@class='figure']")]
        for table in page.xpath("//table[.//tr[@class='chapter-row']]")
        for row in table.xpath(".//tbody/tr[td] | .//tfoot/tr")
    }
    nothing = ["0"] * 5
    assert rows == {
        "一、（一）污水收集": nothing,
        "一、（二）水质监测": nothing,
        "二、（一）步道建设": ["1", "1", "1", "1", "1"],
        "二、（二）垂钓管理": ["1", "1", "1", "1", "0"],
        "二、（三）绿化养护": nothing,
        "总体意见": nothing,
        "与规划无关": nothing,
        "尚未归类": nothing,
        "合计": ["1", "1", "2", "2"],
    }
    assert flat(page.find_class("accounting")[0]).startswith("收到 1 份 = 列入 1 + 撤回 0 + 删除 0")


def test_a_section_shows_its_comments_with_the_reasons_in_words(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{HOME}/sections/2.1")
    (item,) = page.find_class("comment")
    assert flat(item.find_class("comment-head")[0]) == (
        "意见 1 个人 · 网上填写 · 2024年5月10日 10:00"
    )
    assert flat(item.find_class("own-words")[0]) == "建议沿河多装路灯，晚上散步太黑。"
    assert flat(item.find_class("link-line")[0]) == ("二、（一）步道建设 系统推断 把握 42% 请核对")
    assert [flat(line) for line in item.xpath(".//ul[@class='reasons']/li")] == [
        "“路灯” ≈ 步道照明（日常说法）"
    ]
    assert flat(item.find_class("runners")[0]) == "其次可能是： 二、（三）绿化养护（20%）"


def test_a_sure_link_is_not_marked_for_checking(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{HOME}/sections/2.2")
    assert flat(page.find_class("link-line")[0]) == "二、（二）垂钓管理 文中引用 把握 95%"


@pytest.mark.parametrize("code", ["general", "offplan", "unassigned", "1.1", "1"])
def test_an_empty_section_says_so(
    client: FlaskClient, received: Receipt, staff: Staff, code: str
) -> None:
    page = staff(client).page(f"{HOME}/sections/{code}")
    assert flat(page.find_class("note")[0]) == "这里还没有意见。"


@pytest.mark.parametrize(
    ("code", "leads"),
    [
        ("1", {"下一节：一、（一）污水收集": "1.1"}),
        ("1.2", {"上一节：一、（一）污水收集": "1.1", "下一节：二、岸线": "2"}),
        ("2.3", {"上一节：二、（二）垂钓管理": "2.2", "下一节：总体意见": "general"}),
        ("offplan", {"上一节：总体意见": "general", "下一节：尚未归类": "unassigned"}),
        ("unassigned", {"上一节：与规划无关": "offplan"}),
    ],
)
def test_a_section_leads_to_the_ones_before_and_after_it(
    client: FlaskClient, received: Receipt, staff: Staff, code: str, leads: dict[str, str]
) -> None:
    links = staff(client).page(f"{HOME}/sections/{code}").xpath("//nav[@aria-label='前后节']/a")
    assert {flat(a): a.get("href") for a in links} == {
        words: f"{HOME}/sections/{to}" for words, to in leads.items()
    }


def test_an_unknown_section_or_comment_is_not_found(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    staff(client)
    for address in ("sections/7.7", "comments/99", "comments/99999999999999999999"):
        assert client.get(f"{HOME}/{address}").status_code == 404


@pytest.mark.parametrize("asked", ["0", "-1", "x", "²", "999999999999999999999999"])
def test_any_page_number_gives_a_page(
    client: FlaskClient, received: Receipt, staff: Staff, asked: str
) -> None:
    staff(client)
    assert client.get(f"{HOME}/sections/2.1?page={asked}").status_code == 200
    assert client.get(f"{HOME}/queue?after={asked}&sort=doubt").status_code == 200


def test_a_comment_shows_its_place_in_the_submission_and_no_contact(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    response = staff(client).get(f"{HOME}/comments/2")
    page = client.page(f"{HOME}/comments/2")
    assert page.findtext(".//mark") == "另外，垂钓区太少。"
    assert [
        a.get("href") for a in page.xpath("//h3[.='同一来件的其他意见']/following::ul[1]//a")
    ] == [f"{HOME}/comments/1?"]
    assert "13800000000" not in response.text


@pytest.mark.parametrize(("query", "found"), [("路灯", ["1"]), ("垂钓", ["2"]), ("地铁", [])])
def test_search_finds_words_of_two_characters(
    client: FlaskClient, received: Receipt, staff: Staff, query: str, found: list[str]
) -> None:
    led = staff(client).get(f"{HOME}/search?q={query}")
    page = client.page(led.location)
    links = [a.get("href") for a in page.find_class("queue-open")]
    assert [urlsplit(link).path.rsplit("/")[-1] for link in links] == found
    assert [mark.text for mark in page.xpath("//ol[@class='queue']//mark")] == [query] * len(found)
    assert page.get_element_by_id("q").value == query


def test_what_is_searched_for_is_shown_as_text(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    query = "\"><script>alert(1)</script>'{{7*7}}"
    page = staff(client).get(f"{HOME}/queue", query_string={"q": query})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&#39;49" not in page.text


def test_the_digest_lists_every_section_and_accounts_for_all(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{HOME}/digest")
    heads = [flat(head) for head in page.xpath("//section[@class='node']/h2")]
    assert heads[:3] == ["一、（一）污水收集", "一、（二）水质监测", "二、（一）步道建设"]
    assert "意见 2 条 = 归到各节 2" in flat(page.find_class("accounting")[0])
    listed = page.xpath("//ul[starts-with(@class,'downloads')]/li")
    assert [flat(item) for item in listed] == [
        "分章节摘要（Word） digest.docx",
        "分章节摘要（网页，可打印） digest.html",
        "分章节摘要（Markdown） digest.md",
        "意见汇总表（Excel） register.xlsx",
        "意见汇总表（Word） register.docx",
        "意见汇总表（CSV） register.csv",
        "分章节摘要（JSON，供程序读取） digest.json",
        "意见汇总表（JSON，供程序读取） register.json",
        "分章节摘要的数据格式（JSON Schema） digest.schema.json",
        "意见汇总表的数据格式（JSON Schema） register.schema.json",
    ]


def test_every_document_has_a_name_people_understand() -> None:
    assert set(NAMES) == set(DOCUMENTS)


@pytest.mark.parametrize("name", [*DOCUMENTS])
def test_every_document_is_a_download(
    client: FlaskClient, received: Receipt, staff: Staff, name: str
) -> None:
    response = staff(client).get(f"{HOME}/documents/{name}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="river-2024-{name}"'
    assert response.headers["Cache-Control"] == "no-store"
    assert len(response.data) > 100


def test_the_register_holds_a_row_for_each_comment(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    text = staff(client).get(f"{HOME}/documents/register.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if received.number in row]
    assert len(rows) == 2
    digest = json.loads(client.get(f"{HOME}/documents/digest.json").data)
    assert digest["counts"]["comments"] == 2


def test_an_unknown_document_is_not_found(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    assert staff(client).get(f"{HOME}/documents/digest.exe").status_code == 404


# What these answer to is not in the plan, or is what was said already.
PLAIN = {"title", "general", "offplan"}


@pytest.mark.parametrize("kind", [*SENTENCES, "something-new"])
def test_every_kind_of_evidence_has_a_sentence(app: object, kind: str) -> None:
    with app.test_request_context("/"):
        (full,) = reasons([Evidence(kind, "路灯 100%", "步道照明")])
        (short,) = reasons([Evidence(kind, "路灯 100%")])
    assert ("路灯 100%" in full, "步道照明" in full or kind in PLAIN) == (True, True)
    assert ("路灯 100%" in short, "%(" in full + short) == (True, False)


def test_words_that_say_the_same_share_a_reason_with_the_weightiest_first(app: object) -> None:
    evidence = [
        Evidence("citation", "第二章", "二、岸线", weight=0.9),
        Evidence("concept", "娃儿读书", "子女就学", weight=0.5),
        Evidence("lexicon", "散步", "步道建设", weight=0.2),
        Evidence("lexicon", "路灯", "步道建设", weight=0.6),
        Evidence("lexicon", "钓鱼", "垂钓管理", weight=0.1),
        Evidence("terms", "沿河", "沿河", weight=0.1),
        Evidence("terms", "座椅", "座椅", weight=0.3),
        Evidence("terms", "座椅", "座椅", weight=0.2),
        Evidence("terms", "鋪設", "铺设", weight=0.2),
        Evidence("citation", "第二章", "二、岸线", weight=0.9),
    ]
    with app.test_request_context("/"):
        assert reasons(evidence) == [
            "引用了“第二章”，即 二、岸线",
            "“娃儿读书” ≈ 子女就学",
            "“路灯”、“散步” ≈ 步道建设（日常说法）",
            "“钓鱼” ≈ 垂钓管理（日常说法）",
            "用词相同：“座椅”、“沿河”",
            "“鋪設” ≈ 铺设（用词相近）",
            "引用了“第二章”，即 二、岸线",
        ]


def test_a_runner_up_below_one_in_twenty_is_not_shown() -> None:
    links = [Link(str(share), Origin.INFERRED, share) for share in (0.2, 0.05, 0.0499, 0.0)]
    comment = Comment(1, 1, 0, 1, "灯", runners_up=tuple(links))
    assert [link.section for link in likely(comment)] == ["0.2", "0.05"]
    assert likely(replace(comment, runners_up=tuple(links[2:]))) == []


def test_a_runner_up_that_is_where_the_comment_stands_is_not_shown_again() -> None:
    machine = Link("1.1", Origin.INFERRED, 0.6)
    comment = Comment(1, 1, 0, 1, "灯", (Link("1.1", Origin.STAFF, 1.0),), runners_up=(machine,))
    assert likely(comment) == []


def test_the_learning_page_lists_the_least_certain_first_and_what_is_still_needed(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{HOME}/learning")
    numbers = [
        int(a.get("href").rsplit("/")[-1]) for a in page.xpath("//ol[@class='comments']//h2/a")
    ]
    assert sorted(numbers) == [1, 2]
    assert "满 20 条" in page.text_content()


def test_a_comment_shows_what_it_asks_of_the_draft(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    text = "将“安装路灯和座椅”改为“安装路灯”，并删除“钓鱼协会”；水质优良断面比例90%太高。"
    receive(published, slug="river-2024", new=NewSubmission(text), now=OPEN)
    analyse(published, slug="river-2024", actor="test")

    page = staff(client).page(f"{HOME}/comments/1")

    (table,) = page.xpath("//h2[text()='修改请求']/following-sibling::div[1]/table")
    rows = [[flat(cell) for cell in row.findall("td")] for row in table.xpath(".//tbody/tr")]
    assert rows == [
        ["修改", "安装路灯和座椅", "安装路灯", "原文中有：二、（一）步道建设"],
        ["删去", "钓鱼协会", "删去", "未在原文中找到"],
    ]
    (aims,) = page.xpath("//h2[text()='对指标和数字的意向']/following-sibling::ul[1]")
    assert [flat(line) for line in aims] == ["调低 水质优良断面比例 90%"]
