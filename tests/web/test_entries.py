from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Choice, Speaker
from consult.domain.consultation import Consultation, Plan
from consult.services.browse import published as opened
from consult.services.office import Office
from consult.services.propose import Proposer
from consult.services.publish import publish
from consult.settings import Settings
from consult.web import desk as desk_module
from tests.conftest import SLUG
from tests.letters import docx_of, pdf_of, png
from tests.web.client import fields
from tests.web.journey import FORM, SEND, TEXT, checked, complaints, stored

CHANGE, SAVE, RESUME = f"{FORM}/change", f"{FORM}/save", f"{FORM}/resume"


def parsed(response: Any) -> html.HtmlElement:
    return html.fromstring(response.text)


def with_files(client: FlaskClient, sent: dict[str, str], *files: tuple[str, bytes]) -> Any:
    given = [(BytesIO(data), name) for name, data in files]
    return client.post(FORM, data={**sent, "files": given}, content_type="multipart/form-data")


def test_a_second_entry_is_added_without_losing_a_word(
    client: FlaskClient, published: Office
) -> None:
    first = client.fill(FORM, text=TEXT, section="2.1", privacy="y", act="add")
    page = parsed(client.post(CHANGE, data=first))
    assert complaints(html.tostring(page, encoding="unicode")) == []
    both = {**fields(page), "e2-text": "垂钓区太少。", "e2-section": "2.2"}
    assert both["text"] == TEXT
    client.post(SEND, data=fields(parsed(client.post(FORM, data=both))))
    (item,) = stored(published)
    end = len(TEXT)
    assert item.text == f"{TEXT}\n\n垂钓区太少。"
    assert item.choices == (Choice(0, end, "2.1"), Choice(end + 2, end + 8, "2.2"))
    assert [(part.start, part.end) for part in item.parts] == [(0, end), (end + 2, end + 8)]


def test_no_more_than_ten_entries(client: FlaskClient) -> None:
    sent = client.fill(FORM, text=TEXT, entries="999", act="add")
    page = parsed(client.post(CHANGE, data=sent))
    assert fields(page)["entries"] == "10"
    assert page.xpath("//button[@value='add']") == []


def test_a_change_of_wording_reads_as_part_of_the_text(
    client: FlaskClient, published: Office
) -> None:
    change = {"original": "步道十二公里", "replacement": "步道十五公里", "reason": "不够长。"}
    sent = checked(client, text="", **change)
    client.post(SEND, data=sent)
    assert stored(published)[0].text == (
        "建议将“步道十二公里”修改为“步道十五公里”。\n理由：不够长。"
    )
    again = parsed(client.post(CHANGE, data=sent))
    assert {name: fields(again)[name] for name in change} == change
    assert again.xpath("//details[@class='amendment']/@open") == [""]


@pytest.fixture
def proposing(make_app: Callable[..., Flask], published: Office) -> FlaskClient:
    """A client of a site whose mapper is ready."""
    app = make_app()
    proposer = Proposer(published, start=lambda work: work())
    proposer.warm(slug=SLUG)
    app.extensions[desk_module.EXTENSION] = replace(
        app.extensions[desk_module.EXTENSION], proposer=proposer
    )
    return app.test_client()


def test_the_check_page_proposes_and_the_citizen_corrects_or_leaves_it(
    proposing: FlaskClient, published: Office
) -> None:
    text = "1、垂钓区划得太少，老人没地方钓鱼。\n2、污水管网要雨污分流。\n3、请公布化验结果。"
    sent = proposing.fill(FORM, text=text, privacy="y")
    page = parsed(proposing.post(FORM, data=sent))
    shown = [" ".join(label.text_content().split()) for label in page.xpath("//ol//label")]
    names = page.xpath("//ol//select/@name")
    assert shown[:2] == ["涉及： 二、（二）垂钓管理", "涉及： 一、（一）污水收集"]
    assert len(names) == 3
    answer = {**fields(page), names[1]: "2.3", names[2]: "open"}
    assert proposing.post(SEND, data=answer).status_code == 303
    spans = [tuple(map(int, name.split("-")[1:])) for name in names]
    (item,) = stored(published)
    assert item.choices == (Choice(*spans[1], "2.3"), Choice(*spans[2], ""))
    assert text[slice(*spans[1])].endswith("污水管网要雨污分流。")
    back = parsed(proposing.post(FORM, data=answer))
    assert back.xpath("//ol//option[@selected]/@value") == ["2.3", "open"]


@pytest.mark.parametrize("pick", ["pick-0-99999", "pick-5-2", "pick-0-3\u0663", "pick-"])
def test_a_forged_correction_changes_nothing(
    client: FlaskClient, published: Office, pick: str
) -> None:
    client.post(SEND, data={**checked(client), pick: "2.1"})
    assert [item.choices for item in stored(published)] == [()]


def test_a_correction_to_no_section_is_refused(client: FlaskClient, published: Office) -> None:
    assert client.post(SEND, data={**checked(client), "pick-0-3": "9.9"}).status_code == 422
    assert stored(published) == []


def test_files_go_along_and_one_bad_one_does_not_lose_the_rest(
    client: FlaskClient, published: Office
) -> None:
    sent = client.fill(FORM, text="见附件。", privacy="y")
    response = with_files(
        client, sent, ("来信.docx", docx_of("请加宽步道。")), ("坏.exe", b"MZ"), ("图.png", png())
    )
    page = parsed(response)
    assert response.status_code == 422
    assert complaints(response.text) == [
        "“坏.exe”不是可以收的文件（看内容，不看名称），没有收下。"
        "请另存为 docx、pdf、xlsx、jpg 或 png。"
    ]
    assert page.xpath("//ul[@class='files']/li/span[1]/text()") == ["来信.docx", "图.png"]
    take_out = page.xpath("//ul[@class='files']//button/@value")[1]
    page = parsed(client.post(CHANGE, data={**fields(page), "act": take_out}))
    assert page.xpath("//ul[@class='files']/li/span[1]/text()") == ["来信.docx"]
    sent = fields(parsed(client.post(FORM, data=fields(page))))
    assert client.post(SEND, data=sent).status_code == 303
    assert client.post(SEND, data=sent).status_code == 303  # a double click
    assert [item.text for item in stored(published)] == ["见附件。\n\n请加宽步道。"]


def test_a_letter_alone_is_enough(client: FlaskClient, published: Office) -> None:
    sent = client.fill(FORM, privacy="y")
    answer = with_files(client, sent, ("信.pdf", pdf_of(["一、请加宽步道。", "二、多装路灯。"])))
    sent = fields(parsed(answer))
    assert client.post(SEND, data=sent).status_code == 303
    assert client.post(SEND, data=sent).status_code == 303
    assert [item.text for item in stored(published)] == ["一、请加宽步道。\n二、多装路灯。"]


def test_a_draft_is_saved_with_its_files_and_taken_up_elsewhere(
    app: Flask, client: FlaskClient, published: Office
) -> None:
    sent = client.fill(FORM, text=TEXT, name="某某", speaker="company", section="2.1")
    page = parsed(with_files(client, {**sent, "privacy": "y"}, ("图.png", png())))
    saved = client.post(SAVE, data=fields(page))
    code = parsed(saved).get_element_by_id("draft-code").text
    other = app.test_client()
    response = other.post(RESUME, data=other.fill(RESUME, code=code.lower()))
    again = parsed(response)
    values = fields(again)
    assert (values["text"], values["name"], values["speaker"], values["section"]) == (
        TEXT, "某某", "company", "2.1",
    )  # fmt: skip
    assert again.xpath("//ul[@class='files']/li/span[1]/text()") == ["图.png"]
    assert code not in response.text
    checked_page = parsed(other.post(FORM, data={**values, "privacy": "y"}))
    assert other.post(SEND, data=fields(checked_page)).status_code == 303
    assert [item.speaker for item in stored(published)] == [Speaker.COMPANY]
    gone = other.post(RESUME, data=other.fill(RESUME, code=code))
    assert (gone.status_code, complaints(gone.text)) == (
        404, ["没有这个草稿码，或者草稿已过期、已提交。请对照重新输入。"],
    )  # fmt: skip


def test_an_unfinished_form_can_be_saved_too(client: FlaskClient) -> None:
    saved = client.post(SAVE, data=client.fill(FORM, text="", name="只写了名字"))
    code = parsed(saved).get_element_by_id("draft-code").text
    page = parsed(client.post(RESUME, data=client.fill(RESUME, code=code)))
    assert fields(page)["name"] == "只写了名字"
    assert complaints(html.tostring(page, encoding="unicode")) == []


def test_what_an_office_does_not_ask_for_is_neither_shown_nor_taken(
    make_app: Callable[..., Flask], published: Office, consultation: Consultation, plan: Plan
) -> None:
    off = dict.fromkeys(("name", "contact", "publish", "amendment", "files"), "off")
    texts = {
        **consultation.texts,
        **{f"field.{name}": value for name, value in off.items()},
        "field.speaker": "required",
        "speakers": "company=船运企业\nindividual=个人",
    }
    changed = replace(consultation, texts=texts)
    publish(
        published, consultation=changed, plan=plan, source="x", data=b"x", actor="t",
        replacing=True,
    )  # fmt: skip
    client = make_app(published).test_client()
    page = client.page(FORM)
    shown = set(page.xpath("//form//*[self::input or self::textarea or self::select]/@name"))
    assert shown & {"name", "contact", "publish", "original", "files"} == set()
    labels = [" ".join(o.text_content().split()) for o in page.find_class("form-check-label")]
    assert labels[:3] == ["船运企业", "个人", "不说明"]
    sent = {**fields(page), "text": TEXT, "privacy": "y"}
    asked = client.post(FORM, data=sent)
    assert complaints(asked.text) == ["请选择您以什么身份提意见。"]
    sent = fields(parsed(client.post(FORM, data={**sent, "speaker": "company"})))
    client.post(SEND, data={**sent, "name": "某某", "contact": "13800000000", "publish": "y"})
    (item,) = stored(published)
    assert (item.speaker, item.identified, item.publish) == ("company", False, False)


def test_the_page_of_the_form_is_made_anew_when_the_consultation_changes(
    client: FlaskClient, published: Office, consultation: Consultation, plan: Plan
) -> None:
    assert client.page(FORM).xpath("//*[@id='name']") != []
    texts = {**consultation.texts, "field.name": "off"}
    publish(
        published, consultation=replace(consultation, texts=texts), plan=plan, source="x",
        data=b"x", actor="t", replacing=True,
    )  # fmt: skip
    assert client.page(FORM).xpath("//*[@id='name']") == []
    assert opened(published, slug=SLUG).consultation.version == 2


def test_two_visitors_get_forms_of_their_own_from_one_rendering(
    app: Flask, client: FlaskClient
) -> None:
    mine, other = fields(client.page(FORM)), fields(app.test_client().page(FORM))
    assert mine["key"] != other["key"]
    assert mine["csrf_token"] != other["csrf_token"]
    assert "\x00" not in client.get(FORM).text
    assert client.page(f"{FORM}?section=2.1").xpath("//option[@selected]/@value") == ["2.1"]
    assert client.page(FORM).xpath("//option[@selected]/@value") == [""]


def test_after_the_grace_the_check_page_does_not_invite_to_send(
    make_app: Callable[..., Flask], settings: Settings
) -> None:
    from tests.web.test_comment_window import LAST, later, moved

    early = make_app(settings=replace(settings, now=LAST)).test_client()
    sent = {**early.fill(FORM), "text": TEXT, "privacy": "y"}
    in_time, too_late = later(make_app, settings, 14), later(make_app, settings, 15)
    moved(early, in_time)
    moved(early, too_late)
    assert in_time.post(FORM, data=sent).status_code == 200
    response = too_late.post(FORM, data=sent)
    assert response.status_code == 403
    assert parsed(response).get_element_by_id("kept-text").value.strip() == TEXT
    assert "提交意见" not in response.text


@pytest.mark.parametrize(
    ("asked", "language", "view"), [("view=elder", "zh-Hans", "elder"), ("lang=en", "en", None)]
)
def test_another_view_or_language_keeps_what_was_typed(
    client: FlaskClient, asked: str, language: str, view: str | None
) -> None:
    typed = client.fill(FORM, text=TEXT, section="2.1", name="李一")
    (button,) = client.page(FORM).xpath(
        f"//button[@form='comment-form'][contains(@formaction, '{asked}')]"
    )
    page = parsed(client.post(button.get("formaction"), data={**typed, "act": button.get("value")}))
    assert (page.get("lang"), page.get("class")) == (language, view)
    again = fields(page)
    assert (again["text"], again["section"], again["name"]) == (TEXT, "2.1", "李一")
    assert complaints(html.tostring(page, encoding="unicode")) == []


def test_another_view_on_the_check_page_goes_back_to_the_form_with_everything(
    client: FlaskClient,
) -> None:
    page = parsed(client.post(FORM, data=client.fill(FORM, text=TEXT, privacy="y")))
    (button,) = page.xpath("//button[@form='check-form'][contains(@formaction, 'view=elder')]")
    sent = {**fields(page), "act": button.get("value")}
    back = parsed(client.post(button.get("formaction"), data=sent))
    assert (back.get("class"), fields(back)["text"]) == ("elder", TEXT)
