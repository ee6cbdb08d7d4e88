from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.settings import Settings

FORM = "/c/river-2024/comment"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/c/river-2024/").headers["Content-Security-Policy"]
    assert policy.split("; ") == [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
    ]


def test_files_are_kept_for_long_and_their_address_changes_with_them(client: FlaskClient) -> None:
    page = client.page("/c/river-2024/")
    addresses = page.xpath("//link/@href | //script/@src")
    answers = [client.get(address) for address in addresses]
    assert len(addresses) == 4
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers} == {
        "public, max-age=31536000, immutable"
    }
    assert [address for address in addresses if "?v=" not in address] == []


def test_pages_with_personal_content_are_not_stored(
    client: FlaskClient, received: Receipt, staff: Callable[..., FlaskClient]
) -> None:
    sent = client.fill(FORM, text="建议", privacy="y")
    checked = client.post(FORM, data=sent)
    carried = dict(html.fromstring(checked.text).forms[0].form_values())
    answers = [
        checked,
        client.post(f"{FORM}/change", data=carried),
        client.post(f"{FORM}/send", data=carried),
        client.get("/c/river-2024/receipt"),
        client.get("/c/river-2024/receipt.txt"),
        client.get("/c/river-2024/status"),
        client.get("/staff/sign-in"),
        staff(client).get("/staff/c/river-2024/comments/1"),
        client.get("/nowhere"),
    ]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * len(answers)


def test_the_empty_form_may_be_gone_back_to(client: FlaskClient) -> None:
    assert client.get(FORM).headers["Cache-Control"] == "private, no-cache"


def test_reading_sets_no_cookie(client: FlaskClient) -> None:
    for address in ("/c/river-2024/", "/c/river-2024/plan", "/c/river-2024/plan/1", "/nowhere"):
        assert client.get(address).headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "5.6.7.8"), (2, "1.2.3.4")])
def test_the_address_is_taken_from_the_configured_number_of_proxies(
    make_app: Callable[..., Flask], settings: Settings, hops: int, seen: str
) -> None:
    app = make_app(settings=replace(settings, proxies=hops))
    addresses: list[str | None] = []
    app.before_request(lambda: addresses.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "1.2.3.4, 5.6.7.8"})
    assert addresses == [seen]


def test_the_site_works_below_a_path_of_its_own(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, proxies=1)).test_client()
    response = client.get("/c/river-2024/plan", headers={"X-Forwarded-Prefix": "/consult"})
    page = html.fromstring(response.text)
    addresses = page.xpath("//a/@href[not(starts-with(., '#')) and not(starts-with(., '?'))]")
    assert [a for a in addresses if not a.startswith("/consult/")] == []
    asked = client.get("/staff/", headers={"X-Forwarded-Prefix": "/consult"})
    assert asked.location == "/consult/staff/sign-in?next=/consult/staff/"


@pytest.mark.parametrize("address", ["/c/river-2024", "/staff", "/c/river-2024?section=1.1"])
def test_a_forged_host_shows_in_no_redirect(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Host": "evil.example"})
    path, _, query = address.partition("?")
    assert answer.status_code in {302, 308}
    assert answer.location == f"{path}/{'?' if query else ''}{query}"
    assert "evil.example" not in answer.text
