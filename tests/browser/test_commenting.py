"""A citizen sends a comment and looks it up, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import HOSTILE, Sites, answer, look_up, receipt, send, write

pytestmark = pytest.mark.browser
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False])


@with_and_without_scripts
def test_a_citizen_comments_in_three_pages_and_finds_every_character_again(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(f"{sites.open}/")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.get_by_role("main").get_by_role("link", name="写意见").click()
    page.fill("#text", HOSTILE)
    page.check("#privacy")
    page.get_by_role("button", name="下一步：核对").click()
    assert answer(page, "您的意见") == HOSTILE
    kept = send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到您的意见")
    page.wait_for_load_state("load")  # the heading is there before the last picture
    paths = ("comment", "comment", "receipt")
    assert loads == [sites.public(path) for path in paths]
    look_up(page, sites, kept)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"来件 {kept.number}")
    assert answer(page, "您的意见") == HOSTILE


def test_a_comment_on_a_section_begins_beside_the_section(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    page.goto(sites.public("plan"))
    page.get_by_role("link", name="（三）着力引进高精尖缺科技人才").click()
    page.locator("[id='s3.3']").get_by_role("link", name="对本节提意见").click()
    expect(page.locator("#section")).to_have_value("3.3")


def test_the_counter_counts_characters_as_people_do(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    page.goto(sites.public("comment"))
    counter = page.locator("[data-count-for=text] [aria-hidden]")
    expect(counter).to_have_text("已写 0 字，还可以写 20000 字")
    page.fill("#text", "建议𠮷👍\n二")
    expect(counter).to_have_text("已写 6 字，还可以写 19994 字")
    expect(page.locator("[data-count-for=text] [role=status]")).to_have_text(
        "已写 6 字，还可以写 19994 字"
    )


@with_and_without_scripts
def test_a_double_click_sends_once_and_shows_the_whole_receipt(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    write(page, sites, "建议公交站多设座椅。")
    before = sites.submissions()
    with sites.busy():  # the first answer is still under way at the second click
        page.get_by_role("button", name="提交意见").dblclick(no_wait_after=True)
    kept = receipt(page)
    look_up(page, sites, kept)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"来件 {kept.number}")
    assert sites.submissions() == before + 1


@with_and_without_scripts
def test_the_back_button_does_not_lose_the_text(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    write(page, sites, HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_have_text("提交前请核对")
    page.go_back()
    expect(page.locator("#text")).to_have_value(HOSTILE)
    expect(page.locator("#privacy")).to_be_checked()


def test_the_button_for_changes_gives_everything_back(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    page.goto(sites.public("comment?section=3.3"))
    page.fill("#text", HOSTILE)
    page.check("#privacy")
    page.click("#send")
    page.get_by_role("button", name="返回修改").click()
    expect(page.locator("#text")).to_have_value(HOSTILE)
    expect(page.locator("#section")).to_have_value("3.3")


def test_the_receipt_can_be_taken_along_as_a_file(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    write(page, sites, "建议多放几个垃圾桶。")
    kept = send(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="存为文本").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert (download.value.suggested_filename, kept.code in text) == (
        f"receipt-{kept.number}.txt", True,
    )  # fmt: skip
