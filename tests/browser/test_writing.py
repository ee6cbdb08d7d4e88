"""Writing as people do it: on a phone, by keyboard, without scripts, in English, interrupted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites, look_up, receipt, send, write
from tests.browser.states import attach
from tests.letters import docx_of, png

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
TEXT = "建议把青年人才的年龄放宽到四十五岁。"


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_two_points_and_a_letter_come_back_with_their_sections(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts, **PHONE)
    page.goto(sites.public("comment?section=3.2"))
    page.fill("#text", TEXT)
    button(page, "再写一条（针对另一节）")
    page.fill("#e2-text", "请多建中试基地。")
    page.select_option("#e2-section", "general")
    attach(page, ("信.docx", docx_of("请给孩子上学帮忙。")), ("扫描.png", png()))
    if scripts:
        expect(page.locator(".files li")).to_have_count(2)
    page.check("#privacy")
    button(page, "下一步：核对")
    assert page.locator(".files li").count() == 2
    width = page.evaluate("document.documentElement.scrollWidth") if scripts else 320
    kept = send(page)
    look_up(page, sites, kept)
    text = page.locator("dd.own-words").first.text_content()
    assert (text, width) == (f"{TEXT}\n\n请多建中试基地。", 320)
    assert page.locator(".files .unsure").count() == 1


def test_by_keyboard_alone_a_correction_is_made_and_everything_erased(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    write(page, sites, TEXT)
    kept = send(page)
    look_up(page, sites, kept)

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")

    press("更正")
    page.locator("#text").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("改成：放宽到四十岁就好。")
    page.keyboard.press("Tab")  # to the files
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").first).to_have_text("已更正。")
    assert page.locator("dd.own-words").first.text_content() == "改成：放宽到四十岁就好。"
    press("删除全部内容")
    press("确定全部删除")
    expect(page.locator("[role=status]").first).to_have_text("已全部删除。")
    expect(page.get_by_text("放宽到四十岁")).to_have_count(0)


def test_enter_in_a_line_goes_on_and_adds_or_removes_nothing(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    page.fill("#text", TEXT)
    page.check("#privacy")
    page.locator("#name").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("提交前请核对")


def test_in_english_the_whole_way(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    page.goto(sites.public("comment?lang=en"))
    page.fill("#text", "Please open more test laboratories.")
    page.check("#privacy")
    button(page, "Save and continue later")
    code = str(page.locator("#draft-code").text_content())
    page.get_by_role("link", name="Enter the draft code and continue").click()
    page.fill("#code", code)
    button(page, "Open the draft")
    button(page, "Next: check")
    page.get_by_role("button", name="Send").click()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", receipt(page).number)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_in_the_large_view_on_the_smallest_phone_the_whole_way(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts, **PHONE)
    page.goto(f"{sites.open}/")
    page.get_by_role("link", name="长辈版").click()
    page.get_by_role("main").get_by_role("link", name="写意见").first.click()
    page.fill("#text", TEXT)
    page.check("#privacy")
    button(page, "下一步：核对")
    kept = send(page)
    look_up(page, sites, kept)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"来件 {kept.number}")
    page.goto(sites.public())
    assert page.locator("html").get_attribute("class") == "elder"  # remembered to the end


def test_a_text_that_is_far_too_long_is_still_in_the_form_behind_the_page_that_says_so(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    page.evaluate("document.getElementById('text').value = '长'.repeat(15_000_000)")
    page.check("#privacy")
    page.click("#send")
    expect(page.get_by_role("heading", level=1)).to_have_text("内容太长")
    assert page.locator("#kept-text").input_value().startswith("长" * 1_000_000)
    expect(page.get_by_text("按浏览器的“后退”键就能看到")).to_be_visible()
    page.go_back()
    assert page.evaluate("document.getElementById('text').value.length") == 15_000_000


def test_what_was_being_written_survives_a_closed_page_only_if_asked(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    page.fill("#text", "没有勾选，不保存。")
    page.goto(sites.public(""))
    page.goto(sites.public("comment"))
    assert page.input_value("#text") == ""
    page.check("#draft-keep")
    page.fill("#text", TEXT)
    page.select_option("#section", "3.2")
    page.fill("#contact", "13800000000")
    page.goto(sites.public(""))
    page.goto(sites.public("comment"))
    expect(page.locator("[data-draft-found]")).to_be_visible()
    assert [page.input_value(f"#{name}") for name in ("text", "section", "contact")] == [
        TEXT, "3.2", "13800000000",
    ]  # fmt: skip
    page.check("#privacy")
    button(page, "下一步：核对")
    send(page)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto(sites.public("comment"))
    assert page.input_value("#text") == ""


def test_a_restored_text_can_be_cleared(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    page.check("#draft-keep")
    page.fill("#text", TEXT)
    page.goto(sites.public(""))
    page.goto(sites.public("comment"))
    button(page, "清除，重新写")
    assert page.input_value("#text") == ""
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_bad_file_is_named_while_the_text_is_still_being_written(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    page.fill("#text", TEXT)
    attach(page, ("坏.exe", b"MZ"), ("信.docx", docx_of("请加快。")))
    expect(page.locator(".files li")).to_have_count(1)
    expect(page.locator(".file-name")).to_have_text("信.docx")
    assert page.input_value("#text") == TEXT


def test_the_receipt_is_a_picture_too(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    write(page, sites, TEXT)
    kept = send(page)
    assert page.evaluate("document.querySelector('.receipt-qr img').naturalWidth") > 100
    for name, ending in (("存为图片", "svg"), ("存为网页", "html")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        text = download.value.path().read_text(encoding="utf-8")
        assert download.value.suggested_filename == f"receipt-{kept.number}.{ending}"
        assert (kept.number in text, kept.code in text) == (True, True)
