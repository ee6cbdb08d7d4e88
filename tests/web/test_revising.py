from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.settings import Settings
from consult.store import events, totals
from tests.conftest import SLUG, Clock
from tests.letters import docx_of
from tests.web.journey import complaints, stored

STATUS = f"/c/{SLUG}/status"


def found(client: FlaskClient, receipt: Receipt) -> html.HtmlElement:
    sent = client.fill(STATUS, number=receipt.number, code=receipt.code)
    response = client.post(STATUS, data=sent)
    assert response.status_code == 200
    return html.fromstring(response.text)


def act(client: FlaskClient, page: html.HtmlElement, name: str, **more: str) -> Any:
    """Press a button of the status page, and the one that asks whether it is meant."""
    address = f"{STATUS}/{name}"
    asked = client.post(address, data=values(page, address))
    sure = values(html.fromstring(asked.text), address)
    return client.post(address, data={**sure, **more})


def values(page: html.HtmlElement, action: str) -> dict[str, str]:
    (form,) = [form for form in page.forms if form.get("action") == action]
    return {name: value for name, value in form.form_values() if name}


def buttons(page: html.HtmlElement) -> list[str]:
    return [text.strip() for text in page.xpath("//main//form//button/text()")]


def test_a_correction_shows_the_new_text_and_keeps_the_old_one(
    client: FlaskClient, received: Receipt, published: Office
) -> None:
    page = found(client, received)
    before = page.xpath("string(//dl//dd[@class='own-words'])")
    asked = client.post(f"{STATUS}/correct", data=values(page, f"{STATUS}/correct"))
    area = html.fromstring(asked.text).get_element_by_id("text")
    assert area.value.strip("\n") == before
    done = html.fromstring(act(client, page, "correct", text="请多种柳树。").text)
    assert done.xpath("string(//*[@role='status'])") == "已更正。"
    assert done.xpath("string(//dl//dd[@class='own-words'])") == "请多种柳树。"
    assert before in done.text_content()
    assert totals.accounting(published.store.db, 1).balanced


def test_an_empty_correction_is_refused_with_the_text_kept(
    client: FlaskClient, received: Receipt
) -> None:
    response = act(client, found(client, received), "correct", text=" ")
    assert (response.status_code, complaints(response.text)) == (422, ["请填写意见内容。"])


def test_a_correction_takes_files_and_one_bad_file_loses_neither_the_rest_nor_the_words(
    client: FlaskClient, received: Receipt, published: Office
) -> None:
    address = f"{STATUS}/correct"
    page = found(client, received)
    asked = client.post(address, data=values(page, address))
    sure = {**values(html.fromstring(asked.text), address), "text": "请多种柳树。"}
    files = [(BytesIO(docx_of("桥头请装路灯。")), "信.docx"), (BytesIO(b"MZ"), "坏.exe")]
    sent = {**sure, "files": files}
    refused = client.post(address, data=sent, content_type="multipart/form-data")
    again = html.fromstring(refused.text)
    assert (refused.status_code, len(complaints(refused.text))) == (422, 1)
    assert again.xpath("//*[@class='file-name']/text()") == ["信.docx"]
    assert again.get_element_by_id("text").value.strip("\n") == "请多种柳树。"
    done = html.fromstring(client.post(address, data=values(again, address)).text)
    assert done.xpath("//*[@class='file-name']/text()") == ["信.docx"]
    assert [item.text for item in stored(published)] == ["请多种柳树。\n\n桥头请装路灯。"]


def test_a_correction_takes_a_file_away_and_shows_which_ones_remain(
    client: FlaskClient, received: Receipt, published: Office
) -> None:
    address = f"{STATUS}/correct"
    page = found(client, received)
    asked = html.fromstring(client.post(address, data=values(page, address)).text)
    letters = [(BytesIO(docx_of(f"第{n}封信。")), f"{n}.docx") for n in "甲乙"]
    sent = {**values(asked, address), "text": "见附件。", "files": letters}
    page = html.fromstring(client.post(address, data=sent, content_type="multipart/form-data").text)
    asked = html.fromstring(client.post(address, data=values(page, address)).text)
    names = asked.xpath("//fieldset//label/span[@class='file-name']/text()")
    first = asked.xpath("//input[@name='without']/@value")[0]
    assert names == ["甲.docx", "乙.docx"]
    wanted = {**values(asked, address), "without": first}
    refused = client.post(address, data={**wanted, "text": "长" * 20_001})
    again = html.fromstring(refused.text)
    assert (refused.status_code, again.xpath("//input[@name='without']/@checked")) == (
        422, ["checked"],
    )  # fmt: skip
    done = html.fromstring(client.post(address, data=wanted).text)
    kept, stored_still = done.xpath("//dl[@class='answers']")
    assert kept.xpath(".//*[@class='file-name']/text()") == ["乙.docx"]
    assert stored_still.xpath(".//*[@class='file-name']/text()") == ["甲.docx"]
    assert "（去掉附件 1 个）" in done.xpath("string(//ol[@class='history']/li[last()])")
    assert [item.text for item in stored(published)] == ["见附件。\n\n第乙封信。"]


def test_withdrawing_and_erasing_are_asked_twice_and_said(
    client: FlaskClient, received: Receipt, published: Office
) -> None:
    page = found(client, received)
    client.post(f"{STATUS}/withdraw", data=values(page, f"{STATUS}/withdraw"))
    assert totals.accounting(published.store.db, 1).withdrawn == 0
    done = html.fromstring(act(client, page, "withdraw").text)
    assert done.xpath("string(//*[@role='status'])") == "已撤回。"
    assert buttons(done) == ["删除联系方式", "删除全部内容"]
    erased = html.fromstring(act(client, done, "erase").text)
    assert erased.xpath("string(//*[@role='status'])") == "已全部删除。"
    assert (buttons(erased), "建议沿河" in erased.text_content()) == ([], False)
    assert totals.accounting(published.store.db, 1).erased == 1
    assert events.verify(published.store.db) is None


def test_contact_data_are_shown_in_part_and_can_be_deleted(
    client: FlaskClient, received: Receipt
) -> None:
    page = found(client, received)
    assert "138*****000" in page.text_content()
    done = html.fromstring(act(client, page, "contact").text)
    assert "138*****000" not in done.text_content()
    assert buttons(done) == ["更正", "撤回", "删除全部内容"]


def test_after_closing_only_deleting_is_offered(
    make_app: Callable[..., Flask], settings: Settings, received: Receipt
) -> None:
    open_client = make_app().test_client()
    page = found(open_client, received)
    now = datetime(2024, 6, 2, tzinfo=UTC)
    late = make_app(settings=replace(settings, now=now)).test_client()
    assert buttons(found(late, received)) == ["删除联系方式", "删除全部内容"]
    with open_client.session_transaction() as before, late.session_transaction() as after:
        after.update(before)
    response = act(late, page, "withdraw")
    problem = html.fromstring(response.text).xpath("string(//*[@id='error-summary']/p)")
    assert (response.status_code, problem) == (
        403, "征求意见已于 2024-05-30 结束，不再接收网上意见。",
    )  # fmt: skip


def test_the_page_holds_no_code_and_its_ticket_ends_after_an_hour(
    client: FlaskClient, received: Receipt, clock: Clock
) -> None:
    page = found(client, received)
    assert received.code not in html.tostring(page, encoding="unicode")
    clock.advance(hours=1)
    response = client.post(f"{STATUS}/erase", data=values(page, f"{STATUS}/erase"))
    assert (response.status_code, complaints(response.text)) == (
        422, ["页面放得太久，请重新输入编号和查询码。"],
    )  # fmt: skip


@pytest.mark.parametrize("ticket", ["", "x", "AAAA", "意见"])
def test_a_forged_ticket_opens_nothing(client: FlaskClient, received: Receipt, ticket: str) -> None:
    sent = values(found(client, received), f"{STATUS}/erase")
    response = client.post(f"{STATUS}/erase", data={**sent, "ticket": ticket, "sure": "y"})
    assert response.status_code == 422


def test_an_approved_answer_is_shown_with_its_reason_and_a_draft_is_not(
    client: FlaskClient, received: Receipt, published: Office
) -> None:
    ruling = Ruling(Disposition.DECLINED, reason="岸线太窄，装不下。")
    write = {"slug": SLUG, "target": Target(comment=1), "actor": "wang"}
    decide(published, ruling=ruling, seen="0", submit=True, **write)
    before = found(client, received).text_content()
    assert ("未采纳" in before, "正在研究" in before) == (False, True)
    seen = str(published.store.db.execute("select max(id) from decisions").fetchone()[0])
    approve(published, seen=seen, slug=SLUG, target=Target(comment=1), actor="li")
    page = found(client, received)
    assert "正在研究，已答复 1 条，共 2 条" in page.text_content()
    first = page.xpath("//ol[contains(@class, 'answered')]/li")[0]
    assert [" ".join(d.text_content().split()) for d in first.xpath(".//dd")] == [
        "二、（一）步道建设", "未采纳", "岸线太窄，装不下。",
    ]  # fmt: skip
