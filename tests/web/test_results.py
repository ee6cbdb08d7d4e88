from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition, Role
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.release import release
from consult.settings import Settings
from tests.conftest import OPEN, SLUG
from tests.web.client import fields

BASE = f"/c/{SLUG}"
DESK = f"/staff/c/{SLUG}/results"
CLOSED = OPEN + timedelta(days=40)
Staff = Callable[..., FlaskClient]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, now=CLOSED)


def answer(office: Office, number: int, ruling: Ruling) -> None:
    target = Target(comment=number)
    made = decide(office, slug=SLUG, target=target, ruling=ruling, actor="w", seen="0", submit=True)
    approve(office, slug=SLUG, target=target, actor="l", seen=str(made.id))


def said(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def test_before_publication_the_page_says_when_and_shows_nothing(
    client: FlaskClient, published: Office, received: Receipt
) -> None:
    answer(published, 1, Ruling(Disposition.ADOPTED, gist="装灯"))
    page = client.page(f"{BASE}/results", 404)
    assert page.findtext(".//h1") == "结果还没有公布"
    assert "装灯" not in said(page)
    assert page.xpath("//header//a[text()='意见采纳情况']") == []
    for path in ("results/2", "results/files/results.csv", "results/outside"):
        assert client.get(f"{BASE}/{path}").status_code == 404


def test_the_results_by_chapter_with_counts_decisions_and_reasons(
    client: FlaskClient, published: Office, received: Receipt
) -> None:
    answer(published, 1, Ruling(Disposition.DECLINED, reason="已有改造计划", gist="加装路灯"))
    release(published, slug=SLUG, now=CLOSED, actor="z")
    page = client.page(f"{BASE}/results")
    figures = [dd.text_content().strip() for dd in page.xpath("//dl[@class='four']//dd")]
    assert figures == ["1", "1", "2", "2"]
    rows = [
        [cell.text_content().strip() for cell in row.xpath("./th|./td")][:3]
        for row in page.xpath("//table[contains(@class, 'tally')]/tbody/tr")
    ]
    assert rows == [["未采纳", "1", "50%"], ["正在研究", "1", "50%"]]
    chapter = client.page(page.xpath("//a[text()='二、岸线']/@href")[0])
    asks = [" ".join(item.text_content().split()) for item in chapter.find_class("themes")[0]]
    assert asks == ["加装路灯 1 人，1 份来件，1 种不同文本，1 条意见 未采纳 已有改造计划"]
    assert "正在研究" in said(chapter)


@pytest.mark.parametrize("name", ["results.docx", "results.xlsx", "results.csv"])
def test_the_files_can_be_downloaded(
    client: FlaskClient, published: Office, received: Receipt, name: str
) -> None:
    release(published, slug=SLUG, now=CLOSED, actor="z")
    link = client.page(f"{BASE}/results").xpath(f"//a[contains(@href, '{name}')]/@href")[0]
    response = client.get(link)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-{name}"'


def test_unknown_chapters_and_files_are_not_found(client: FlaskClient, published: Office) -> None:
    release(published, slug=SLUG, now=CLOSED, actor="z")
    for path in ("results/9", "results/files/secret.txt", "results/"):
        assert client.get(f"{BASE}/{path}").status_code == 404


def test_a_consultation_that_received_nothing_says_so(
    client: FlaskClient, published: Office
) -> None:
    release(published, slug=SLUG, now=CLOSED, actor="z")
    page = client.page(f"{BASE}/results")
    assert "这次征求意见没有收到来件" in said(page)
    assert page.xpath("//table") == []
    assert "没有意见。" in said(client.page(f"{BASE}/results/1"))


def test_what_is_decided_later_appears_when_staff_publish_it_anew(
    client: FlaskClient, app: Flask, published: Office, received: Receipt, staff: Staff
) -> None:
    release(published, slug=SLUG, now=CLOSED, actor="z")
    answer(published, 1, Ruling(Disposition.ADOPTED, gist="装灯"))
    assert "装灯" not in said(client.page(f"{BASE}/results/2"))
    manager = staff(app.test_client(), Role.MANAGER)
    page = manager.page(DESK)
    assert "公布时已答复 0 条，现在 1 条" in said(page)
    (form,) = [form for form in page.forms if form.get("action") == f"{DESK}/renew"]
    assert manager.post(f"{DESK}/renew", data=fields(page, form)).status_code == 303
    assert "装灯" in said(client.page(f"{BASE}/results/2"))
    assert [f for f in manager.page(DESK).forms if f.get("action") == f"{DESK}/renew"] == []


def test_a_manager_publishes_and_takes_back_with_a_reason(
    client: FlaskClient, app: Flask, published: Office, received: Receipt, staff: Staff
) -> None:
    page = staff(client, Role.MANAGER).page(DESK)
    sent = client.post(f"{DESK}/release", data=fields(page))
    assert (sent.status_code, sent.location) == (303, DESK)
    citizen = app.test_client()
    assert citizen.get(f"{BASE}/results").status_code == 200
    assert citizen.page(f"{BASE}/").xpath("//main//a[text()='看意见采纳情况']")
    page = client.page(DESK)
    refused = client.post(f"{DESK}/take-back", data=fields(page))
    assert refused.status_code == 422
    assert "请写明撤下结果的理由。" in said(html.fromstring(refused.text))
    done = client.post(f"{DESK}/take-back", data={**fields(page), "why": "数字有误"})
    assert done.status_code == 303
    assert citizen.get(f"{BASE}/results").status_code == 404


def test_a_reviewer_sees_what_would_be_published_but_cannot_do_it(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client, Role.REVIEWER).page(DESK)
    assert [f.action for f in page.forms if "release" in f.action] == []
    assert client.post(f"{DESK}/release", data=fields(page)).status_code == 403


def test_results_cannot_be_published_while_the_window_is_open(
    make_app: Callable[..., Flask], settings: Settings, received: Receipt, staff: Staff
) -> None:
    client = make_app(settings=replace(settings, now=OPEN)).test_client()
    page = staff(client, Role.MANAGER).page(DESK)
    response = client.post(f"{DESK}/release", data=fields(page))
    assert response.status_code == 409
    assert "结束以后才能公布结果" in said(html.fromstring(response.text))


def test_the_asks_of_a_chapter_are_parted_into_pages(
    client: FlaskClient, published: Office, received: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.web.public.results._LINES", 1)
    release(published, slug=SLUG, now=CLOSED, actor="z")
    seen = []
    for number in ("1", "2", "3", "99", "x"):
        page = client.page(f"{BASE}/results/2?page={number}")
        seen.append((page.xpath("//main//h2/text()"), len(page.xpath("//main//h3"))))
    assert seen[0] == (["二、（一）步道建设"], 1)
    assert seen[1] == (["二、（二）垂钓管理"], 1)
    assert seen[2] == seen[3] == (["二、（三）绿化养护"], 0)
    assert seen[4] == seen[0]
    assert client.page(f"{BASE}/results/2?page=2").xpath("//a[@rel='next']")
