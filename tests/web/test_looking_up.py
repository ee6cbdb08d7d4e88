from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.settings import Settings

STATUS = "/c/river-2024/status"


def ask(client: FlaskClient, number: str, code: str) -> object:
    return client.post(STATUS, data=client.fill(STATUS, number=number, code=code))


def test_number_and_code_show_the_submission_but_not_the_contact(
    client: FlaskClient, received: Receipt
) -> None:
    response = ask(client, received.number, received.code)
    page = html.fromstring(response.text)
    parts = [
        " ".join(p.text_content().split()) for p in page.xpath("//ol/li/p | //ol/li/dl/div[1]/dd")
    ]
    assert response.status_code == 200
    assert parts == [
        "建议沿河多装路灯，晚上散步太黑。",
        "二、（一）步道建设",
        "另外，垂钓区太少。",
        "二、（二）垂钓管理",
    ]
    assert "13800000000" not in response.text
    assert received.code not in response.text


def test_case_and_hyphens_do_not_matter(client: FlaskClient, received: Receipt) -> None:
    number = f" {received.number.lower().replace('-', ' ')} "
    code = received.code.lower().replace("-", "")
    assert ask(client, number, code).status_code == 200


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(
    client: FlaskClient, received: Receipt
) -> None:
    answers = [
        ask(client, "0000-0000", received.code),
        ask(client, received.number, "00000-00000-000"),
    ]
    messages = [
        html.fromstring(a.text).xpath("//*[@id='error-summary']//a/text()") for a in answers
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert messages == [["回执编号或查询码不对，请对照回执重新输入。"]] * 2


@pytest.mark.parametrize("missing", ["number", "code"])
def test_both_are_asked_for(client: FlaskClient, missing: str) -> None:
    values = {"number": "7K3M-92QF", "code": "4Z7QX-M2KPD-8WT", missing: " "}
    assert ask(client, **values).status_code == 422


def test_too_many_wrong_answers_get_a_time_to_come_back(
    make_app: Callable[..., Flask], settings: Settings, received: Receipt
) -> None:
    client = make_app(settings=replace(settings, lookups_per_hour=2)).test_client()
    for _ in range(2):
        ask(client, received.number, "00000-00000-000")
    response = ask(client, received.number, received.code)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")


def test_a_failed_token_gives_the_form_back(client: FlaskClient, received: Receipt) -> None:
    sent = {"number": received.number, "code": received.code}
    response = client.post(STATUS, data=sent)
    form = html.fromstring(response.text).forms[-1]
    assert response.status_code == 400
    assert (form.fields["number"], form.fields["code"]) == (received.number, received.code)
