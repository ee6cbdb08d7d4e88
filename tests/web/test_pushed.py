"""Other systems push with a token: made and revoked by administrators, each item stored once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from lxml import html

from consult.domain.comment import Channel
from consult.domain.errors import Unauthenticated
from consult.domain.triage import Role
from consult.services.ledger import ledger
from consult.services.office import Office
from consult.services.tokens import known_token, make_token, token_list
from consult.settings import Settings
from tests.conftest import SLUG
from tests.web.client import fields
from tests.web.journey import stored

PATH = f"/api/v1/consultations/{SLUG}/intake"
PAGE = f"/staff/c/{SLUG}/tokens"
ITEM = {"text": "建议装路灯。", "contact": "13800000000", "sections": ["2.1"],
        "received": "2024-05-09T09:30:00+08:00"}  # fmt: skip


@pytest.fixture
def secret(published: Office) -> str:
    return make_token(published, slug=SLUG, name="12345", channel=Channel.TELEPHONE, actor="a")


def push(client: FlaskClient, secret: str, body: Any = None, key: str = "GD-1") -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    return client.post(PATH, json=ITEM if body is None else body, headers=headers)


def test_an_item_is_stored_once_with_its_channel_and_in_the_ledger(
    client: FlaskClient, published: Office, secret: str
) -> None:
    first, again = push(client, secret), push(client, secret)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json["number"], again.json["code"]) == (first.json["number"], "")
    other = push(client, secret, {"text": "别的话"})
    assert (other.status_code, other.json["code"]) == (409, "token.key")
    (item,) = stored(published)
    assert (item.channel, item.chosen, item.received.isoformat()) == (
        Channel.TELEPHONE, ("2.1",), "2024-05-09T01:30:00+00:00",
    )  # fmt: skip
    (record,) = ledger(published, slug=SLUG)
    assert (record.source.kind, record.report.taken) == ("api", 1)


def test_without_a_token_nothing_is_taken(
    client: FlaskClient, published: Office, secret: str
) -> None:
    for wrong in ("", "consult_wrong", secret[:-1]):
        answer = push(client, wrong)
        assert (answer.status_code, answer.json["code"]) == (401, "token.wrong")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert stored(published) == []
    published.store.scrub()
    assert secret.encode() not in published.store.path.read_bytes()


@pytest.mark.parametrize(("body", "code"), [
    ([], "api.json"), ({}, "api.missing"), ({"text": " "}, "text.blank"),
    ({"text": "好", "channel": "fax"}, "item.wrong-channel"),
    ({"text": "好", "received": "2024-05-09"}, "token.received"),
    ({"text": "好", "received": "2024-05-12T00:00:00+08:00"}, "entry.future"),
    ({"text": "好", "sections": ["9.9"]}, "submission.section"),
    ({"text": "好", "unknown": 1}, "api.unknown"), ({"text": "\ud800"}, "text.unstorable"),
])  # fmt: skip
def test_what_is_wrong_is_named(client: FlaskClient, secret: str, body: Any, code: str) -> None:
    answer = push(client, secret, body)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_keys_and_amounts_have_limits(
    published: Office, secret: str, make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, pushes_per_hour=1)).test_client()
    assert push(client, secret, key="中文").json["code"] == "token.item-key"
    assert push(client, secret).status_code == 201
    assert push(client, secret, key="GD-2").status_code == 429


def test_administrators_make_and_revoke_tokens(
    client: FlaskClient, published: Office, staff: Callable[..., FlaskClient]
) -> None:
    staff(client, Role.ADMINISTRATOR)
    assert client.post(PAGE, data=client.fill(PAGE, name=" ")).status_code == 422
    made = client.post(PAGE, data=client.fill(PAGE, name="门户网站", channel="web"))
    secret = re.findall(r"consult_[\w-]+", made.text)[0]
    assert secret not in client.get(PAGE).text
    assert known_token(published, slug=SLUG, secret=secret).name == "门户网站"
    (item,) = token_list(published, slug=SLUG)
    address = f"{PAGE}/{item.id}/revoke"
    (form,) = [f for f in client.page(PAGE).forms if f.get("action") == address]
    sent = fields(html.fromstring(made.text), form)
    assert client.post(address, data=sent).status_code == 303
    assert client.post(address, data=sent).status_code == 409
    with pytest.raises(Unauthenticated):
        known_token(published, slug=SLUG, secret=secret)


def test_whatever_the_description_allows_is_answered_as_it_says(app: Flask, secret: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = {(o.ok().method.upper(), o.ok().path): o.ok() for o in schema.get_all_operations()}
    paths = [(m, p) for m, p in operations if p.endswith(("/intake", "/submissions"))]
    assert len(paths) == 2
    for operation in (operations[pair] for pair in paths):
        _exercise(operation, secret)


def _exercise(operation: Any, secret: str) -> None:
    from hypothesis import given

    @given(case=operation.as_strategy())
    @hypothesis_settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any) -> None:
        case.path_parameters["slug"] = SLUG
        case.headers["Authorization"] = f"Bearer {secret}"
        response = case.call()
        assert response.status_code < 500
        case.validate_response(response, checks=_checks())

    run()


def _checks() -> list[Any]:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    return [not_a_server_error, status_code_conformance, content_type_conformance,
            response_schema_conformance]  # fmt: skip
