"""Many at once on the pages: looked at first, done, taken back; a single act taken back too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.triage import Role
from consult.services.answers import answers
from consult.services.office import Office
from tests.web.client import fields

HOME = "/staff/c/river-2024"
ACTS = f"{HOME}/acts"
NOTED = {"deed": "decide", "disposition": "noted", "reason": "供{章节}参考。"}
Staff = Callable[..., FlaskClient]


def flat(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def chosen(client: FlaskClient, query: str = "", **picked: Any) -> dict[str, str]:
    """Choose in the queue; return what the page that asks what to do would send."""
    sent = client.form(f"{HOME}/queue{query}", "/acts/choose")
    page = client.post(f"{ACTS}/choose", data={**sent, **(picked or {"pick": "all"})})
    return fields(html.fromstring(page.text))


def looked(client: FlaskClient, query: str = "", **values: str) -> html.HtmlElement:
    """Return the page that tells what would change."""
    answer = client.post(ACTS, data={**chosen(client, query), **values})
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def done(client: FlaskClient, page: html.HtmlElement) -> str:
    """Confirm; return the address of the act."""
    answer = client.post(ACTS, data=fields(page))
    assert answer.status_code == 303
    return str(answer.location).partition("?")[0]


def said(office: Office) -> dict[int, tuple[str, str]]:
    found = answers(office, [1, 2], approved=False)
    return {n: (d.stage.value, d.ruling.reason) for n, d in found.items()}


def test_many_are_looked_at_before_they_are_decided_and_all_is_taken_back(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = looked(staff(client), **NOTED)
    assert ("会改变 2 条" in flat(page), said(published)) == (True, {})
    act = done(client, page)
    assert said(published) == {
        1: ("review", "供二、（一）步道建设参考。"),
        2: ("review", "供二、（二）垂钓管理参考。"),
    }
    assert "完成 2" in flat(client.page(act).get_element_by_id("act"))
    undone = client.post(f"{act}/undo", data=client.form(act, "/undo"))
    assert (undone.status_code, said(published)) == (303, {})
    assert flat(client.page(act).get_element_by_id("act")).startswith("已撤销")
    again = client.post(f"{act}/undo", data=client.form(f"{HOME}/queue", "/acts/choose"))
    assert (again.status_code, said(published)) == (303, {})  # and says why not
    assert client.page(act).find_class("flash-wrong")


def test_when_the_filter_finds_others_by_now_they_are_looked_at_first(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = looked(staff(client), "?status=open", **NOTED)
    one = f"{HOME}/comments/1"
    settled = {"disposition": "declined", "reason": "已有计划。", "act": "submit"}
    client.post(f"{one}/settle", data=client.form(one, "/settle") | settled)
    answer = client.post(ACTS, data=fields(page))
    assert answer.status_code == 200
    assert "会改变 1 条" in flat(html.fromstring(answer.text))
    assert said(published) == {1: ("review", "已有计划。")}


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"deed": ""}, "deed-0"),
        ({"deed": "approve"}, "deed-0"),  # is for reviewers
        ({"deed": "decide", "disposition": "declined", "reason": " "}, "reason"),
        ({"deed": "decide", "disposition": "forwarded", "reason": "请研究"}, "office"),
        ({"deed": "relink", "to": "9.9"}, "to"),
        ({"deed": "tag", "tag": " "}, "tag"),
    ],
)
def test_what_an_act_lacks_is_said_with_everything_kept(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff,
    sent: dict[str, str], complaint: str,
) -> None:  # fmt: skip
    data = {**chosen(staff(client)), "answer": "谢谢您。", **sent}
    answer = client.post(ACTS, data=data)
    page = html.fromstring(answer.text)
    links = page.xpath("//*[@id='error-summary']//a/@href")
    assert (answer.status_code, links) == (422, [f"#{complaint}"])
    assert (fields(page)["answer"], said(published)) == ("谢谢您。", {})


@pytest.mark.parametrize("numbers", ["1,1", "1,999", f"1,{'9' * 40}", "1,x,,-2"])
def test_of_what_is_picked_by_hand_only_what_is_there_is_done_once(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff, numbers: str
) -> None:
    sent = chosen(staff(client), pick="some", number="1") | NOTED
    page = html.fromstring(client.post(ACTS, data={**sent, "numbers": numbers}).text)
    assert "会改变 1 条" in flat(page)
    done(client, page)
    assert list(said(published)) == [1]


def test_nothing_picked_is_said_in_the_queue(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    sent = staff(client).form(f"{HOME}/queue?status=open", "/acts/choose")
    answer = client.post(f"{ACTS}/choose", data={**sent, "pick": "some"})
    assert answer.location == f"{HOME}/queue?status=open"
    assert "没有勾选意见" in flat(client.page(answer.location).find_class("flash-wrong")[0])


def test_what_reviewers_approved_at_once_handlers_neither_change_nor_take_back(
    app: Flask, published: Office, received: Receipt, staff: Staff
) -> None:
    handler, reviewer = (staff(app.test_client(), role) for role in (Role.HANDLER, Role.REVIEWER))
    done(handler, looked(handler, "?section=2.1", **NOTED))
    page = looked(reviewer, deed="approve")
    assert "会跳过 1 条 没有待审定的答复" in flat(page)
    act = done(reviewer, page)
    assert said(published)[1][0] == "approved"
    refused = handler.post(f"{act}/undo", data=handler.form(f"{HOME}/queue", "/acts/choose"))
    assert refused.status_code == 403
    page = looked(handler, **{**NOTED, "reason": "另有安排。"})
    assert "会跳过 1 条 已审定" in flat(page)
    done(handler, page)
    assert said(published) == {
        1: ("approved", "供二、（一）步道建设参考。"), 2: ("review", "另有安排。"),
    }  # fmt: skip
    sent = reviewer.form(act, "/undo")
    silent = reviewer.post(f"{act}/undo", data=sent | {"why": " "}, follow_redirects=True)
    assert "撤销审定要写理由" in silent.text
    assert said(published)[1][0] == "approved"
    reviewer.post(f"{act}/undo", data=sent | {"why": "依据要补"})
    assert said(published)[1][0] == "review"
    assert "依据要补" in reviewer.get(f"{HOME}/comments/1").text


def test_a_decision_leads_to_the_next_comment_which_offers_to_take_it_back(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    one = f"{HOME}/comments/1"
    sent = staff(client).form(f"{one}?status=open", "/settle")
    bare = client.post(f"{one}/settle", data=sent | {"disposition": "partly", "act": "submit"})
    assert (bare.status_code, said(published)) == (422, {})
    sent |= {"disposition": "partly", "reason": "先装一段。", "act": "submit"}
    onward = client.post(f"{one}/settle", data=sent)
    assert onward.location == f"{HOME}/comments/2?status=open&done=1"
    assert said(published) == {1: ("review", "先装一段。")}
    back = client.post(f"{ACTS}/1/undo", data=client.form(onward.location, "/acts/1/undo"))
    assert back.status_code == 303
    assert said(published) == {}
    last = flat(client.page(one).xpath("//ol[@class='history']/li")[-1])
    assert "handler：撤销" in last


def test_no_place_in_the_list_of_acts_is_too_far(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    assert "还没有处理过" in flat(staff(client).page(f"{ACTS}?before={'9' * 40}"))
