"""The departments on the pages: listed, given their form, taken back, reminded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.triage import Role
from consult.services.departments import add_departments, department_list
from consult.services.office import Office
from consult.settings import Settings
from tests.conftest import SLUG
from tests.mailing import Running, certificate, smtp
from tests.services.test_departments import filled
from tests.web.client import fields
from tests.web.journey import stored

__all__ = ["certificate", "smtp"]
PLACE = f"/staff/c/{SLUG}/departments"
Staff = Callable[..., FlaskClient]


def form_at(page: html.HtmlElement, action: str) -> dict[str, str]:
    (found, *_) = [form for form in page.forms if form.get("action") == action]
    return fields(page, found)


def test_departments_are_asked_answer_and_are_counted(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    empty = form_at(client.page(PLACE), PLACE)
    assert client.post(PLACE, data=empty).status_code == 422
    names = empty | {"lines": "清河县财政局 0830-1234567\n清河县林业局"}
    assert client.post(PLACE, data=names).status_code == 303
    page = client.page(PLACE)
    assert "0830-1234567" not in page.text_content()
    assert "未反馈 2 个" in page.text_content()
    first, second = department_list(published, slug=SLUG)
    form = client.get(f"{PLACE}/{first.id}/form.docx")
    assert form.headers["Content-Disposition"].endswith(f'"{first.code}.docx"')
    client.get(f"{PLACE}/{second.id}/form.docx")
    page = client.page(PLACE)
    assert "至今未收到反馈" in page.text_content()
    data = filled(form.data, (2, "管网改为四十公里。", ""))
    sent = form_at(page, f"{PLACE}/forms")
    assert client.post(f"{PLACE}/forms", data=sent).status_code == 422
    taken = client.post(
        f"{PLACE}/forms", data={**sent, "forms": (BytesIO(data), "回复.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert taken.status_code == 303
    assert "收下 1 +" in client.page(taken.headers["Location"]).text_content()
    (item,) = stored(published)
    assert [choice.section for choice in item.choices] == ["1.1"]
    place = f"{PLACE}/{second.id}"
    act = form_at(client.page(PLACE), place)
    assert client.post(place, data=act | {"act": "reminded"}).status_code == 303
    assert client.post(place, data=act | {"act": "agreed"}).status_code == 303
    page = client.page(PLACE)
    assert "已反馈 2 个，未反馈 0 个" in page.text_content()
    assert "无异议" in page.text_content()
    assert client.post(place, data=act | {"act": "remove"}).status_code == 409


def test_forms_go_out_by_mail_after_a_look(
    make_app: Callable[..., Flask], settings: Settings, smtp: Callable[[str], Running],
    published: Office, staff: Staff,
) -> None:  # fmt: skip
    add_departments(published, slug=SLUG, lines="财政局 cz@gov.example\n林业局", actor="li")
    server = smtp("none")
    app = make_app(settings=replace(
        settings, smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none",
        smtp_from="kjj@gov.example",
    ))  # fmt: skip
    client = staff(app.test_client(), Role.MANAGER)
    place = f"{PLACE}/mail/form"
    page = client.page(place)
    said = page.text_content()
    assert "要发 1 封" in said
    assert "c***@gov.example" in said
    assert "cz@gov.example" not in said
    checked = client.post(place, data=form_at(page, place) | {"act": "check"})
    assert "能够登录" in checked.text
    assert server.box.taken == []
    assert client.post(place, data=form_at(page, place) | {"act": "send"}).status_code == 303
    ((sender, to, data),) = server.box.taken
    assert (sender, to) == ("kjj@gov.example", ["cz@gov.example"])
    letter = message_from_bytes(data, policy=default)
    first, _ = department_list(published, slug=SLUG)
    assert [part.get_filename() for part in letter.iter_attachments()] == [f"{first.code}.docx"]
    assert "已发出" in client.page(PLACE).text_content()
    again = client.post(place, data=form_at(page, place) | {"act": "send"})
    assert (again.status_code, "现在没有要发的" in again.text) == (409, True)
