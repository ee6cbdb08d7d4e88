from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.services.office import Office, open_office
from consult.settings import Settings
from tests.conftest import Clock
from tests.web.journey import FORM, complaints

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


def test_too_many_wrong_answers_get_a_time_to_come_back_and_the_right_one_the_page(
    make_app: Callable[..., Flask], settings: Settings, received: Receipt, tmp_path: Path,
    clock: Clock, published: Office,
) -> None:  # fmt: skip
    """A robot in an office with one address, before two processes: colleagues are let in."""
    other_process = open_office(tmp_path / "data", clock=clock)
    limited = replace(settings, lookups_per_hour=2)
    clients = [make_app(office, limited).test_client() for office in (published, other_process)]
    for turn in range(2):
        ask(clients[turn], f"0000-000{turn}", received.code)
    refused = [
        ask(clients[0], "0000-0000", received.code),
        ask(clients[1], received.number, "00000-00000-000"),
    ]
    assert [(r.status_code, r.headers["Retry-After"]) for r in refused] == [(429, "3600")] * 2
    assert [complaints(r.text) for r in refused] == [[
        "回执编号或查询码不对。从您所在的网络输错的次数太多，请对照回执再输一次；"
        "输对了照常打开，仍不对请一小时后再试。"
    ]] * 2  # fmt: skip
    assert {ask(one, received.number, received.code).status_code for one in clients} == {200}
    other_process.store.close()


def test_a_number_whose_code_was_guessed_at_twenty_times_is_not_opened_for_an_hour(
    client: FlaskClient, received: Receipt
) -> None:
    opened = ask(client, received.number, received.code)
    for _ in range(20):
        ask(client, received.number, "00000-00000-000")
    response = ask(client, received.number, received.code)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    assert complaints(response.text) == ["这个编号输错查询码的次数太多，请一小时后再试。"]
    page = html.fromstring(opened.text)  # what stands open already can be acted on
    (form,) = [f for f in page.forms if f.get("action") == f"{STATUS}/correct"]
    asked = client.post(form.get("action"), data=dict(form.form_values()))
    assert asked.status_code == 200


def test_wrong_draft_codes_have_to_wait_and_a_right_one_opens_all_the_same(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, lookups_per_hour=1)).test_client()
    saved = client.post(f"{FORM}/save", data=client.fill(FORM, text="写到一半"))
    code = html.fromstring(saved.text).get_element_by_id("draft-code").text
    resume = f"{FORM}/resume"
    wrong = [
        client.post(resume, data=client.fill(resume, code="00000-00000-000")) for _ in range(2)
    ]
    assert [answer.status_code for answer in wrong] == [404, 429]
    assert wrong[1].headers["Retry-After"] == "3600"
    opened = client.post(resume, data=client.fill(resume, code=code))
    assert html.fromstring(opened.text).get_element_by_id("text").value.strip() == "写到一半"


def test_a_failed_token_gives_the_form_back(client: FlaskClient, received: Receipt) -> None:
    sent = {"number": received.number, "code": received.code}
    response = client.post(STATUS, data=sent)
    form = html.fromstring(response.text).forms[-1]
    assert response.status_code == 400
    assert (form.fields["number"], form.fields["code"]) == (received.number, received.code)
