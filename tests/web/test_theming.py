from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.theme import ThemeState
from consult.domain.triage import Role
from consult.services.adopt_theme import adopt_theme
from consult.services.office import Office
from consult.settings import Settings
from tests.conftest import SLUG, Clock
from tests.services.asks import FISHING, LITTER, NIGHT, members, of, run, seen, send, theme
from tests.web.client import fields
from tests.web.conftest import PASSWORD

BASE = f"/staff/c/{SLUG}"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def asked(published: Office) -> Office:
    send(published, *FISHING, *NIGHT, *LITTER)
    run(published)
    return published


@pytest.fixture
def desk(asked: Office, client: FlaskClient, staff: Staff) -> FlaskClient:
    return staff(client)


def at(office: Office, comment: int) -> str:
    return f"{BASE}/themes/{of(office, comment)}"


def texts(page: html.HtmlElement, name: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.find_class(name)]


def test_a_section_lists_its_themes_with_their_states(desk: FlaskClient, asked: Office) -> None:
    number = of(asked, 1) or 0
    adopt_theme(asked, slug=SLUG, theme=number, label="多划垂钓区", actor="li",
                seen=seen(asked, number))  # fmt: skip
    page = desk.page(f"{BASE}/sections/2.2")
    shown = page.xpath("//ul[@class='themes']/li")
    assert shown[0].findtext("h3/a") == "多划垂钓区"
    assert texts(page, "state-adopted") == ["已采用"]
    assert texts(page, "state-proposed") == ["系统提出"] * 2
    counts = " ".join(shown[0].findall("p")[-1].text_content().split())
    assert counts == "3 人，3 份来件，3 种不同文本，3 条意见"
    assert len(desk.page(f"{BASE}/sections/2.2/themes").xpath("//ul[@class='themes']/li")) == 3
    assert desk.page(f"{BASE}/sections/1.1/themes").find_class("note") != []


def test_a_theme_shows_its_comments_and_is_adopted_at_the_press_of_a_button(
    desk: FlaskClient, asked: Office
) -> None:
    address = at(asked, 1)
    page = desk.page(address)
    assert [item.get("id") for item in page.find_class("comment")] == ["c1", "c2", "c3"]
    assert len(page.xpath("//blockquote")) == 3  # the central one and the two most different
    form = next(form for form in page.forms if str(form.action).endswith("/adopt"))
    answer = desk.post(str(form.action), data=fields(page, form))
    assert (answer.status_code, answer.location) == (303, address)
    history = texts(desk.page(address), "history")[0]
    assert "handler：采用" in history
    assert theme(asked, of(asked, 1) or 0).state is ThemeState.ADOPTED


def send_act(client: FlaskClient, address: str, act: str, **values: Any) -> Any:
    page = client.page(f"{address}/{act}")
    form = page.forms[-1]
    return client.post(str(form.action), data={**fields(page, form), **values})


def test_renaming_merging_splitting_and_undoing_work_without_scripts(
    desk: FlaskClient, asked: Office
) -> None:
    before = members(asked)
    one, two = at(asked, 1), at(asked, 4)
    assert send_act(desk, one, "adopt", label="多划垂钓区").status_code == 303
    assert send_act(desk, two, "merge", target=one.split("/")[-1], why="一回事").status_code == 303
    assert members(asked)[of(asked, 1) or 0] == (1, 2, 3, 4, 5)
    assert send_act(desk, one, "split", numbers=["4", "5"], why="不同").status_code == 303
    assert of(asked, 4) != of(asked, 1)
    for _ in range(3):
        page = desk.page(one)
        form = next(form for form in page.forms if str(form.action).endswith("/undo"))
        assert desk.post(str(form.action), data=fields(page, form)).location == one
    assert members(asked) == before
    assert texts(desk.page(one), "state-proposed") == ["系统提出"]


def test_never_together_and_moving_are_offered_for_the_section_alone(
    desk: FlaskClient, asked: Office
) -> None:
    one = at(asked, 1)
    page = desk.page(f"{one}/apart")
    choices = page.xpath("//select[@name='target']/option/@value")
    assert sorted(choices) == sorted(str(of(asked, n)) for n in (4, 6))
    assert send_act(desk, one, "apart", target=choices[0], why="不同").status_code == 303
    answer = send_act(desk, f"{BASE}/comments/1", "theme", target="0", why="单列")
    assert answer.location == at(asked, 1)
    assert members(asked)[of(asked, 1) or 0] == (1,)


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    desk: FlaskClient, asked: Office
) -> None:
    answer = send_act(desk, at(asked, 1), "split", why="诉求不同", label="名字")
    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert "请至少选一条意见。" in page.get_element_by_id("numbers-error").text_content()
    assert (fields(page)["why"], fields(page)["label"]) == ("诉求不同", "名字")
    answer = send_act(desk, at(asked, 1), "merge", target=str(of(asked, 4)), why=" ")
    assert (
        "请写明理由。" in html.fromstring(answer.text).get_element_by_id("why-error").text_content()
    )
    assert send_act(desk, at(asked, 1), "merge", target="x", why="?").status_code == 422
    assert send_act(desk, at(asked, 1), "merge", target="", why="?").status_code == 422


def test_the_second_of_two_sees_both_versions_and_may_confirm(
    desk: FlaskClient, asked: Office
) -> None:
    number = of(asked, 1) or 0
    address = f"{BASE}/themes/{number}/adopt"
    mine = desk.fill(address, label="我的名称")
    adopt_theme(asked, slug=SLUG, theme=number, label="她的名称", actor="wang",
                seen=seen(asked, number))  # fmt: skip
    answer = desk.post(address, data=mine)
    page = html.fromstring(answer.text)
    assert answer.status_code == 409
    assert texts(page, "comment-text") == ["她的名称"]
    assert fields(page)["label"] == "我的名称"
    assert theme(asked, number).label == "她的名称"
    assert desk.post(address, data=fields(page)).status_code == 303
    assert theme(asked, number).label == "我的名称"


def test_new_comments_of_an_adopted_theme_are_confirmed_or_turned_away(
    desk: FlaskClient, asked: Office
) -> None:
    number = of(asked, 1) or 0
    adopt_theme(asked, slug=SLUG, theme=number, actor="li", seen=seen(asked, number))
    send(asked, "请再多划几处垂钓区吧，老人没有地方钓鱼，都挤在一起。")
    run(asked)
    page = desk.page(f"{BASE}/themes/{number}")
    assert "待确认" in page.get_element_by_id("c8").text_content()
    assert send_act(desk, f"{BASE}/themes/{number}", "confirm", numbers=["8"], belong="no")
    assert members(asked)[number] == (1, 2, 3)
    changes = desk.page(f"{BASE}/changes")
    assert "增多" in changes.xpath("//table")[0].text_content()


def test_a_viewer_reads_themes_and_changes_nothing(app: Flask, asked: Office, staff: Staff) -> None:
    viewer = staff(app.test_client(), Role.VIEWER)
    page = viewer.page(at(asked, 1))
    assert [form.action for form in page.forms] == ["/staff/sign-out"]
    assert viewer.get(f"{at(asked, 1)}/merge").status_code == 403
    token = fields(page, 0)
    assert viewer.post(f"{at(asked, 1)}/adopt", data=token).status_code == 403


def test_a_reason_survives_a_session_that_ran_out(
    desk: FlaskClient, asked: Office, clock: Clock, settings: Settings
) -> None:
    address = f"{at(asked, 4)}/merge"
    sent = desk.fill(address, target=of(asked, 1), why="是一回事")
    clock.advance(seconds=settings.session_idle + 1)
    answer = desk.post(address, data=sent)
    assert answer.location == f"/staff/sign-in?next={address}"
    signed = desk.fill(answer.location, username="handler", password=PASSWORD)
    assert desk.post("/staff/sign-in", data=signed).location == address
    back = desk.fill(address)
    assert (back["why"], back["target"]) == ("是一回事", str(of(asked, 1)))
    assert desk.post(address, data=back).status_code == 303


@pytest.mark.parametrize("place", ["themes/999", "themes/999/split", "comments/999/theme"])
def test_what_does_not_exist_is_not_found(desk: FlaskClient, place: str) -> None:
    assert desk.get(f"{BASE}/{place}").status_code == 404


def test_undoing_what_is_no_decision_is_not_found(desk: FlaskClient, asked: Office) -> None:
    token = desk.fill(f"{at(asked, 1)}/adopt")
    sent = {"csrf_token": token["csrf_token"]}
    assert desk.post(f"{BASE}/theme-decisions/1/undo", data=sent).status_code == 404


def test_theme_pages_speak_english(desk: FlaskClient, asked: Office) -> None:
    from tests.web.test_language import chinese_outside_of_content

    desk.get("/?lang=en")
    one = at(asked, 1)
    for place in (one, f"{one}/adopt", f"{one}/merge", f"{one}/split", f"{BASE}/changes",
                  f"{BASE}/sections/2.2/themes", f"{BASE}/comments/1/theme"):  # fmt: skip
        assert chinese_outside_of_content(desk.page(place)) == [], place
