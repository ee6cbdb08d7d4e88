from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.services.hold import held
from consult.services.office import Office
from consult.settings import Settings
from tests.conftest import Clock
from tests.web.client import fields
from tests.web.journey import FORM, RECEIPT, SEND, TEXT, checked, complaints, stored


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": ""}, "请写下您的意见。"),
        ({"text": " 　\n\u200b"}, "请写下您的意见。"),
        ({"privacy": ""}, "请先阅读个人信息保护说明，并勾选同意。"),
        ({"name": "长" * 101}, "姓名或单位最多 100 个字。"),
        ({"contact": "1" * 201}, "联系方式最多 200 个字。"),
        (
            {"text": "坏\x00字"},
            "意见中有无法保存的字符（可能是复制时带入的）。请删除乱码后重试。",
        ),
    ],
)
def test_what_is_wrong_is_said_above_and_beside_and_nothing_is_lost(
    client: FlaskClient, published: Office, values: dict[str, str], message: str
) -> None:
    good = {"text": TEXT, "privacy": "y", "name": "某某", "contact": "a@example.org"}
    sent = client.fill(FORM, **{**good, **values})
    for address in (FORM, SEND):
        response = client.post(address, data=sent)
        page = html.fromstring(response.text)
        (field,) = values
        assert response.status_code == 422
        assert page.findtext(".//title").startswith("错误：")
        assert complaints(response.text) == [message]
        assert message in page.get_element_by_id(f"{field}-error").text_content()
        assert page.get_element_by_id(field).get("aria-invalid") == "true"
        kept = fields(page)
        same = {name for name in good if name != field}
        assert {name: kept.get(name) for name in same} == {name: good[name] for name in same}
    assert stored(published) == []


def test_the_limit_counts_characters_and_a_line_end_is_one(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, max_text=100)).test_client()
    exact = "字" * 49 + "\r\n" + "𠮷" * 50
    assert checked(client, text=exact)["text"].replace("\r\n", "\n") == exact.replace("\r\n", "\n")
    response = client.post(FORM, data=client.fill(FORM, text=exact + "多", privacy="y"))
    assert complaints(response.text) == [
        "意见最多 100 个字，现在有 101 个。请删短，或者分两次提交。"
    ]
    assert fields(html.fromstring(response.text))["text"].endswith("多")


def test_twenty_thousand_chinese_characters_are_taken(
    client: FlaskClient, published: Office
) -> None:
    text = "意" * 20_000
    client.post(SEND, data=checked(client, text=text))
    assert stored(published)[0].text == text


def test_what_fell_into_the_trap_is_held_and_not_lost(
    client: FlaskClient, published: Office
) -> None:
    assert client.post(SEND, data=checked(client, website="http://example.org")).status_code == 303
    assert stored(published) == []
    (item,) = held(published, slug="river-2024")
    assert (item.submission.text, item.submission.held) == (TEXT, "trap")
    assert "核实后按现在的时间列入" in client.page(RECEIPT).text_content()


def test_a_form_that_is_sent_faster_than_anybody_writes_is_held(
    make_app: Callable[..., Flask], settings: Settings, published: Office, clock: Clock
) -> None:
    client = make_app(settings=replace(settings, min_seconds=3)).test_client()
    slow, fast = checked(client), checked(client, text="马上发出。")
    client.post(SEND, data=fast)
    clock.advance(seconds=3)
    client.post(SEND, data=slow)
    assert [item.submission.text for item in held(published, slug="river-2024")] == ["马上发出。"]
    assert [item.text for item in stored(published)] == [TEXT]


def test_a_failed_token_gives_the_form_back_with_the_text(
    client: FlaskClient, published: Office
) -> None:
    sent = checked(client)
    for token in ("", "wrong"):
        response = client.post(SEND, data={**sent, "csrf_token": token})
        kept = fields(html.fromstring(response.text))
        assert response.status_code == 400
        assert complaints(response.text)[0].endswith("您填写的内容都还在，请再提交一次。")
        assert kept["text"] == TEXT
    assert stored(published) == []
    assert client.post(SEND, data=kept).status_code == 303


def test_a_token_of_another_session_is_refused(
    app: Flask, client: FlaskClient, published: Office
) -> None:
    sent = checked(client)
    assert app.test_client().post(SEND, data=sent).status_code == 400
    assert stored(published) == []


def test_fields_that_are_not_in_the_form_change_nothing(
    client: FlaskClient, published: Office
) -> None:
    extra = {"state": "erased", "channel": "letter", "received": "2001-01-01", "late": "1"}
    client.post(SEND, data={**checked(client), **extra})
    (item,) = stored(published)
    assert (item.state, item.channel, item.received.year, item.late) == (
        "active",
        "web",
        2024,
        False,
    )


def test_a_closed_select_shows_the_chapter_of_the_section_too(client: FlaskClient) -> None:
    options = client.page(FORM).xpath("//select[@id='section']//option/text()")
    assert options == [
        "不指定，由工作人员归类",
        "总体意见",
        "一、水质（整章）",
        "一、（一）污水收集",
        "一、（二）水质监测",
        "二、岸线（整章）",
        "二、（一）步道建设",
        "二、（二）垂钓管理",
        "二、（三）绿化养护",
    ]


def test_an_unknown_section_or_speaker_is_refused(client: FlaskClient) -> None:
    for values in ({"section": "9.9"}, {"speaker": "mayor"}):
        sent = client.fill(FORM, text=TEXT, privacy="y", **values)
        assert client.post(FORM, data=sent).status_code == 422
