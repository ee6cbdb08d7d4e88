from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.triage import Role
from consult.services.answers import answers
from consult.services.office import Office
from tests.web.client import fields

PAGE = "/staff/c/river-2024/comments/1/decision"
Staff = Callable[..., FlaskClient]
WORDS = {"disposition": "declined", "reason": "已有路灯改造计划。"}


def state(office: Office) -> list[tuple[str, str]]:
    found = answers(office, [1], approved=False).values()
    return [(d.stage.value, d.ruling.reason) for d in found]


def hand_in(client: FlaskClient, **values: str) -> html.HtmlElement:
    sent = client.fill(PAGE, **{**WORDS, **values})
    response = client.post(PAGE, data={**sent, "act": "submit"})
    assert response.status_code == 303
    return client.page(PAGE)


def test_a_handler_writes_and_a_reviewer_approves(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    hand_in(staff(client, Role.HANDLER))
    assert state(published) == [("review", WORDS["reason"])]
    client.post("/staff/sign-out", data=fields(client.page(PAGE), 0))
    page = staff(client, Role.REVIEWER).page(PAGE)
    sent = fields(page, next(f for f in page.forms if f.action.endswith("/approve")))
    assert client.post(f"{PAGE}/approve", data=sent).status_code == 303
    assert state(published) == [("approved", WORDS["reason"])]
    said = " ".join(client.page(PAGE).text_content().split())
    assert "审定答复" in said
    assert "存为草稿" not in said  # frozen


def test_a_handler_cannot_approve(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = hand_in(staff(client, Role.HANDLER))
    assert [f.action for f in page.forms if f.action.endswith("/approve")] == []
    sent = fields(page)
    assert client.post(f"{PAGE}/approve", data=sent).status_code == 403
    assert state(published) == [("review", WORDS["reason"])]


def test_who_wrote_it_is_told_that_another_approves_until_a_manager_says_otherwise(
    client: FlaskClient, app: Flask, published: Office, received: Receipt, staff: Staff
) -> None:
    rule = "/staff/c/river-2024/four-eyes"
    manager = staff(app.test_client(), Role.MANAGER)
    page = hand_in(staff(client, Role.REVIEWER))
    assert "要由另一个人审定" in page.find_class("note")[-1].text_content()
    sent = {**fields(page), "seen": fields(page)["seen"]}
    answer = client.post(f"{PAGE}/approve", data=sent)
    told = html.fromstring(answer.text).get_element_by_id("why-error").text_content()
    assert (answer.status_code, "要由另一个人审定" in told) == (409, True)
    assert state(published) == [("review", WORDS["reason"])]
    assert client.post(rule, data=fields(client.page(rule), 0)).status_code == 403
    bare = manager.post(rule, data=manager.fill(rule, rule="off", why=""))
    assert bare.status_code == 422
    told = html.fromstring(bare.text).get_element_by_id("why-error").text_content()
    assert told.split() == ["错误：不要求两人审定，请写明理由，会记入经过。"]
    assert manager.post(rule, data=manager.fill(rule, rule="off", why="人手少")).status_code == 303
    assert "不要求两人审定" in manager.page("/staff/c/river-2024/desks").text_content()
    assert client.post(f"{PAGE}/approve", data=sent).status_code == 303
    assert state(published) == [("approved", WORDS["reason"])]


def test_a_refusal_without_a_reason_comes_back_with_what_was_written(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    sent = staff(client).fill(PAGE, disposition="declined", answer="谢谢")
    response = client.post(PAGE, data={**sent, "act": "submit"})
    page = html.fromstring(response.text)
    assert response.status_code == 422
    assert page.get_element_by_id("reason-error").text_content().strip() == (
        "错误：除“采纳”外都要写明理由，请补上。"
    )
    assert (fields(page)["answer"], fields(page)["disposition"]) == ("谢谢", "declined")
    assert state(published) == []


def test_without_a_disposition_it_is_asked_for(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    response = client.post(PAGE, data=staff(client).fill(PAGE, reason="x"))
    page = html.fromstring(response.text)
    assert response.status_code == 422
    assert "请选择采纳情况。" in page.get_element_by_id("disposition-error").text_content()
    assert state(published) == []


def test_the_second_of_two_sees_the_newest_and_may_confirm(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    late = staff(client).fill(PAGE, disposition="noted", reason="晚到")
    hand_in(client)
    response = client.post(PAGE, data=late)
    page = html.fromstring(response.text)
    assert response.status_code == 409
    assert state(published) == [("review", WORDS["reason"])]
    assert client.post(PAGE, data=fields(page)).status_code == 303
    assert state(published) == [("draft", "晚到")]


def test_sending_back_needs_a_reason(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = hand_in(staff(client, Role.REVIEWER))
    sent = fields(page, next(f for f in page.forms if f.action.endswith("/reopen")))
    assert client.post(f"{PAGE}/reopen", data=sent).status_code == 422
    sent["why"] = "补充依据"
    assert client.post(f"{PAGE}/reopen", data=sent).status_code == 303
    assert state(published) == [("draft", WORDS["reason"])]


def test_the_comment_page_shows_the_decision(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    hand_in(staff(client))
    page = client.page("/staff/c/river-2024/comments/1")
    assert page.find_class("ruling")[0].text_content() == "未采纳"
    assert [a.get("href") for a in page.xpath("//a[text()='单独答复的全页']")] == [PAGE]


def test_a_stale_form_on_a_frozen_answer_still_says_what_happened(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = hand_in(staff(client, Role.REVIEWER))
    sent = fields(page, next(f for f in page.forms if f.action.endswith("/approve")))
    assert client.post(f"{PAGE}/approve", data=sent).status_code == 303
    again = client.post(f"{PAGE}/approve", data=sent)
    assert again.status_code == 409
    stale = client.post(f"{PAGE}/reopen", data={"why": "依据有误", "seen": "1"})
    assert stale.status_code == 400
    assert state(published) == [("approved", WORDS["reason"])]
