from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from lxml import html

from consult.domain import errors
from consult.settings import Settings
from consult.web.errors import PAGES, STATUS

FORM = "/c/river-2024/comment"
NAMELESS = b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--"


def title(response: object) -> str:
    return html.fromstring(response.text).findtext(".//h1")


@pytest.mark.parametrize("status", [*PAGES])
def test_every_status_has_a_page_of_ours(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    app = make_app()
    app.view_functions["health.healthz"] = lambda: abort(status)
    response = app.test_client().get("/healthz")
    assert (response.status_code, title(response)) == (status, PAGES[status][0])


@pytest.mark.parametrize("kind", [*STATUS, errors.AccountingError])
def test_every_error_of_the_house_has_a_status_and_a_sentence(
    make_app: Callable[..., Flask], kind: type[errors.ConsultError]
) -> None:
    app = make_app()
    values = {"seconds": 7} if kind is errors.TooMany else {}

    def fail() -> None:
        raise kind("section.unknown", section="9", **values)

    app.view_functions["health.healthz"] = fail
    response = app.test_client().get("/healthz")
    wanted = STATUS.get(kind, 500)
    said = html.fromstring(response.text).xpath("string(//main/p[1])")
    hidden = wanted == 503
    assert response.status_code == wanted
    assert said == ("系统暂时不能服务，请过一会儿再试。" if hidden else "没有编号为“9”的章节。")
    retry = {429: "7", 503: "30"}.get(wanted)
    assert response.headers.get("Retry-After") == retry


def test_a_failing_store_tells_no_path(make_app: Callable[..., Flask]) -> None:
    app = make_app()

    def fail() -> None:
        raise errors.StoreUnready("store.missing", path="/var/lib/consult/secret.db")

    app.view_functions["public.notice"] = lambda slug: fail()
    response = app.test_client().get("/c/river-2024/")
    assert (response.status_code, "secret.db" in response.text) == (503, False)


def test_what_was_typed_survives_a_failure(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app()

    def fail(slug: str) -> None:
        raise RuntimeError("boom")

    app.view_functions["public.send"] = fail
    with caplog.at_level(logging.ERROR):
        response = app.test_client().post(f"{FORM}/send", data={"text": "写了很久 <b>"})
    kept = html.fromstring(response.text).get_element_by_id("kept-text")
    assert (response.status_code, kept.value.strip()) == (500, "写了很久 <b>")
    assert "boom" not in response.text
    assert "写了很久" not in caplog.text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_above_the_limit_gets_a_page_that_says_so(
    make_app: Callable[..., Flask], settings: Settings, kind: str
) -> None:
    client = make_app(settings=replace(settings, max_body=10_000)).test_client()
    response = client.post(FORM, data={"text": "长" * 10_000}, content_type=kind)
    assert (response.status_code, title(response)) == (413, "内容太长")


def test_what_was_typed_beside_files_that_are_too_large_is_given_back(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    client = make_app(settings=replace(settings, upload_bytes=10_000)).test_client()
    sent = {"text": "写了很久\n的意见", "e2-text": "又一条", "name": "某某"}
    fields = [(f'form-data; name="{name}"', text.encode()) for name, text in sent.items()]
    parts = [*fields, ('form-data; name="files"; filename="a.png"', bytes(6_000_000))]
    body = b"".join(
        b"--x\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (head.encode(), data)
        for head, data in parts
    )
    limit = replace(settings, max_body=10_000, upload_bytes=10_000)
    urlencoded = make_app(settings=limit).test_client()
    answers = [
        client.post(FORM, data=body + b"--x--", content_type="multipart/form-data; boundary=x"),
        urlencoded.post(FORM, data={**sent, "contact": "x" * 10_000}),
    ]
    for answer in answers:
        kept = html.fromstring(answer.text).get_element_by_id("kept-text").value
        assert (answer.status_code, kept.replace("\r\n", "\n").strip()) == (
            413, "写了很久\n的意见\n\n又一条",
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_long_chinese_text_below_the_limit_is_read(
    client: FlaskClient, settings: Settings, kind: str
) -> None:
    sent = client.fill(FORM, text="长" * 170_000, privacy="y")
    response = client.post(FORM, data=sent, content_type=kind)
    assert response.status_code == 422
    assert "意见最多 20000 个字，现在有 170000 个" in response.text


def test_of_a_text_too_long_to_be_read_the_beginning_comes_back_and_the_way_to_the_rest(
    client: FlaskClient,
) -> None:
    answer = client.post(FORM, data={"text": "长" * 600_000})
    page = html.fromstring(answer.text)
    kept = page.get_element_by_id("kept-text").value.strip()
    assert (answer.status_code, set(kept)) == (413, {"长"})
    assert len(kept) > 400_000
    assert "按浏览器的“后退”键就能看到" in page.text_content()


def test_a_page_outside_of_a_consultation_names_the_other_channels(client: FlaskClient) -> None:
    page = client.page("/nowhere", 404)
    assert page.get_element_by_id("channels").xpath(".//li/text()") == ["信函：清河县水务局收"]


def test_a_page_of_an_error_names_them_even_when_nothing_can_be_read(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/c/river-2024/")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr("consult.store.consultations.opened", fail)
    page = client.page("/c/river-2024/plan", 500)
    assert page.get_element_by_id("channels").xpath(".//li/text()") == ["信函：清河县水务局收"]


def test_a_wrong_method_is_told_apart_from_a_wrong_address(client: FlaskClient) -> None:
    wrong = client.get(f"{FORM}/send")
    allowed = set(wrong.headers["Allow"].split(", "))
    assert (wrong.status_code, allowed) == (405, {"POST", "OPTIONS"})
    assert client.get("/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"text=%ff%00%ed%a0%80", "application/x-www-form-urlencoded"),
        (NAMELESS, "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"text=a&text=b&section=", "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
def test_broken_requests_never_fail_inside(client: FlaskClient, data: bytes, kind: str) -> None:
    for address in (FORM, f"{FORM}/send", f"{FORM}/change", "/c/river-2024/status"):
        assert client.post(address, data=data, content_type=kind).status_code == 400


def test_a_file_where_text_belongs_is_no_failure(client: FlaskClient) -> None:
    sent = {**client.fill(FORM), "text": (BytesIO(b"x"), "x.txt")}
    assert client.post(FORM, data=sent).status_code == 422
