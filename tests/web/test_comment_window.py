from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.services.office import Office
from consult.settings import Settings
from tests.web.client import fields
from tests.web.journey import FORM, SEND, TEXT, checked, stored

LAST = datetime(2024, 5, 30, 15, 59, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (datetime(2024, 4, 30, 15, 59, tzinfo=UTC), "还没有开始征求意见"),
        (datetime(2024, 5, 30, 16, 0, tzinfo=UTC), "征求意见已经结束"),
    ],
)
def test_outside_of_the_window_a_page_says_when(
    make_app: Callable[..., Flask], settings: Settings, now: datetime, title: str
) -> None:
    client = make_app(settings=replace(settings, now=now)).test_client()
    page = client.page(FORM, 403)
    assert page.findtext(".//h1") == title
    assert "2024年5月30日星期四" in page.text_content()


def later(make_app: Callable[..., Flask], settings: Settings, minutes: int) -> FlaskClient:
    """A client of the same office after the end of the window."""
    now = datetime(2024, 5, 30, 16, minutes, tzinfo=UTC)
    return make_app(settings=replace(settings, now=now)).test_client()


def moved(early: FlaskClient, late: FlaskClient) -> None:
    with early.session_transaction() as before, late.session_transaction() as after:
        after.update(before)


def test_a_form_opened_in_time_may_be_sent_within_the_grace(
    make_app: Callable[..., Flask], settings: Settings, published: Office
) -> None:
    early = make_app(settings=replace(settings, now=LAST)).test_client()
    sent = checked(early)
    late = later(make_app, settings, 14)
    moved(early, late)
    assert late.post(FORM, data=sent).status_code == 200
    assert late.post(SEND, data=sent).status_code == 303
    assert [item.late for item in stored(published)] == [True]


def test_after_the_grace_the_text_stays_on_the_page_and_other_ways_are_named(
    make_app: Callable[..., Flask], settings: Settings, published: Office
) -> None:
    early = make_app(settings=replace(settings, now=LAST)).test_client()
    sent = checked(early)
    late = later(make_app, settings, 15)
    moved(early, late)
    response = late.post(SEND, data=sent)
    page = html.fromstring(response.text)
    assert response.status_code == 403
    assert page.get_element_by_id("kept-text").value.strip() == TEXT
    assert "信函：清河县水务局收" in page.get_element_by_id("channels").text_content()
    assert stored(published) == []


def test_the_time_of_opening_cannot_be_forged(
    make_app: Callable[..., Flask], settings: Settings, published: Office
) -> None:
    early = make_app(settings=replace(settings, now=LAST)).test_client()
    sent = checked(early)
    late = later(make_app, settings, 1)
    moved(early, late)
    assert late.post(SEND, data={**sent, "key": sent["key"][:-2] + "xx"}).status_code == 403
    assert stored(published) == []


def test_too_many_from_one_address_get_the_text_back_and_a_time(
    make_app: Callable[..., Flask], settings: Settings, published: Office
) -> None:
    client = make_app(settings=replace(settings, posts_per_hour=1)).test_client()
    client.post(SEND, data=checked(client))
    response = client.post(SEND, data=checked(client, text="第二条意见。"))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    assert fields(html.fromstring(response.text))["text"] == "第二条意见。"
    assert len(stored(published)) == 1
