"""Reusable reasons and matters handed to other offices, on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.services.answers import answers
from consult.services.office import Office
from tests.web.client import fields

HOME = "/staff/c/river-2024"
ONE = f"{HOME}/comments/1"
PHRASES = f"{HOME}/phrases"
REFERRALS = f"{HOME}/referrals"
Staff = Callable[..., FlaskClient]


def flat(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def settle(client: FlaskClient, **values: str) -> None:
    sent = client.form(ONE, "/settle") | {"reason": "", "act": "submit"} | values
    assert client.post(f"{ONE}/settle", data=sent).status_code == 303


def offered(client: FlaskClient) -> list[str]:
    return client.page(ONE).xpath("//select[@id='d-phrase']//option[@data-text]/text()")


def test_a_reusable_reason_is_offered_filled_in_listed_where_used_and_retired(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    new = {"name": "已有计划", "disposition": "declined", "text": "“{章节}”已有计划。"}
    sent = staff(client).form(PHRASES, "/phrases") | new
    assert client.post(PHRASES, data=sent).status_code == 303
    assert offered(client) == ["已有计划"]
    settle(client, disposition="declined", phrase="1")
    (answer,) = answers(published, [1], approved=False).values()
    assert answer.ruling.reason == "“二、（一）步道建设”已有计划。"
    page = client.page(PHRASES)
    assert "用在 1 份答复里" in flat(page)
    assert [a.get("href") for a in page.find_class("cite")] == [f"{ONE}/decision"]
    for retired, choices in ((True, []), (False, ["已有计划"])):
        sent = client.form(PHRASES, "/phrases/1")
        assert client.post(f"{PHRASES}/1", data=sent).status_code == 303
        shown = "已停用" in flat(client.page(PHRASES))
        assert (shown, offered(client)) == (retired, choices)
    assert client.post(f"{PHRASES}/99", data=sent).status_code == 404


@pytest.mark.parametrize(
    ("values", "complaint"),
    [({"name": " ", "text": "甲"}, "name"), ({"name": "甲", "text": " \n"}, "text"),
     ({"name": "长" * 41, "text": "甲"}, "name"), ({"name": "甲", "text": "长" * 2001}, "text")],
)  # fmt: skip
def test_a_reason_without_name_or_text_is_said_and_what_was_typed_stays(
    client: FlaskClient, received: Receipt, staff: Staff, values: dict[str, str], complaint: str
) -> None:
    answer = client.post(PHRASES, data=staff(client).form(PHRASES, "/phrases") | values)
    page = html.fromstring(answer.text)
    links = page.xpath("//*[@id='error-summary']//a/@href")
    assert (answer.status_code, links) == (422, [f"#{complaint}"])
    assert (fields(page)["name"], fields(page)["text"]) == (values["name"], values["text"])
    assert "还没有常用理由" in flat(page)


def test_a_matter_handed_on_is_followed_until_it_is_closed_with_a_word(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    settle(staff(client), disposition="forwarded", reason="请研究。", office="县路灯所")
    page = client.page(REFERRALS)
    assert "意见 1 待转出 转 县路灯所 1 条" in flat(page.find_class("comment")[0])
    assert "1件转办未结" in flat(client.page(f"{HOME}/"))
    sent = client.form(REFERRALS, "/referrals") | {"state": "closed"}
    mute = client.post(REFERRALS, data=sent)
    complaints = html.fromstring(mute.text).xpath("//*[@id='error-summary']//a/@href")
    assert (mute.status_code, complaints) == (422, ["#note"])
    assert client.post(REFERRALS, data=sent | {"note": "九月装好。"}).status_code == 303
    (matter,) = client.page(REFERRALS).find_class("comment")
    assert matter.find_class("origin")[0].text == "已办结"
    assert matter.findtext(".//p[@class='own-words']") == "九月装好。"
    assert "0件转办未结" in flat(client.page(f"{HOME}/"))
    history = [flat(item) for item in client.page(ONE).xpath("//ol[@class='history']/li")]
    assert "待转出 → 已办结" in history[-1]
    for subject in ("comment:2", "comment:x", "theme:1"):
        stranger = client.post(REFERRALS, data=sent | {"note": "x", "subject": subject})
        assert stranger.status_code == 404
