from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.triage import Role
from consult.services.browse import comment_detail
from consult.services.office import Office
from consult.services.relink import relink
from consult.settings import Settings
from tests.conftest import Clock
from tests.web.client import fields
from tests.web.conftest import PASSWORD

COMMENT = "/staff/c/river-2024/comments/1"
CHANGE = f"{COMMENT}/section"
Staff = Callable[..., FlaskClient]


def where(office: Office) -> str:
    return comment_detail(office, slug="river-2024", number=1).row.comment.section


def test_a_change_is_stored_and_its_history_shown(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="2.3", why="说的是树")
    answer = client.post(CHANGE, data=sent)
    history = client.page(COMMENT).xpath("//ol[@class='history']/li")[-1]
    assert (answer.status_code, answer.location) == (303, f"{COMMENT}?done=1")
    assert where(published) == "2.3"
    assert " ".join(history.text_content().split()) == (
        "2024年5月10日 10:00 handler：改变归属 二、（一）步道建设 → 二、（三）绿化养护"
        " 理由：说的是树"
    )


def test_a_change_needs_a_reason_and_keeps_the_choice(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    response = client.post(CHANGE, data=client.fill(COMMENT, section="2.3", why=" "))
    page = html.fromstring(response.text)
    assert response.status_code == 422
    assert fields(page)["section"] == "2.3"
    assert (
        page.get_element_by_id("why-error").text_content().strip() == "错误：请写明改变归属的理由。"
    )
    assert where(published) == "2.1"


def test_the_second_of_two_sees_both_and_may_confirm(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="2.3", why="说的是树")
    seen = comment_detail(published, slug="river-2024", number=1).row.seen
    relink(
        published, slug="river-2024", number=1, section="1.2", why="先改", actor="wang", seen=seen
    )
    response = client.post(CHANGE, data=sent)
    page = html.fromstring(response.text)
    kept = fields(page)
    assert response.status_code == 409
    assert "一、（二）水质监测" in page.find_class("link-line")[0].text_content()
    assert (kept["section"], kept["why"]) == ("2.3", "说的是树")
    assert where(published) == "1.2"
    assert client.post(CHANGE, data=kept).status_code == 303
    assert where(published) == "2.3"


def test_a_failed_token_keeps_the_reason_and_changes_nothing(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="2.3", why="说的是树") | {"csrf_token": ""}
    response = client.post(CHANGE, data=sent)
    assert response.status_code == 400
    assert fields(html.fromstring(response.text))["why"] == "说的是树"
    assert where(published) == "2.1"


def test_an_unknown_section_is_refused(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="9.9", why="?")
    assert client.post(CHANGE, data=sent).status_code == 422
    assert where(published) == "2.1"


def test_a_viewer_may_read_but_not_change(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client, Role.VIEWER)
    page = client.page(COMMENT)
    assert page.xpath("//form[contains(@action, '/section')]") == []
    sent = {"section": "2.3", "why": "说的是树", **fields(page, 0)}
    assert client.post(CHANGE, data=sent).status_code == 403
    assert where(published) == "2.1"


def test_nobody_changes_without_signing_in_and_the_reason_can_be_copied(
    app: Flask, published: Office, received: Receipt
) -> None:
    client = app.test_client()
    response = client.post(CHANGE, data={"section": "2.3", "why": "说的是树"})
    page = html.fromstring(response.text)
    assert (response.status_code, where(published)) == (401, "2.1")
    assert page.get_element_by_id("kept-text").value.strip() == "说的是树"
    assert page.xpath("//main//a/@href")[0] == "/staff/sign-in"
    with client.session_transaction() as session:
        assert "unsaved" not in session


def test_a_session_that_ran_out_takes_the_reason_past_the_sign_in(
    client: FlaskClient,
    published: Office,
    received: Receipt,
    staff: Staff,
    clock: Clock,
    settings: Settings,
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="2.3", why="  说的是树，\n不是路 ")
    clock.advance(seconds=settings.session_idle + 1)
    answer = client.post(CHANGE, data=sent)
    assert (answer.status_code, answer.location) == (303, f"/staff/sign-in?next={COMMENT}")
    page = client.page(answer.location)
    assert "您填写的理由还在" in page.find_class("note")[0].text_content()
    signed = fields(page) | {"username": "handler", "password": PASSWORD}
    assert client.post("/staff/sign-in", data=signed).location == COMMENT
    back = client.page(COMMENT)
    kept = fields(back)
    assert (kept["section"], kept["why"]) == ("2.3", "说的是树， 不是路")
    assert "还没有保存" in back.find_class("note")[0].text_content()
    assert client.post(CHANGE, data=kept).status_code == 303
    assert where(published) == "2.3"
    assert client.page(COMMENT).find_class("note") == []


def test_what_was_typed_before_the_session_ran_out_overwrites_nobody(
    client: FlaskClient,
    published: Office,
    received: Receipt,
    staff: Staff,
    clock: Clock,
    settings: Settings,
) -> None:
    staff(client)
    sent = client.fill(COMMENT, section="2.3", why="字" * 500)
    clock.advance(seconds=settings.session_idle + 1)
    client.post(CHANGE, data=sent)
    seen = comment_detail(published, slug="river-2024", number=1).row.seen
    relink(
        published, slug="river-2024", number=1, section="1.2", why="先改", actor="wang", seen=seen
    )
    signed = client.fill("/staff/sign-in", username="handler", password=PASSWORD)
    client.post("/staff/sign-in", data=signed)
    kept = fields(client.page(COMMENT))
    assert kept["why"] == "字" * 500
    assert client.post(CHANGE, data=kept).status_code == 409
    assert where(published) == "1.2"
