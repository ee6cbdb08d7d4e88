"""The digest in the console: of some comments only, and issued."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from consult.domain.triage import Role
from consult.services.office import Office
from tests.conftest import SLUG
from tests.services.asks import LITTER, NIGHT, run, send
from tests.web.client import fields

BASE = f"/staff/c/{SLUG}"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def asked(published: Office) -> Office:
    send(published, *LITTER, *NIGHT)
    run(published)
    return published


def test_some_of_the_comments_can_be_chosen_and_taken_away(
    asked: Office, client: FlaskClient, staff: Staff
) -> None:
    desk = staff(client)
    whole = desk.page(f"{BASE}/digest")
    form = next(form for form in whole.forms if form.method == "GET" and "speaker" in form.fields)
    assert whole.find_class("note") == []

    wanted = fields(whole, form) | {"section": "2", "first": "2024-05-10", "last": "2024-05-10"}
    page = desk.page(f"{BASE}/digest?" + "&".join(f"{k}={v}" for k, v in wanted.items()))

    marked = " ".join(page.get_element_by_id("partial").text_content().split())
    assert "部分意见 章节：二 岸线；收到时间：2024-05-10至2024-05-10" in marked
    assert "全部意见 4 = 本文件 4 + 未选入 0" in page.text_content()
    links = [a.get("href") for a in page.xpath("//ul[contains(@class, 'downloads')]//a")]
    address = next(link for link in links if "digest.json" in link)
    answer = desk.get(address)
    assert f"{SLUG}-partial-digest.json" in answer.headers["Content-Disposition"]
    assert json.loads(answer.data)["partial"]["comments"] == 4
    assert page.xpath("//h2[@id='issued']") == []  # a part cannot be issued


def test_what_cannot_be_chosen_is_said_and_the_whole_is_shown(
    asked: Office, client: FlaskClient, staff: Staff
) -> None:
    desk = staff(client)

    page = desk.page(f"{BASE}/digest?first=2024-05-12&last=2024-05-10", status=422)
    assert (
        "起始日 2024-05-12 晚于截止日 2024-05-10"
        in page.get_element_by_id("error-summary").text_content()
    )
    for query in ("speaker=martian", "first=yesterday", "section=9.9", "kind=%00"):
        assert desk.get(f"{BASE}/digest?{query}").status_code == 422
        assert desk.get(f"{BASE}/documents/digest.md?{query}").status_code == 422


def test_issuing_is_for_those_who_handle_and_marks_what_is_new(
    asked: Office, client: FlaskClient, staff: Staff
) -> None:
    desk = staff(client, role=Role.HANDLER)
    page = desk.page(f"{BASE}/digest")
    (form,) = (f for f in page.forms if (f.action or "").endswith("/digest/issue"))

    assert desk.post(f"{BASE}/digest/issue", data={}).status_code == 400
    answer = desk.post(f"{BASE}/digest/issue", data=fields(page, form))
    send(asked, "绿化太少，建议沿岸再种三百棵柳树。")
    run(asked)
    page = desk.page(f"{BASE}/digest")

    assert answer.headers["Location"].endswith(f"{BASE}/digest#issued")
    assert "第 1 次：" in page.xpath("//section[h2/@id='issued']")[0].text_content()
    assert page.text_content().count("〔新提出〕") == 1
    assert "与上次摘要相比：" in [e.text_content().strip() for e in page.iter("dt")]


def test_who_only_reads_cannot_issue(asked: Office, client: FlaskClient, staff: Staff) -> None:
    desk = staff(client, role=Role.VIEWER)

    page = desk.page(f"{BASE}/digest")
    assert [f.action for f in page.forms if "issue" in (f.action or "")] == []
    assert desk.post(f"{BASE}/digest/issue", data={}).status_code == 403
