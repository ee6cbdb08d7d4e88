"""The page where staff check what is hidden when results are published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from consult.domain.comment import NewSubmission
from consult.domain.triage import Role
from consult.services.analyse import analyse
from consult.services.doubtful import every_doubt
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG
from tests.services.test_masking import TEXT

HOME = "/staff/c/river-2024"
PAGE = f"{HOME}/maskings"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def quoted(published: Office) -> Office:
    new = NewSubmission(text=TEXT, chosen=("2.2",), publish=True)
    receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    return published


def test_staff_say_of_each_place_what_the_public_may_read(
    client: FlaskClient, quoted: Office, staff: Staff
) -> None:
    desk = staff(client, Role.REVIEWER)
    assert (
        "2 处像个人信息"
        in desk.page(f"{HOME}/results").get_element_by_id("doubtful").text_content()
    )
    page = desk.page(PAGE)
    assert [mark.text for mark in page.iter("mark")] == ["龙涧路18号", "王建国"]
    street, name = every_doubt(quoted, slug=SLUG)

    sent = desk.form(PAGE, "/maskings") | {
        f"find-{street.key}": "leave",
        f"find-{name.key}": "open",
    }
    assert desk.post(PAGE, data=sent).status_code == 303

    said = [item.masking and item.masking.hidden for item in every_doubt(quoted, slug=SLUG)]
    assert said == [False, None]
    after = desk.page(PAGE)
    assert [mark.text for mark in after.iter("mark")] == ["王建国", "龙涧路18号"]  # open ones first
    assert "共 2 处，未核实 1 处。" in after.text_content()
    assert desk.post(PAGE, data=desk.form(PAGE, "/maskings") | {"rest": "1"}).status_code == 303
    assert desk.page(f"{HOME}/results").find_class("unsure") == []


def test_a_place_that_is_none_is_refused_in_words(
    client: FlaskClient, quoted: Office, staff: Staff
) -> None:
    desk = staff(client, Role.REVIEWER)

    sent = desk.form(PAGE, "/maskings") | {"find-9:1-2": "hide"}
    answer = desk.post(PAGE, data=sent)

    assert answer.status_code == 422
    assert "9:1-2 不是存疑的地方" in answer.get_data(as_text=True)


def test_who_may_only_look_sees_no_choice(
    client: FlaskClient, quoted: Office, staff: Staff
) -> None:
    page = staff(client, Role.VIEWER).page(PAGE)

    assert page.xpath("//input[@type='radio']") == []
    assert "王建国" in page.text_content()
