"""The queue on the pages: filters stand in the address and can be kept under a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.triage import Role

QUEUE = "/staff/c/river-2024/queue"
VIEWS = "/staff/c/river-2024/views"
Staff = Callable[..., FlaskClient]


def listed(page: html.HtmlElement) -> list[str]:
    return [link.get("id") for link in page.find_class("queue-open")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("section=2", ["t1", "t2"]),
        ("section=2.2", ["t2"]),
        ("section=1", []),
        ("status=open&channel=web&speaker=individual", ["t1", "t2"]),
        ("status=review", []),
        ("sure=unsure", ["t1"]),
        ("tag=重点", ["t1"]),
        ("tag=无", []),
        ("handler=li", []),
        ("read=0&files=0&copies=single", ["t1", "t2"]),
        ("files=1", []),
        ("from=2024-05-10&to=2024-05-10", ["t1", "t2"]),
        ("to=2024-05-09", []),
        ("q=垂钓", ["t2"]),
        ("q=垂钓&sure=unsure", []),
    ],
)
def test_every_filter_stands_in_the_address(
    client: FlaskClient, received: Receipt, staff: Staff, query: str, found: list[str]
) -> None:
    tags = "/staff/c/river-2024/comments/1/tags"
    sent = staff(client).form(QUEUE, "/acts/choose") | {"tag": "重点"}
    assert client.post(tags, data=sent).status_code == 303
    assert sorted(listed(client.page(f"{QUEUE}?{query}"))) == found


def test_a_filter_that_is_not_understood_is_named_and_left_out(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(f"{QUEUE}?status=lost&from=yesterday&section=2.2")
    assert listed(page) == ["t2"]
    assert "没有用：status、from" in page.find_class("note")[0].text_content()


def test_a_view_is_kept_shared_used_and_dropped_by_its_owner_alone(
    app: Flask, received: Receipt, staff: Staff
) -> None:
    mine, other = (staff(app.test_client(), role) for role in (Role.HANDLER, Role.VIEWER))
    sent = mine.form(f"{QUEUE}?section=2.2&status=open", "/views")
    own = mine.post(VIEWS, data=sent | {"name": "自己的"})
    mine.post(VIEWS, data=sent | {"name": " 垂钓 未答 ", "shared": "1"})
    assert own.location == f"{QUEUE}?section=2.2&status=open"
    for client, names in ((mine, ["垂钓 未答", "自己的"]), (other, ["垂钓 未答"])):
        links = client.page(QUEUE).xpath("//ul[@class='view-list']//a")
        assert sorted(link.text for link in links) == names
        assert {link.get("href") for link in links} == {f"{QUEUE}?section=2.2&status=open"}
        assert listed(client.page(links[0].get("href"))) == ["t2"]
    drops = mine.page(QUEUE).xpath("//ul[@class='view-list']//form/@action")
    token = other.form(QUEUE, "/sign-out")
    assert {other.post(place, data=token).status_code for place in drops} == {404}
    for place in drops:
        assert mine.post(place, data=mine.form(QUEUE, place)).status_code == 303
    assert mine.page(QUEUE).find_class("view-list") == []


@pytest.mark.parametrize("name", [" ", "长" * 41])
def test_a_view_without_a_usable_name_is_not_kept_and_the_filter_stays(
    client: FlaskClient, received: Receipt, staff: Staff, name: str
) -> None:
    sent = staff(client).form(f"{QUEUE}?section=2.2", "/views")
    answer = client.post(VIEWS, data=sent | {"name": name})
    assert answer.location == f"{QUEUE}?section=2.2"
    page = client.page(answer.location)
    assert (len(page.find_class("flash-wrong")), page.find_class("view-list")) == (1, [])
