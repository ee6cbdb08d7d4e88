from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from consult.domain.comment import Receipt
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.look_up import look_up
from consult.services.office import Office
from consult.services.release import release
from consult.settings import Settings
from tests.conftest import OPEN, SLUG

API = "/api/v1"
BASE = f"{API}/consultations/{SLUG}"
CLOSED = OPEN + timedelta(days=40)
BODY = {"text": "建议沿河多装路灯。", "sections": ["2.1"], "speaker": "individual", "privacy": True}
KEY = "5f0c5d3a-9a0b-4d0e-8c1b-1f2e3d4c5b6a"


def document(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get(f"{API}/openapi.json").get_json())


def check(client: FlaskClient, name: str, value: object) -> None:
    """Fail unless the value has the shape that the description promises."""
    whole = document(client)
    schema = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


def send(client: FlaskClient, body: object = BODY, key: str = KEY, **headers: str) -> Any:
    return client.post(
        f"{BASE}/submissions", json=body, headers={"Idempotency-Key": key, **headers}
    )


def test_the_description_names_every_route_and_no_other(app: Flask, client: FlaskClient) -> None:
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) & {"GET", "POST"}
    }
    described = document(client)["paths"]
    assert {(path, method) for path, ways in described.items() for method in ways} == routes


def test_every_reference_of_the_description_leads_somewhere(client: FlaskClient) -> None:
    whole = document(client)
    found = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(whole)))
    assert found == set(whole["components"]["schemas"])


def test_the_example_of_the_description_has_the_shape_it_asks_for(client: FlaskClient) -> None:
    post = document(client)["paths"][f"{API}/consultations/{{slug}}/submissions"]["post"]
    check(client, "Submission", post["requestBody"]["content"]["application/json"]["example"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{API}/openapi.json", "Document"),
        (f"{API}/consultations", "Consultations"),
        (BASE, "Consultation"),
        (f"{BASE}/plan", "Plan"),
    ],
)
def test_what_is_read_has_the_shape_that_is_promised(
    client: FlaskClient, path: str, name: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    check(client, name, response.get_json())


def test_the_plan_is_read_in_full(client: FlaskClient) -> None:
    plan = client.get(f"{BASE}/plan").get_json()
    assert plan["chapters"][0]["sections"][0]["paragraphs"] == [
        "新建污水管网三十公里，雨污分流，封堵直排口。"
    ]
    assert (plan["indicators"][0]["base"], plan["indicators"][0]["target"]) == ("62", "90")


def test_results_are_read_after_publication_only(
    make_app: Callable[..., Flask], settings: Settings, published: Office, received: Receipt
) -> None:
    client = make_app(settings=replace(settings, now=CLOSED)).test_client()
    early = client.get(f"{BASE}/results")
    assert (early.status_code, early.get_json()["code"]) == (404, "results.unreleased")
    target, ruling = Target(comment=1), Ruling(Disposition.DECLINED, reason="已有计划", gist="装灯")
    made = decide(
        published, slug=SLUG, target=target, ruling=ruling, actor="w", seen="0", submit=True
    )
    approve(published, slug=SLUG, target=target, actor="l", seen=str(made.id))
    release(published, slug=SLUG, now=CLOSED, actor="z")
    shown = client.get(f"{BASE}/results").get_json()
    check(client, "Results", shown)
    assert shown["dispositions"] == {"declined": 1}
    asks = [ask for part in shown["sections"] for ask in part["asks"] if ask["disposition"]]
    assert [(ask["words"], ask["reason"]) for ask in asks] == [("装灯", "已有计划")]


def test_a_submission_is_stored_once_and_can_be_looked_up(
    client: FlaskClient, published: Office
) -> None:
    first, again = send(client), send(client)
    assert (first.status_code, again.status_code) == (201, 200)
    check(client, "Receipt", first.get_json())
    receipt = first.get_json()
    assert (again.get_json()["number"], again.get_json()["code"]) == (
        receipt["number"],
        receipt["code"],
    )
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    known = look_up(published, slug=SLUG, number=receipt["number"], code=receipt["code"])
    assert (known.submission.text, known.submission.channel) == (BODY["text"], "api")
    other = send(client, key=str(uuid.UUID(int=7)))
    assert other.get_json()["number"] != receipt["number"]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ([], "api.json", None),
        ({"privacy": True}, "api.missing", "text"),
        ({**BODY, "text": 3}, "api.type", "text"),
        ({**BODY, "text": " \u200b"}, "text.blank", "text"),
        ({**BODY, "text": "长" * 20_001}, "text.too-long", "text"),
        ({**BODY, "text": "a\u0000b"}, "text.unstorable", "text"),
        ({**BODY, "sections": ["9.9"]}, "submission.section", "sections"),
        ({**BODY, "sections": [3]}, "api.type", "sections"),
        ({**BODY, "speaker": "king"}, "api.speaker", "speaker"),
        ({**BODY, "name": "长" * 201}, "line.too-long", "name"),
        ({**BODY, "privacy": False}, "api.privacy", "privacy"),
        ({**BODY, "website": "x"}, "api.unknown", "website"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    client: FlaskClient, published: Office, body: object, code: str, field: str | None
) -> None:
    before = list(published.store.db["events"].rows)
    response = send(client, body)
    problem = response.get_json()
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (problem["code"], problem.get("field")) == (code, field)
    check(client, "Problem", problem)
    assert list(published.store.db["events"].rows) == before


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid"])
def test_a_key_that_others_could_choose_is_refused(client: FlaskClient, key: str) -> None:
    assert send(client, key=key).get_json()["code"] == "api.key"


def test_other_content_than_json_is_refused(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": KEY}
    form = client.post(f"{BASE}/submissions", data=BODY, headers=headers)
    assert (form.status_code, form.mimetype) == (415, "application/problem+json")
    for broken in ("{", "[" * 100_000, "\xff"):
        answer = client.post(
            f"{BASE}/submissions", data=broken, content_type="application/json", headers=headers
        )
        assert answer.get_json()["code"] == "api.json"


def test_problems_are_told_in_the_language_asked_for(client: FlaskClient) -> None:
    chinese = send(client, {**BODY, "privacy": False}).get_json()
    english = send(client, {**BODY, "privacy": False}, **{"Accept-Language": "en"})
    assert chinese["detail"] == "privacy 应为 true，表示已阅读并同意个人信息保护说明。"
    assert english.get_json()["detail"].startswith("privacy must be true")
    assert english.headers.getlist("Set-Cookie") == []


def test_the_window_and_the_limit_hold_for_programs_too(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    closed = make_app(settings=replace(settings, now=CLOSED)).test_client()
    refused = send(closed)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "window.closed")
    busy = make_app(settings=replace(settings, posts_per_hour=1)).test_client()
    assert send(busy).status_code == 201
    second = send(busy, key=str(uuid.UUID(int=9)))
    assert (second.status_code, second.get_json()["code"]) == (429, "limit.posts")
    assert second.headers["Retry-After"] == "3600"


@pytest.mark.parametrize("path", ["/nowhere", f"/consultations/{SLUG}x", "/consultations/x/plan"])
def test_what_does_not_exist_is_a_problem_too(client: FlaskClient, path: str) -> None:
    response = client.get(f"{API}{path}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    check(client, "Problem", response.get_json())
