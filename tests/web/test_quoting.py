from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from consult.domain.consultation import Plan
from consult.web.public.quoting import beginning, only_beginning
from tests.web.client import fields

FORM = "/c/river-2024/comment"
PARAGRAPH = "关于二、（一）步道建设第1段“沿岸铺设步道十二公里，安装路灯和座椅。”：\n"


def test_a_link_beside_a_paragraph_quotes_it_and_chooses_its_section(client: FlaskClient) -> None:
    sent = fields(client.page(f"{FORM}?section=2.1&paragraph=1"))
    assert (sent["text"], sent["section"]) == (PARAGRAPH, "2.1")


def test_a_link_beside_an_indicator_names_it_with_its_figures(client: FlaskClient) -> None:
    sent = fields(client.page(f"{FORM}?section=1.2&indicator=1"))
    assert sent["text"] == "关于指标“水质优良断面比例”（62 → 90）：\n"


def test_another_visitor_gets_the_empty_form(client: FlaskClient) -> None:
    client.page(f"{FORM}?section=2.1&paragraph=1")
    assert fields(client.page(f"{FORM}?section=2.1"))["text"] == ""


@pytest.mark.parametrize(
    "asked",
    [
        "paragraph=9",
        "paragraph=0",
        "paragraph=x",
        "paragraph=99999999",
        "paragraph=%00",
        "indicator=7",
    ],
)
def test_what_is_not_in_the_plan_quotes_nothing(client: FlaskClient, asked: str) -> None:
    assert fields(client.page(f"{FORM}?section=2.1&{asked}"))["text"] == ""


def test_a_quotation_alone_is_no_comment_and_is_kept(client: FlaskClient) -> None:
    sent = {**fields(client.page(f"{FORM}?section=2.1&paragraph=1")), "privacy": "y"}
    response = client.post(FORM, data=sent)
    page = html.fromstring(response.text)
    assert response.status_code == 422
    assert "请在引用的文字后面写下您的意见。" in page.get_element_by_id("text-error").text_content()
    assert fields(page)["text"] == PARAGRAPH
    sent["text"] += "座椅太少。"
    assert client.post(FORM, data=sent).status_code == 200


def test_a_long_paragraph_is_cut_and_its_quotation_marks_stay_apart(plan: Plan) -> None:
    long = Plan("t", (type(plan.chapters[0])("1", "一", "章", paragraphs=("他说“好”，" * 20,)),))
    line = beginning(long, {"section": "1", "paragraph": "1"})
    assert line.count("“") == line.count("”") == 1
    assert only_beginning(line)
    assert not only_beginning(line + "不好")
