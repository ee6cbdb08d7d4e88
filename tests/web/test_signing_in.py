from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.triage import Role
from consult.services.accounts import add_staff, disable, set_password
from consult.services.office import Office
from consult.settings import Settings
from tests.conftest import Clock
from tests.web.client import fields
from tests.web.conftest import PASSWORD

SIGN_IN = "/staff/sign-in"
HOME = "/staff/c/river-2024/"


@pytest.fixture
def account(published: Office) -> str:
    add_staff(published, username="li", password=PASSWORD, role=Role.HANDLER, actor="test")
    return "li"


def enter(client: FlaskClient, name: str, password: str = PASSWORD, next: str = "") -> object:
    sent = client.fill(SIGN_IN, username=name, password=password, next=next)
    return client.post(SIGN_IN, data=sent)


def cookie(client: FlaskClient) -> str:
    return client.get_cookie("consult").value


def test_staff_pages_lead_to_the_sign_in_and_back(client: FlaskClient, account: str) -> None:
    asked = client.get(f"{HOME}search?q=路灯")
    assert asked.status_code == 303
    sent = fields(client.page(asked.location)) | {"username": account, "password": PASSWORD}
    answer = client.post(SIGN_IN, data=sent)
    assert (answer.status_code, answer.location) == (
        303, f"{HOME}search?q=%E8%B7%AF%E7%81%AF",
    )  # fmt: skip
    led = client.get(answer.location)  # the search is a filter of the queue
    assert (led.status_code, led.location) == (302, f"{HOME}queue?q=%E8%B7%AF%E7%81%AF")
    assert client.page(led.location).get_element_by_id("q").value == "路灯"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/staff/",
        "https:evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "/staff//evil.example",
        "/staff/../c/river-2024/",
        "/staff/\r\nSet-Cookie: a=b",
        "/c/river-2024/",
        "",
    ],
)
def test_no_target_leads_away_from_the_staff_pages(
    client: FlaskClient, account: str, target: str
) -> None:
    assert enter(client, account, next=target).location == "/staff/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    client: FlaskClient, account: str
) -> None:
    answers = [enter(client, "nobody"), enter(client, account, "wrong password")]
    assert [answer.status_code for answer in answers] == [422, 422]
    shown = [html.fromstring(a.text).xpath("//*[@id='error-summary']//a/text()") for a in answers]
    assert shown == [["用户名或密码不对。"]] * 2


def test_the_password_never_comes_back(client: FlaskClient, account: str) -> None:
    assert "wrong password" not in enter(client, account, "wrong password").text


def test_a_cookie_from_before_signing_out_opens_nothing(
    client: FlaskClient, app: Flask, account: str
) -> None:
    enter(client, account)
    stolen = cookie(client)
    client.post("/staff/sign-out", data=fields(client.page(HOME), 0))
    replay = app.test_client()
    replay.set_cookie("consult", stolen)
    assert replay.get(HOME).status_code == 303
    assert client.get(HOME).status_code == 303


@pytest.mark.parametrize("change", ["password", "disabled"])
def test_a_changed_password_or_a_disabled_account_ends_its_sessions(
    client: FlaskClient, published: Office, account: str, change: str
) -> None:
    enter(client, account)
    assert client.get(HOME).status_code == 200
    if change == "password":
        set_password(published, username=account, password="another long one", actor="test")
    else:
        disable(published, username=account, actor="test")
    assert client.get(HOME).status_code == 303


def test_an_idle_session_runs_out(
    client: FlaskClient, clock: Clock, settings: Settings, account: str
) -> None:
    enter(client, account)
    clock.advance(seconds=settings.session_idle + 1)
    assert client.get(HOME).status_code == 303


def test_signing_in_starts_a_fresh_session(client: FlaskClient, account: str) -> None:
    before = client.fill(SIGN_IN)["csrf_token"]
    client.get("/c/river-2024/?lang=en")
    with client.session_transaction() as session:
        session["receipt"] = "left behind"
    enter(client, account)
    with client.session_transaction() as session:
        assert set(session) == {"lang", "token"}
    assert client.post("/staff/sign-out", data={"csrf_token": before}).status_code == 303
    assert client.get(HOME).status_code == 200


def test_a_forged_cookie_is_nobody(client: FlaskClient, account: str) -> None:
    enter(client, account)
    client.set_cookie("consult", cookie(client)[:-3] + "abc")
    assert client.get(HOME).status_code == 303


def test_many_wrong_passwords_have_to_wait(
    client: FlaskClient, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.services.sign_in.verify_password", lambda stored, given: False)
    answers = [enter(client, account).status_code for _ in range(11)]
    last = enter(client, account)
    assert answers == [422] * 10 + [429]
    assert last.headers["Retry-After"] == "300"


def test_the_cookie_is_secure_when_set_so(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, secure_cookies=True)).test_client()
    response = client.get(SIGN_IN, base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]
