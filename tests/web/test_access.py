from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from consult.domain.comment import Receipt
from consult.domain.triage import Role
from consult.services.accounts import add_staff
from consult.services.office import Office
from consult.web import access
from consult.web.access import ACCESS, PUBLIC
from tests.web.conftest import PASSWORD

Staff = Callable[..., FlaskClient]
VALUES = {
    "slug": "river-2024",
    "chapter": "1",
    "code": "2.1",
    "number": 1,
    "kind": "comments",
    "which": "form",
    "purpose": "digest",
    "act": "adopt",
    "ending": "txt",
    "verb": "correct",
    "storage": "0" * 32,
    "receipt": "0000-0000",
    "event": 1,
    "extension": "json",
    "name": "digest.json",
    "filename": "consult.css",
    "username": "administrator",
}


def address(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        values = {name: VALUES[name] for name in rule.arguments}
        if rule.endpoint == "bootstrap.static":
            values["filename"] = "css/bootstrap.min.css"
        return app.url_for(rule.endpoint, **values)


def routes(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods]


def test_every_route_has_a_rule_and_every_rule_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ACCESS)


def test_an_application_with_a_route_without_a_rule_does_not_start(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = {name: rule for name, rule in ACCESS.items() if name != "staff.digest"}
    monkeypatch.setattr(access, "ACCESS", fewer)
    with pytest.raises(LookupError, match=r"staff\.digest"):
        make_app()


def test_public_pages_need_no_account_and_staff_pages_do(app: Flask, received: Receipt) -> None:
    client = app.test_client()
    answers = {r.endpoint: client.get(address(app, r)).status_code for r in routes(app, "GET")}
    asked = {name for name, status in answers.items() if status == 303}
    read = {rule.endpoint for rule in routes(app, "GET")}
    # Without a password that was right there is no second step: it leads to the first.
    staff_only = {name for name in read if ACCESS[name] != PUBLIC}
    assert asked == staff_only | {"staff.second_step"}
    assert {name for name, status in answers.items() if status >= 500} == set()


def test_every_role_may_use_of_every_route_what_the_table_says(
    client: FlaskClient, app: Flask, received: Receipt, staff: Staff
) -> None:
    # Nothing is changed: the guard comes before the token, which is left out.
    for role in Role:
        signed_in = staff(app.test_client(), role)
        for method in ("GET", "POST"):
            for rule in routes(app, method):
                needed = ACCESS[rule.endpoint]
                if needed == PUBLIC:
                    continue
                status = signed_in.open(address(app, rule), method=method).status_code
                assert (status == 403) is not role.allows(Role(needed)), (role, rule.endpoint)


def test_nobody_uses_a_route_of_a_consultation_without_a_role_in_it(
    client: FlaskClient, app: Flask, published: Office, received: Receipt
) -> None:
    add_staff(published, username="guest", password=PASSWORD, role=Role.ADMINISTRATOR, actor="t",
              everywhere=False)  # fmt: skip
    client.post("/staff/sign-in", data=client.fill("/staff/sign-in", username="guest",
                                                   password=PASSWORD))  # fmt: skip
    for method in ("GET", "POST"):
        of_it = [r for r in routes(app, method) if "slug" in r.arguments
                 and ACCESS[r.endpoint] != PUBLIC]  # fmt: skip
        answers = {r.endpoint: client.open(address(app, r), method=method).status_code
                   for r in of_it}  # fmt: skip
        assert set(answers.values()) == {403}


def test_no_change_is_taken_without_a_token(
    app: Flask, published: Office, received: Receipt, staff: Staff
) -> None:
    client = staff(app.test_client(), Role.ADMINISTRATOR)
    before = list(published.store.db["events"].rows)
    for rule in routes(app, "POST"):
        response = client.post(address(app, rule), data={"text": "意见", "privacy": "y"})
        # These have no page of their own to give back: they do nothing and lead on.
        leads_on = rule.endpoint in {
            "staff.sign_out", "staff.second_step", "public.forget_receipt",
        }  # fmt: skip
        # A program sends no token and no cookie; a form cannot send what it has to send.
        programs = {"api.submit": 415, "api.push": 401}  # of these one has a key of its own
        expected = 303 if leads_on else programs.get(rule.endpoint, 400)
        assert response.status_code == expected, rule.endpoint
    assert list(published.store.db["events"].rows) == before
    assert client.get("/staff/c/river-2024/").status_code == 200


def test_only_posts_change_anything(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}
