"""What docs/citizens.md promises and no other test looks at."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml import html

from tests.web.journey import FORM

BASE = "/c/river-2024"


def words_of(page: html.HtmlElement, name: str) -> str:
    """Return label and hints of a field, as a screen reader reads them."""
    field = page.get_element_by_id(name)
    said = page.xpath(f"string(//label[@for='{name}'])")
    hints = (field.get("aria-describedby") or "").split()
    return said + "".join(page.get_element_by_id(hint).text_content() for hint in hints)


def test_what_may_be_left_out_says_so_and_contact_fields_say_why_and_until_when(
    client: FlaskClient,
) -> None:
    page = client.page(FORM)
    optional = {name: "（选填）" in words_of(page, name) for name in
                ("text", "section", "original", "replacement", "reason", "files", "name",
                 "contact", "publish")}  # fmt: skip
    assert optional == {**dict.fromkeys(optional, True), "text": False}
    assert "最多 20000 个字" in words_of(page, "text")
    for name in ("name", "contact"):
        assert "用来核实意见" in words_of(page, name)
        assert "保存到 2024年11月26日，到期删除" in words_of(page, name)


def test_the_privacy_notice_is_one_click_away_and_being_quoted_is_asked_apart(
    client: FlaskClient,
) -> None:
    notice = f"{BASE}/privacy"
    for path in ("/", "/plan", "/plan/1", "/comment", "/status", "/receipt", "/results"):
        answer = client.get(BASE + path)
        assert notice in html.fromstring(answer.text).xpath("//footer//a/@href")
    page = client.page(FORM)
    privacy, publish = (page.get_element_by_id(name) for name in ("privacy", "publish"))
    assert (privacy.checked, publish.checked) == (False, False)
    assert notice in page.xpath("//label[@for='privacy']//a/@href")
    sent = client.fill(FORM, text="建议装路灯。", privacy="y")
    assert client.post(FORM, data=sent).status_code == 200  # without consent to be quoted
