from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.domain.comment import Receipt
from consult.domain.member import Grant
from consult.domain.triage import Role
from consult.services.accounts import add_staff
from consult.services.grants import grant
from consult.services.office import Office
from consult.settings import Settings
from consult.store import events
from tests.conftest import SLUG, Clock
from tests.web.client import fields
from tests.web.conftest import PASSWORD

SIGN_IN = "/staff/sign-in"
HOME = f"/staff/c/{SLUG}/"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def account(published: Office) -> str:
    add_staff(published, username="li", password=PASSWORD, role=Role.HANDLER, actor="test")
    return "li"


def enter(client: FlaskClient, name: str, password: str = PASSWORD) -> object:
    return client.post(SIGN_IN, data=client.fill(SIGN_IN, username=name, password=password))


def form_of(page: object, action: str) -> dict[str, str]:
    found = [form for form in page.forms if form.get("action").endswith(action)]
    return fields(page, found[0])


def switch_on(client: FlaskClient, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    page = client.page("/staff/account?factor=on")
    device = pyotp.TOTP(page.get_element_by_id("factor-secret").text)
    sent = form_of(page, "/factor") | {"code": device.at(clock.now)}
    shown = client.post("/staff/account/factor", data=sent)
    assert shown.status_code == 200
    return device, [line for line in shown.text.split() if line.count("-") == 2 and "<" in line]


def test_a_second_factor_asks_for_a_code_that_counts_once(
    client: FlaskClient, app: Flask, clock: Clock, account: str
) -> None:
    enter(client, account)
    device, _ = switch_on(client, clock)
    other = app.test_client()

    led = enter(other, account)
    before = other.get(HOME).status_code
    reused = other.post(led.location, data=other.fill(led.location, code=device.at(clock.now)))
    clock.advance(seconds=30)
    code = device.at(clock.now)
    wrong = other.post(led.location, data=other.fill(led.location, code="000000"))
    right = other.post(led.location, data=other.fill(led.location, code=code))

    assert (led.status_code, led.location) == (303, "/staff/sign-in/code?next=/staff/")
    assert (before, reused.status_code, wrong.status_code) == (303, 422, 422)
    assert (right.status_code, other.get(HOME).status_code) == (303, 200)
    third = app.test_client()
    again = enter(third, account).location
    assert third.post(again, data=third.fill(again, code=code)).status_code == 422


def test_a_recovery_code_stands_in_once_and_the_codes_are_not_stored(
    client: FlaskClient, app: Flask, clock: Clock, account: str, published: Office
) -> None:
    enter(client, account)
    page = client.page("/staff/account?factor=on")
    device = pyotp.TOTP(page.get_element_by_id("factor-secret").text)
    sent = form_of(page, "/factor") | {"code": device.at(clock.now)}
    shown = client.post("/staff/account/factor", data=sent).text
    from lxml import html

    codes = html.fromstring(shown).xpath("//ul[@id='codes']/li/text()")
    assert len(set(codes)) == 10
    data = published.store.path.read_bytes() + (
        published.store.path.with_name(published.store.path.name + "-wal").read_bytes()
    )
    assert [secret for secret in (*codes, device.secret) if secret.encode() in data] == []
    answers = []
    for _ in range(2):
        visitor = app.test_client()
        step = enter(visitor, account).location
        sent = visitor.fill(step, code=codes[0].lower().replace("-", " "))
        answers.append(visitor.post(step, data=sent).status_code)
    assert answers == [303, 422]
    assert "9" in client.page("/staff/account").text_content()


def test_the_second_factor_is_switched_off_with_a_code_of_it_alone(
    client: FlaskClient, clock: Clock, account: str
) -> None:
    enter(client, account)
    device, _ = switch_on(client, clock)
    clock.advance(seconds=30)
    path = "/staff/account/factor/drop"
    sent = form_of(client.page("/staff/account"), "/factor/drop")
    answers = [client.post(path, data=sent | {"code": code}).status_code
               for code in ("", "000000", device.at(clock.now))]  # fmt: skip
    assert answers == [422, 422, 303]
    assert client.get(HOME).status_code == 303
    assert enter(client, account).location == "/staff/"


def test_wrong_codes_have_to_wait_like_wrong_passwords(
    client: FlaskClient, app: Flask, clock: Clock, account: str
) -> None:
    enter(client, account)
    switch_on(client, clock)
    other = app.test_client()
    step = enter(other, account).location
    sent = other.fill(step, code="123")
    answers = [other.post(step, data=sent).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_the_password_is_good_for_ten_minutes_without_the_code(
    client: FlaskClient, app: Flask, clock: Clock, account: str
) -> None:
    enter(client, account)
    device, _ = switch_on(client, clock)
    other = app.test_client()
    step = enter(other, account).location
    sent = other.fill(step)
    clock.advance(minutes=11)
    late = other.post(step, data=sent | {"code": device.at(clock.now)})
    assert (late.status_code, late.location) == (303, "/staff/sign-in?next=/staff/")


def test_a_house_that_requires_it_lets_nobody_on_without(
    make_app: Callable[..., Flask], settings: Settings, clock: Clock, account: str
) -> None:
    app = make_app(settings=replace(settings, require_second_factor=True))
    client = app.test_client()
    enter(client, account)
    led = client.get(HOME)
    switch_on(client, clock)
    assert (led.status_code, led.location) == (303, "/staff/account")
    assert client.get(HOME).status_code == 200


def test_ones_own_password_is_changed_with_the_old_one_and_ends_every_session(
    client: FlaskClient, app: Flask, account: str
) -> None:
    enter(client, account)
    elsewhere = app.test_client()
    enter(elsewhere, account)
    page = client.page("/staff/account")
    sent = form_of(page, "/password")
    new = {"new": "another long one", "again": "another long one"}
    wrong = client.post("/staff/account/password", data=sent | new | {"old": "not it"})
    unlike = client.post(
        "/staff/account/password", data=sent | new | {"old": PASSWORD, "again": "x"}
    )
    right = client.post("/staff/account/password", data=sent | new | {"old": PASSWORD})
    assert [wrong.status_code, unlike.status_code, right.status_code] == [422, 422, 303]
    assert [c.get(HOME).status_code for c in (client, elsewhere)] == [303, 303]
    assert enter(app.test_client(), account, "another long one").status_code == 303


def test_an_administrator_sees_and_ends_the_sessions_of_others(
    client: FlaskClient, app: Flask, account: str, staff: Staff, published: Office
) -> None:
    other = app.test_client()
    other.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537"
    enter(other, account)
    staff(client, Role.ADMINISTRATOR)
    page = client.page("/staff/accounts/li")
    assert "Chrome · Windows" in page.text_content()
    sessions = [f for f in page.forms if f.fields.get("act") == "session"]
    done = client.post("/staff/accounts/li", data=fields(page, sessions[0]))
    assert (len(sessions), done.status_code) == (1, 303)
    assert other.get(HOME).status_code == 303
    acts = [(e.verb, e.actor) for e in events.of(published.store.db, ["staff:li"])]
    assert acts[-1] == ("session-ended", "administrator")


def test_an_administrator_adds_changes_and_disables_accounts(
    client: FlaskClient, app: Flask, staff: Staff
) -> None:
    staff(client, Role.ADMINISTRATOR)
    sent = client.fill("/staff/accounts", username="王小明", role="reviewer", everywhere="y")
    made = client.post("/staff/accounts", data=sent)
    password = made.text.split('id="password-value">')[1].split("<")[0]
    twice = client.post("/staff/accounts", data=sent)
    other = app.test_client()
    assert (made.status_code, twice.status_code) == (200, 409)
    assert enter(other, "王小明", password).status_code == 303
    token = fields(client.page("/staff/accounts/王小明"))
    for act, expected in (("disable", 303), ("enable", 303), ("nonsense", 400)):
        answer = client.post("/staff/accounts/王小明", data=token | {"act": act})
        assert answer.status_code == expected
    assert other.get(HOME).status_code == 303
    assert client.get("/staff/accounts/nobody").status_code == 404


def test_the_last_administrator_stays(client: FlaskClient, staff: Staff) -> None:
    staff(client, Role.ADMINISTRATOR)
    page = client.page("/staff/accounts/administrator")
    token = fields(page)
    for change in ({"act": "disable"}, {"act": "role", "role": "viewer", "everywhere": "y"}):
        refused = client.post("/staff/accounts/administrator", data=token | change)
        assert (refused.status_code, "最后一位管理员" in refused.text) == (409, True)
    assert client.get("/staff/accounts").status_code == 200


def test_a_role_in_one_consultation_goes_before_the_one_in_the_house_and_holds_at_once(
    client: FlaskClient, app: Flask, account: str, staff: Staff, received: Receipt
) -> None:
    handler = app.test_client()
    enter(handler, account)
    assert handler.get(f"{HOME}intake").status_code == 200
    staff(client, Role.ADMINISTRATOR)
    page = client.page("/staff/accounts/li")
    sent = form_of(page, f"/roles/{SLUG}")
    done = client.post(f"/staff/accounts/li/roles/{SLUG}", data=sent | {"role": "viewer"})
    assert done.status_code == 303
    assert handler.get(f"{HOME}intake").status_code == 403
    assert handler.get(HOME).status_code == 200
    wrong = client.post(
        f"/staff/accounts/li/roles/{SLUG}", data=sent | {"role": "viewer", "chapters": "1"}
    )
    assert wrong.status_code == 422


def test_somebody_with_a_role_in_one_consultation_alone_sees_no_other(
    client: FlaskClient, published: Office, received: Receipt
) -> None:
    add_staff(published, username="guest", password=PASSWORD, role=Role.MANAGER, actor="t",
              everywhere=False)  # fmt: skip
    enter(client, "guest")
    assert client.get(HOME).status_code == 403
    assert SLUG not in client.get("/staff/").text
    grant(published, username="guest", slug=SLUG, given=Grant(Role.VIEWER), actor="t")
    assert client.get("/staff/").location == HOME
    assert client.get(HOME).status_code == 200
    assert client.get("/staff/accounts").status_code == 403


def test_a_handler_of_a_chapter_reads_all_and_changes_nothing_outside_of_it(
    client: FlaskClient, published: Office, received: Receipt, account: str
) -> None:
    grant(published, username="li", slug=SLUG, given=Grant(Role.HANDLER, ("1",)), actor="t")
    enter(client, account)
    sent = client.fill(f"{HOME}comments/1", section="2.2", why="说的是垂钓")
    outside = client.post(f"{HOME}comments/1/section", data=sent)
    answer = client.post(f"{HOME}comments/1/decision", data=sent | {"disposition": "adopted"})
    grant(published, username="li", slug=SLUG, given=Grant(Role.HANDLER, ("1", "2")), actor="t")
    inside = client.post(f"{HOME}comments/1/section", data=sent)
    assert (outside.status_code, answer.status_code, inside.status_code) == (403, 403, 303)
    assert "不在您承办的章节之内" in outside.text
