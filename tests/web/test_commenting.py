from __future__ import annotations

import base64
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Choice
from consult.services.office import Office
from consult.web.qr import qr_code
from tests.web.client import fields
from tests.web.journey import FORM, RECEIPT, SEND, TEXT, checked, stored


def shown(page: html.HtmlElement) -> dict[str, str]:
    rows = page.xpath("//dl/div")
    return {
        row.findtext("dt").strip(): " ".join(row.find("dd").text_content().split()) for row in rows
    }


def test_a_comment_goes_from_form_over_check_to_receipt(
    client: FlaskClient, published: Office
) -> None:
    answer = client.post(SEND, data=checked(client, section="2.1", speaker="individual"))
    assert (answer.status_code, answer.location) == (303, RECEIPT)
    (item,) = stored(published)
    page = client.page(RECEIPT)
    assert (item.text, item.choices, item.speaker, item.publish, item.identified) == (
        TEXT, (Choice(0, len(TEXT), "2.1"),), "individual", False, False,
    )  # fmt: skip
    assert page.get_element_by_id("receipt-number").text == item.number
    assert re.fullmatch(r"[0-9A-Z-]{15}", page.get_element_by_id("receipt-code").text)
    assert shown(page)["收到时间"] == "2024年5月10日 10:00 北京时间"


def test_the_check_page_shows_every_answer(client: FlaskClient) -> None:
    values = {"section": "2.1", "speaker": "company", "name": "清河  船厂", "publish": "y"}
    sent = client.fill(FORM, text=TEXT, privacy="y", **values)
    page = html.fromstring(client.post(FORM, data=sent).text)
    assert shown(page) == {
        "您的意见": TEXT,
        "针对哪一节": "二、（一）步道建设",
        "提意见的身份": "企业",
        "姓名或单位": "清河 船厂",
        "联系方式": "未填写",
        "引用原话": "可以引用",
    }


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("", "未选择章节：工作人员会归类"),
        ("general", "总体意见"),
        ("2", "二、岸线"),
        ("2.3", "二、（三）绿化养护"),
    ],
)
def test_the_check_page_says_first_which_section_was_chosen(
    client: FlaskClient, chosen: str, words: str
) -> None:
    sent = client.fill(FORM, text=TEXT, privacy="y", section=chosen)
    page = html.fromstring(client.post(FORM, data=sent).text)
    assert next(iter(shown(page).items())) == ("针对哪一节", words)


def test_going_back_to_change_keeps_everything(client: FlaskClient) -> None:
    values = {
        "text": "第一行\n\n  第二行 <b>&amp;</b> \"引号\" '单引号'",
        "section": "2.2",
        "speaker": "academia",
        "name": "某某",
        "contact": "a@example.org",
        "privacy": "y",
        "publish": "y",
    }
    carried = checked(client, **values)
    again = fields(html.fromstring(client.post(f"{FORM}/change", data=carried).text))
    assert {name: again[name].replace("\r\n", "\n") for name in values} == values
    assert again["key"] == carried["key"]


def test_the_text_is_stored_as_typed(client: FlaskClient, published: Office) -> None:
    text = "\n  第一行\r\n\r\n“引号” <script>alert(1)</script> {{7*7}} =1+1 𠮷\t结束"
    client.post(SEND, data=checked(client, text=text))
    assert stored(published)[0].text == text.replace("\r\n", "\n").strip("\n")


def test_a_second_click_stores_once_and_keeps_the_code(
    client: FlaskClient, published: Office
) -> None:
    sent = checked(client)
    client.post(SEND, data=sent)
    code = client.page(RECEIPT).get_element_by_id("receipt-code").text
    answer = client.post(SEND, data=sent)
    assert answer.status_code == 303
    assert len(stored(published)) == 1
    assert client.page(RECEIPT).get_element_by_id("receipt-code").text == code


def test_a_form_taken_up_again_for_another_comment_stores_both(
    client: FlaskClient, published: Office
) -> None:
    sent = checked(client)
    client.post(SEND, data=sent)
    client.post(SEND, data={**sent, "text": "另一条：请多种树。"})
    assert [item.text for item in stored(published)] == [TEXT, "另一条：请多种树。"]


def test_a_reload_does_not_lose_the_receipt_and_no_address_holds_the_code(
    client: FlaskClient,
) -> None:
    answer = client.post(SEND, data=checked(client))
    first, second = client.page(RECEIPT), client.page(RECEIPT)
    code = first.get_element_by_id("receipt-code").text
    assert second.get_element_by_id("receipt-code").text == code
    assert code not in answer.location
    addresses = first.xpath("//@href | //@action | //title/text()")
    assert [address for address in addresses if code in address] == []


def test_the_cookie_shows_neither_number_nor_code(client: FlaskClient) -> None:
    client.post(SEND, data=checked(client))
    page = client.page(RECEIPT)
    cookie = client.get_cookie("consult")
    assert cookie is not None
    read = cookie.value.encode() + base64.urlsafe_b64decode(cookie.value)
    for name in ("receipt-number", "receipt-code"):
        assert page.get_element_by_id(name).text.encode() not in read
    assert b"receipt" not in read


def test_the_receipt_can_be_saved_and_removed_from_the_device(client: FlaskClient) -> None:
    client.post(SEND, data=checked(client))
    page = client.page(RECEIPT)
    saved = client.get(f"{RECEIPT}.txt")
    assert page.get_element_by_id("receipt-code").text in saved.text
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="receipt-')
    client.post(f"{RECEIPT}/forget", data=fields(page))
    assert client.get(RECEIPT).status_code == 404
    assert client.get(f"{RECEIPT}.txt").status_code == 404


@pytest.mark.parametrize("ending", ["txt", "html", "svg"])
def test_every_form_of_the_receipt_holds_number_code_address_and_the_mark_of_a_rehearsal(
    client: FlaskClient, ending: str
) -> None:
    client.post(SEND, data=checked(client))
    page = client.page(RECEIPT)
    saved = client.get(f"{RECEIPT}.{ending}").text
    secrets = [page.get_element_by_id(f"receipt-{name}").text for name in ("number", "code")]
    wanted = [*secrets, "http://localhost/c/river-2024/status", "2024年5月10日"]
    assert [words for words in wanted if words not in saved] == []
    assert ("演练" in saved or "模拟日期" in saved) is True


def test_the_qr_code_leads_to_the_page_that_asks_and_holds_no_secret(client: FlaskClient) -> None:
    client.post(SEND, data=checked(client))
    drawn = client.get("/c/river-2024/status.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert qr_code("http://localhost/c/river-2024/status").path in drawn.text


def test_another_browser_sees_no_receipt(app: Flask, client: FlaskClient) -> None:
    client.post(SEND, data=checked(client))
    assert app.test_client().get(RECEIPT).status_code == 404
