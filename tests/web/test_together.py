"""Two people on one comment, whose it is, notes between them, sheets for other offices."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.domain.comment import Receipt
from consult.domain.member import Grant
from consult.domain.triage import Role
from consult.services.accounts import add_staff
from consult.services.deliver import deliver
from consult.services.desks import chapter_desks
from consult.services.grants import grant
from consult.services.office import Office
from consult.services.revise import Key, erase
from consult.store import events
from tests.conftest import OPEN, SLUG, Clock
from tests.web.client import fields
from tests.web.conftest import PASSWORD

HOME = f"/staff/c/{SLUG}/"
ONE = f"{HOME}comments/1"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def li(app: Flask, published: Office, received: Receipt) -> FlaskClient:
    return enter(app, published, "li")


@pytest.fixture
def wang(app: Flask, published: Office, received: Receipt) -> FlaskClient:
    return enter(app, published, "wang")


def enter(app: Flask, office: Office, name: str, role: Role = Role.HANDLER) -> FlaskClient:
    add_staff(office, username=name, password=PASSWORD, role=role, actor="test")
    client = app.test_client()
    sent = client.fill("/staff/sign-in", username=name, password=PASSWORD)
    assert client.post("/staff/sign-in", data=sent).status_code == 303
    return client


def form_of(client: FlaskClient, path: str, action: str) -> dict[str, str]:
    page = client.page(path)
    return fields(page, next(f for f in page.forms if f.get("action").endswith(action)))


def post(client: FlaskClient, path: str, action: str, **values: str) -> object:
    where = f"{path}{action}" if action.startswith("/") else f"{HOME}{action}"
    return client.post(where, data=form_of(client, path, action) | values)


def test_the_second_person_on_a_comment_sees_the_first_until_some_minutes_have_passed(
    li: FlaskClient, wang: FlaskClient, clock: Clock
) -> None:
    assert "也开着这一条" not in li.get(ONE).text
    assert "li 也开着这一条" in wang.get(ONE).text
    assert "wang 也开着这一条" in li.get(ONE).text
    clock.advance(minutes=6)
    assert "也开着这一条" not in wang.get(ONE).text


def test_a_save_on_a_stale_answer_shows_both_texts_and_overwrites_nothing(
    li: FlaskClient, wang: FlaskClient, published: Office
) -> None:
    path = f"{ONE}/decision"
    forms = [form_of(client, path, "/decision") for client in (li, wang)]
    first = {"disposition": "declined", "reason": "资金已经排满", "act": "draft"}
    second = {
        "disposition": "partly",
        "reason": "可以先装一段",
        "answer": "分两年装",
        "act": "draft",
    }
    assert li.post(path, data=forms[0] | first).status_code == 303
    late = wang.post(path, data=forms[1] | second)
    shown = late.text.split('id="both"')[1].split("</section>")[0]
    assert late.status_code == 409
    assert [word in shown for word in ("资金已经排满", "可以先装一段", "分两年装", "li")] == [
        True
    ] * 4
    assert li.page(path).get_element_by_id("reason").value.strip() == "资金已经排满"
    again = fields(_parsed(late), -1)
    assert again["reason"].strip() == "可以先装一段"
    assert wang.post(path, data=again | {"act": "draft"}).status_code == 303
    acts = [e.verb for e in events.of(published.store.db, ["comment:1"])]
    assert acts == ["drafted", "drafted"]


def _parsed(response: object) -> object:
    from lxml import html

    return html.fromstring(response.text)


def test_a_comment_is_claimed_handed_over_and_given_back_with_its_day(
    li: FlaskClient, wang: FlaskClient, published: Office
) -> None:
    assert post(li, ONE, "/claim").status_code == 303
    taken = post(wang, ONE, "/claim")
    assert (taken.status_code, "已由 li 承办" in taken.text) == (409, True)
    sure = fields(_parsed(taken), next(
        f for f in _parsed(taken).forms if f.get("action").endswith("/claim")))  # fmt: skip
    assert wang.post(f"{ONE}/claim", data=sure).status_code == 303
    path = f"{ONE}/handler"
    wrong = wang.post(path, data=wang.fill(path, to="li", due="明天"))
    stranger = wang.post(path, data=wang.fill(path, to="nobody"))
    given = wang.post(path, data=wang.fill(path, to="li", due="2024-05-03", why="我出差"))
    assert [wrong.status_code, stranger.status_code, given.status_code] == [422, 422, 303]
    shown = " ".join(li.page(ONE).text_content().split())
    assert ("已逾期" in shown, "我出差" in shown, "wang → li" in shown) == (True, True, True)
    assert li.post(path, data=li.fill(path, to="", due="")).status_code == 303
    acts = [e.verb for e in events.of(published.store.db, ["comment:1"])]
    assert acts == ["claimed", "claimed", "handed-over", "given-back"]


def test_a_chapter_has_a_handler_and_a_day_by_default(
    li: FlaskClient, app: Flask, published: Office, received: Receipt
) -> None:
    manager = enter(app, published, "chen", Role.MANAGER)
    page = manager.page(f"{HOME}desks")
    second = next(f for f in page.forms if f.fields.get("chapter") == "2")
    sent = fields(page, second) | {"to": "li", "due": "2024-05-09"}
    assert manager.post(f"{HOME}desks", data=sent).status_code == 303
    assert manager.post(f"{HOME}desks", data=sent | {"due": "soon"}).status_code == 422
    assert manager.post(f"{HOME}desks", data=sent | {"to": "nobody"}).status_code == 422
    assert li.post(f"{HOME}desks", data=sent).status_code == 403
    lines = {x.chapter: x for x in chapter_desks(published, slug=SLUG, today=date(2024, 5, 10))}
    assert (lines["2"].comments, lines["2"].answered, lines["2"].overdue) == (2, 0, 2)
    assert "（按章节默认）" in li.get(ONE).text
    grant(published, username="li", slug=SLUG, given=Grant(Role.HANDLER, ("1",)), actor="t")
    assert manager.post(f"{HOME}desks", data=sent | {"due": ""}).status_code == 422


def test_notes_stay_among_staff_and_go_with_the_comment(
    li: FlaskClient, wang: FlaskClient, client: FlaskClient, published: Office, received: Receipt,
    tmp_path: object,
) -> None:  # fmt: skip
    secret = "问过财政，今年没有钱"
    assert post(li, ONE, "/notes", text=secret).status_code == 303
    assert post(li, ONE, "/notes", text=" \n").status_code == 422
    assert secret in wang.get(ONE).text
    for path in deliver(published, slug=SLUG, out=tmp_path, as_of=OPEN):  # type: ignore[arg-type]
        assert secret.encode() not in path.read_bytes()
    assert [e.after for e in events.of(published.store.db, ["comment:1"])] == [{}]
    erase(published, slug=SLUG, key=Key(received.number, received.code, "x"))
    published.store.scrub()
    assert secret.encode() not in published.store.path.read_bytes()


def hand_on(client: FlaskClient, number: int, office: str) -> None:
    path = f"{HOME}comments/{number}/decision"
    sent = form_of(client, path, "/decision") | {
        "disposition": "forwarded", "reason": "请研究", "office": office, "act": "draft",
    }  # fmt: skip
    assert client.post(path, data=sent).status_code == 303


def test_another_office_answers_in_its_sheet_and_every_row_is_accounted_for(
    li: FlaskClient, published: Office
) -> None:
    hand_on(li, 1, "县路灯所")
    hand_on(li, 2, "县路灯所")
    data = li.get(f"{HOME}routes/sheet?to=县路灯所").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["转办意见"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["comment:1", "comment:2"]
    assert "多装路灯" in rows[0][2]
    assert "13800000000" not in data.decode("latin-1")
    sheet["F2"], sheet["G2"], sheet["H2"] = "采纳", "已列入计划", "今年装三十盏"
    sheet["F3"] = "也许"
    sheet.append(["comment:99", None, None, None, None, "采纳", "x", None])
    sheet.append(["comment:1", None, None, None, None, "采纳", "再写一次", None])

    def bring(to: str = "县路灯所", content: bytes | None = None) -> object:
        out = io.BytesIO()
        book.save(out)
        sent = form_of(li, f"{HOME}routes", "/routes") | {"to": to}
        sent["sheet"] = (io.BytesIO(out.getvalue() if content is None else content), "a.xlsx")
        return li.post(f"{HOME}routes", data=sent, content_type="multipart/form-data")

    first, second = bring(), bring()
    assert "共 4 行 = 收下 1 + 与上次相同 0 + 没有填写 0 + 表内重复 1 + 没有收下 2" in first.text
    assert "第 3 行：采纳情况“也许”不在可选之列" in first.text
    assert "第 4 行：编号“comment:99”不是转给这个单位的意见" in first.text
    assert "还有 1 条没有答复" in first.text
    assert "收下 0 + 与上次相同 1" in second.text
    assert "今年装三十盏" in li.get(f"{ONE}/decision").text
    assert bring(to="别的单位").status_code == 404
    assert [bring(content=bad).status_code for bad in (b"", b"no", b"PK\x05\x06" + b"\0" * 18)] == [
        422, 422, 422,
    ]  # fmt: skip
