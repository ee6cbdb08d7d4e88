"""The ledger on the pages: a table looked at and taken in, items put right, reports, typing in."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook

from consult.domain.ledger import ImportState
from consult.domain.triage import Role
from consult.services import vault
from consult.services.admit import Rules
from consult.services.ledger import ledger
from consult.services.office import Office
from consult.services.run_imports import run_imports
from consult.store import consultations, submissions, totals
from tests.conftest import OPEN, SLUG
from tests.intake.test_table import book
from tests.letters import png
from tests.web.client import fields
from tests.web.journey import stored

BASE = f"/staff/c/{SLUG}"
Staff = Callable[..., FlaskClient]
TABLE = book(
    ["姓名", "联系电话", "心声"], ["甲", "13800000001", "多装路灯。"], ["乙", "13800000002", None],
)  # fmt: skip


def sent(client: FlaskClient, data: bytes = TABLE, name: str = "心声.xlsx") -> str:
    """Send a file; returns the address of its page."""
    values = fields(client.page(f"{BASE}/imports"), 1)
    answer = client.post(
        f"{BASE}/imports", data={**values, "file": (BytesIO(data), name)},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def form_of(page: html.HtmlElement, place: int = 1) -> dict[str, str]:
    return fields(page, place)


def run(office: Office) -> None:
    run_imports(office, now=lambda: OPEN, rules=Rules())


def contacts(office: Office) -> set[str]:
    """Return how the people behind what is listed are reached."""
    identifier, _ = consultations.find(office.store.db, SLUG)
    found = submissions.active(office.store.db, identifier)
    return {vault.contact(office.keys, item)[1] for item in found}


def test_a_table_is_looked_at_mapped_taken_in_corrected_reported_and_undone(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    address = sent(client)
    page = client.page(address)
    assert "13800000001" not in page.text_content()
    assert "没有找到意见所在的列" in page.text_content()
    chosen = form_of(page) | {"role-0-2": "text"}
    looked = client.post(address, data=chosen | {"act": "look"})
    assert "这一行没有意见内容" in looked.text
    assert "没有找到意见所在的列" not in looked.text
    begun = form_of(html.fromstring(looked.text)) | {"act": "begin"}
    assert client.post(address, data=begun).status_code == 303
    assert "等待导入" in client.page(address).text_content()
    run(published)
    page = client.page(address)
    assert "读到 2 = 收下 1 + 已有 0 + 未收 1 + 空行 0" in page.text_content()
    report = json.loads(client.get(f"{address}/report.json").data)
    assert [item["outcome"] for item in report["items"]] == ["taken", "refused"]
    assert report["items"][1]["reason"].startswith("这一行没有意见内容")
    sheet = load_workbook(BytesIO(client.get(f"{address}/report.xlsx").data))["明细"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["收下", "未收"]

    (refused,) = page.xpath("//td/a[contains(@href, '/refused/')]/@href")
    page = client.page(refused)
    assert (form_of(page)["name"], form_of(page)["contact"]) == ("乙", "")
    assert "13800000002" not in page.text_content()
    assert client.post(refused, data=form_of(page)).status_code == 422
    assert client.post(refused, data=form_of(page) | {"text": "种树。"}).status_code == 303
    assert contacts(published) == {"13800000001", "13800000002"}
    assert "补收，回执编号" in client.page(refused).text_content()
    assert client.post(refused, data=form_of(page) | {"text": "再来"}).status_code == 409
    assert sorted(item.text for item in stored(published)) == ["多装路灯。", "种树。"]

    undo = form_of(client.page(address)) | {"act": "undo"}
    assert client.post(address, data=undo | {"why": ""}).status_code == 422
    assert client.post(address, data=undo | {"why": "列错了"}).status_code == 303
    assert "已撤销" in client.page(address).text_content()
    assert totals.accounting(published.store.db, 1).received == 1


def test_what_is_no_table_is_said_and_can_be_given_up(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    address = sent(client, b"%PDF-1.7", "扫描.xlsx")
    page = client.page(address)
    assert "“扫描.xlsx”不是可以收的文件" in page.text_content()
    assert client.post(address, data=form_of(page) | {"act": "give-up"}).status_code == 303
    assert ledger(published, slug=SLUG) == ()
    values = fields(client.page(f"{BASE}/imports"), 1)
    nothing = client.post(f"{BASE}/imports", data=values, content_type="multipart/form-data")
    assert (nothing.status_code, "请选择要导入的文件" in nothing.text) == (422, True)


def test_fifty_calls_in_a_row_keep_what_they_have_in_common(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    page = client.page(f"{BASE}/entries")
    first = form_of(page) | {
        "channel": "visit", "received": "2024-05-08", "speaker": "individual", "text": "装路灯。",
        "name": "王芳", "contact": "13900000000", "section": "2.1",
    }  # fmt: skip
    answer = client.post(f"{BASE}/entries", data=first)
    assert answer.status_code == 200
    after = form_of(html.fromstring(answer.text))
    kept = {name: after[name] for name in ("channel", "received", "speaker", "text", "name")}
    assert kept == {
        "channel": "visit", "received": "2024-05-08", "speaker": "individual", "text": "",
        "name": "",
    }  # fmt: skip
    assert "已录入。回执编号" in answer.text
    assert "今天已录入 1 件" in answer.text
    again = client.post(f"{BASE}/entries", data=first)  # the button pressed twice
    assert "没有重复" in again.text
    (item,) = stored(published)
    assert (item.channel.value, item.chosen, item.late) == ("visit", ("2.1",), False)
    assert item.received.date().isoformat() == "2024-05-08"
    (record,) = ledger(published, slug=SLUG)
    assert (record.state, record.report.taken) == (ImportState.DONE, 1)
    wrong = client.post(f"{BASE}/entries", data=after | {"received": "昨天", "text": ""})
    assert wrong.status_code == 422
    future = client.post(f"{BASE}/entries", data=after | {"received": "2024-05-11", "text": "早"})
    assert (future.status_code, "不能晚于现在" in future.text) == (422, True)


def test_a_paper_letter_comes_with_its_scan(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    values = form_of(client.page(f"{BASE}/entries")) | {"channel": "letter"}
    answer = client.post(
        f"{BASE}/entries", data={**values, "files": (BytesIO(png()), "来信.png")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert totals.accounting(published.store.db, 1).transcribing == 1
    assert "来信.png" in client.page(f"{BASE}/intake").text_content()


def test_what_comes_after_closing_is_taken_and_marked(
    published: Office, staff: Staff, make_app: Callable[..., object], settings: object
) -> None:
    from dataclasses import replace
    from datetime import timedelta

    late = make_app(settings=replace(settings, now=OPEN + timedelta(days=60)))  # type: ignore[type-var]
    client = staff(late.test_client())  # type: ignore[attr-defined]
    values = form_of(client.page(f"{BASE}/entries")) | {"text": "装路灯。"}  # type: ignore[attr-defined]
    assert "逾期" in client.post(f"{BASE}/entries", data=values).text


def test_a_meeting_is_taken_apart_by_speaker(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    minutes = "主持人：开始。\n张三（财政局）：资金要落实：一是预算。\n第二句。\n2. 李四：多种树。"
    values = form_of(client.page(f"{BASE}/meeting")) | {"title": "座谈会", "minutes": minutes}
    looked = client.post(f"{BASE}/meeting", data=values | {"act": "look"})
    assert "读出 3 人次发言" in looked.text
    assert stored(published) == []
    saved = client.post(f"{BASE}/meeting", data=values | {"act": "save"})
    assert "收下 3 件" in saved.text
    assert [(item.text, item.channel.value) for item in stored(published)] == [
        ("主持人：开始。", "meeting"), ("资金要落实：一是预算。\n第二句。", "meeting"),
        ("多种树。", "meeting"),
    ]  # fmt: skip
    twice = client.post(f"{BASE}/meeting", data=values | {"act": "save"})
    assert "收下 3 件" not in twice.text
    nobody = client.post(f"{BASE}/meeting", data=values | {"minutes": "没有名字。", "act": "look"})
    assert nobody.status_code == 422


def test_viewers_neither_import_nor_type_in(client: FlaskClient, staff: Staff) -> None:
    staff(client, Role.VIEWER)
    for page in ("imports", "entries", "meeting"):
        assert client.get(f"{BASE}/{page}").status_code == 403
