from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.job import JobKind
from consult.domain.triage import Role
from consult.services.carry_out import take
from consult.services.office import Office
from consult.services.restore_archive import restore_archive
from consult.services.send_letters import Sending, send_letters
from consult.settings import Settings
from consult.store import events, letters
from tests.conftest import OPEN
from tests.correspondence import answer, write
from tests.export.office_files import template
from tests.mailing import Running, certificate, smtp
from tests.services.test_letters import Recorder
from tests.web.client import fields

__all__ = ["certificate", "smtp"]
Staff = Callable[..., FlaskClient]
BASE = "/staff/c/river-2024"


@pytest.fixture
def receipts(published: Office) -> list[Receipt]:
    """Two by mail, one of them unanswered, one by post."""
    made = write(published, [
        NewSubmission(text="请多装路灯。", name="张三", contact="zhang@example.com"),
        NewSubmission(text="请多种树。", contact="li@example.com"),
        NewSubmission(text="请清淤。", name="王五", contact="清河路1号"),
    ])  # fmt: skip
    answer(published, 1)
    answer(published, 3)
    return made


@pytest.fixture
def manager(
    make_app: Callable[..., Flask], settings: Settings, smtp: Callable[[str], Running], staff: Staff
) -> FlaskClient:
    server = smtp("none")
    app = make_app(settings=replace(
        settings, smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none",
        smtp_from="kjj@gov.example",
    ))  # fmt: skip
    return staff(app.test_client(), Role.MANAGER)


def words(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("string(//main)").split())


def send(client: FlaskClient, **values: str) -> html.HtmlElement:
    page = client.page(f"{BASE}/letters")
    form = next(form for form in page.forms if form.action.endswith("/letters/send"))
    answered = client.post(form.action, data=fields(page, form) | values)
    if answered.status_code == 303:
        return client.page(answered.headers["Location"])
    return html.fromstring(answered.text)


def test_a_manager_tries_sends_and_notes_a_bounce(
    manager: FlaskClient, published: Office, receipts: list[Receipt]
) -> None:
    page = manager.page(f"{BASE}/letters")
    assert "电子邮件：1 封待发" in words(page)
    assert "需要寄送：1 封" in words(page)
    preview = manager.page(f"{BASE}/letters/{receipts[0].number}")
    assert "尊敬的张*： 感谢您" in words(preview)
    assert "发信服务器可用，能够登录。" in words(send(manager, act="check"))
    assert "请写明理由" in words(send(manager, act="send"))
    assert letters.tally(published.store.db, 1) == {}
    assert "等待中， 已发 0 / 0" in words(send(manager, act="send", why="已审定"))
    assert "正在发信" in words(send(manager, act="send", why="再来"))
    job = take(published, owner="w", kind=JobKind.LETTERS)
    assert job is not None
    box = Recorder()
    send_letters(published, job=job, owner="w",
                 sending=Sending(box, 60, OPEN, False, lambda _: None))  # fmt: skip
    assert box.sent[0].to == "zhang@example.com"
    shown = words(manager.page(f"{BASE}/letters"))
    assert "已发出 250 z***@example.com" in shown
    assert "zhang@" not in shown
    noted = manager.post(f"{BASE}/letters/sent/1", data=manager.fill(
        f"{BASE}/letters/sent/1", state="bounced", why="收到退信"))  # fmt: skip
    assert noted.status_code == 303
    assert "需要寄送：2 封" in words(manager.page(f"{BASE}/letters"))


def test_letters_on_paper_are_handed_out_for_a_reason(
    manager: FlaskClient, published: Office, receipts: list[Receipt]
) -> None:
    page = manager.page(f"{BASE}/letters")
    form = next(form for form in page.forms if form.action.endswith("/letters/paper"))
    refused = manager.post(form.action, data=fields(page, form))
    assert (refused.status_code, "请写明理由" in refused.text) == (422, True)
    made = manager.post(form.action, data=fields(page, form) | {"paper_why": "寄送"})
    texts = [paragraph.text for paragraph in Document(io.BytesIO(made.data)).paragraphs]
    assert (made.status_code, texts[1]) == (200, "收信人：王五　清河路1号")
    found = events.newest(published.store.db, 1, {"letters-printed"})
    assert found is not None
    assert (found.actor, found.why) == ("manager", "寄送")


def test_a_site_without_a_mail_server_says_so(
    client: FlaskClient, staff: Staff, receipts: list[Receipt]
) -> None:
    staff(client, Role.MANAGER)
    page = client.page(f"{BASE}/letters")
    assert "还没有设置发信服务器。" in words(page)
    assert [form.action for form in page.forms if form.action.endswith("/send")] == []
    sent = client.post(f"{BASE}/letters/send", data=fields(page) | {"why": "x"})
    assert (sent.status_code, "还没有设置发信服务器。" in sent.text) == (503, True)


def test_the_form_of_a_manager_names_the_mail_server_that_fails(
    make_app: Callable[..., Flask], settings: Settings, staff: Staff, receipts: list[Receipt]
) -> None:
    app = make_app(settings=replace(
        settings, smtp_host="127.0.0.1", smtp_port=1, smtp_security="none",
        smtp_from="kjj@gov.example",
    ))  # fmt: skip
    page = send(staff(app.test_client(), Role.MANAGER), act="check")
    assert "连不上发信服务器 127.0.0.1（" in words(page)


def test_an_archive_is_downloaded_whole_and_leaves_nothing(
    client: FlaskClient, staff: Staff, published: Office, receipts: list[Receipt], tmp_path: Path
) -> None:
    staff(client, Role.MANAGER)
    before = {path.name for path in published.store.path.parent.iterdir()}
    made = client.post(f"{BASE}/archive", data=client.fill(f"{BASE}/archive"))
    (tmp_path / "a.zip").write_bytes(made.data)
    assert made.headers["Content-Disposition"].endswith("river-2024-archive.zip")
    assert "keys.sealed.json" not in zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert restore_archive(tmp_path / "a.zip", data_dir=tmp_path / "new").keys is False
    assert {path.name for path in published.store.path.parent.iterdir()} == before


def test_a_template_is_added_used_and_taken_away(
    client: FlaskClient, staff: Staff, published: Office
) -> None:
    staff(client, Role.MANAGER)
    page = f"{BASE}/templates"

    def add(data: bytes, **values: str) -> tuple[int, str]:
        sent = {**client.fill(page, **values), "file": (io.BytesIO(data), "红头 <b>.docx")}
        answered = client.post(page, data=sent, content_type="multipart/form-data")
        return answered.status_code, answered.text

    status, text = add(template(body="{{题目}}"))
    assert (status, "不认识的占位符：题目" in text) == (422, True)
    assert add(b"%PDF-")[0] == 422
    paper = template()
    assert add(paper, purpose="digest", reference="清发1号")[0] == 303
    shown = client.page(page)
    assert shown.xpath("//li[@class='comment']//a/span/text()") == ["红头 <b>.docx"]
    assert client.get(f"{page}/digest").data == paper
    digest = client.get(f"{BASE}/documents/digest.docx").data
    assert Document(io.BytesIO(digest)).paragraphs[1].text == "清发1号"
    form = next(form for form in shown.forms if form.action.endswith("/digest/remove"))
    assert client.post(form.action, data=fields(shown, form)).status_code == 303
    assert client.get(f"{page}/digest").status_code == 404


@pytest.mark.parametrize("name", ["letters", "archive", "templates"])
def test_the_pages_are_there_in_english(
    client: FlaskClient, staff: Staff, receipts: list[Receipt], name: str
) -> None:
    staff(client, Role.MANAGER)
    page = client.page(f"{BASE}/{name}?lang=en")
    own = "not(ancestor-or-self::*[@lang='zh-Hans'])"
    texts = page.xpath(f"//main//text()[{own}]")
    assert [text for text in texts if any("\u4e00" <= sign <= "\u9fff" for sign in text)] == []
