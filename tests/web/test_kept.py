"""Whatever goes wrong between writing and the receipt, the words stay with their author."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.errors import StoreUnready
from consult.services.office import Office, open_office
from consult.settings import Settings
from tests.conftest import Clock
from tests.web.client import fields
from tests.web.journey import FORM, RECEIPT, SEND, TEXT, checked, complaints, stored


def given_back(response: object) -> dict[str, str]:
    return fields(html.fromstring(response.text))


def test_a_form_sent_too_often_is_refused_with_the_text_and_another_form_is_not(
    make_app: Callable[..., Flask], settings: Settings, published: Office
) -> None:
    client = make_app(settings=replace(settings, posts_per_form=1)).test_client()
    sent = checked(client)
    client.post(SEND, data=sent)
    again = client.post(SEND, data={**sent, "text": "第二条意见。"})
    assert (again.status_code, again.headers["Retry-After"]) == (429, "3600")
    assert given_back(again)["text"] == "第二条意见。"
    assert client.post(SEND, data=checked(client, text="第三条意见。")).status_code == 303
    assert [item.text for item in stored(published)] == [TEXT, "第三条意见。"]


def test_the_limit_of_an_address_holds_across_processes(
    make_app: Callable[..., Flask], settings: Settings, published: Office, tmp_path: Path,
    clock: Clock,
) -> None:  # fmt: skip
    limited = replace(settings, posts_per_hour=2)
    other_process = open_office(tmp_path / "data", clock=clock)
    clients = [make_app(office, limited).test_client() for office in (published, other_process)]
    answers = [
        clients[turn % 2].post(SEND, data=checked(clients[turn % 2], text=f"第{turn}条"))
        for turn in range(3)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    clock.advance(hours=1, seconds=1)
    assert clients[0].post(SEND, data=checked(clients[0], text="下一小时")).status_code == 303
    other_process.store.close()


def test_an_office_behind_one_address_is_not_locked_out(
    make_app: Callable[..., Flask], published: Office, tmp_path: Path, clock: Clock
) -> None:
    """Forty colleagues send within an hour, one of them far too often; two processes serve them."""
    other_process = open_office(tmp_path / "data", clock=clock)
    apps = [make_app(published), make_app(other_process)]
    busy = apps[0].test_client()
    sent = checked(busy)
    statuses = [busy.post(SEND, data={**sent, "text": f"第{n}遍"}).status_code for n in range(21)]
    assert statuses == [*[303] * 20, 429]
    colleagues = [apps[number % 2].test_client() for number in range(40)]
    answers = [one.post(SEND, data=checked(one, text=f"同事{n}的意见"))
               for n, one in enumerate(colleagues)]  # fmt: skip
    assert {answer.status_code for answer in answers} == {303}
    other_process.store.close()


@pytest.mark.parametrize("code", ["store.full", "store.locked", "store.readonly"])
def test_a_failing_store_gives_the_form_back_and_a_time(
    client: FlaskClient, published: Office, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    sent = checked(client, name="某某")

    def fail(*_: object, **__: object) -> None:
        raise StoreUnready(code, reason="disk")

    with monkeypatch.context() as patched:
        patched.setattr("consult.web.public.sending.receive", fail)
        response = client.post(SEND, data=sent)
    kept = given_back(response)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert (kept["text"], kept["name"]) == (TEXT, "某某")
    assert len(complaints(response.text)) == 1
    assert client.post(SEND, data=sent).status_code == 303
    assert len(stored(published)) == 1


def test_a_really_locked_database_gives_the_form_back(
    make_app: Callable[..., Flask], published: Office, tmp_path: Path, clock: Clock
) -> None:
    office = open_office(tmp_path / "data", busy_seconds=1, clock=clock)
    client = make_app(office).test_client()
    sent = checked(client)
    with closing(sqlite3.connect(published.store.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        response = client.post(SEND, data=sent)
    assert (response.status_code, given_back(response)["text"]) == (503, TEXT)
    assert client.post(SEND, data=sent).status_code == 303
    office.store.close()


def test_a_form_outlives_a_restart_of_the_server(
    make_app: Callable[..., Flask], published: Office, tmp_path: Path, clock: Clock
) -> None:
    before = make_app().test_client()
    sent = checked(before)
    reopened = open_office(tmp_path / "data", clock=clock)
    after = make_app(reopened).test_client()
    with before.session_transaction() as old, after.session_transaction() as new:
        new.update(old)
    clock.advance(hours=5)
    assert after.post(SEND, data=sent).status_code == 303
    assert after.page(RECEIPT).get_element_by_id("receipt-code").text
    assert [item.text for item in stored(published)] == [TEXT]
    reopened.store.close()


def test_a_first_visitor_needs_four_pages_to_the_receipt(client: FlaskClient) -> None:
    start = client.get("/")
    notice = client.page(start.location)
    (write,) = set(notice.xpath("//main//a[normalize-space()='写意见']/@href"))
    form = {**fields(client.page(write)), "text": TEXT, "privacy": "y"}
    check = client.post(FORM, data=form)
    sent = client.post(SEND, data=fields(html.fromstring(check.text)))
    assert (check.status_code, sent.location) == (200, RECEIPT)  # notice, form, check, receipt
