"""A chapter is dealt with by the keyboard alone; many are decided at once and taken back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites

VERDICTS = ("a", "n", "p", "r", "x")


def open_ones(page: Page, sites: Sites, query: str) -> int:
    page.goto(sites.staff(f"queue?{query}"))
    return int(re.sub(r"\D", "", str(page.locator(".queue-total strong").text_content())))


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_chapter_three_is_dealt_with_by_the_keyboard_alone(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(staff=True)
    before = open_ones(page, sites, "section=3&status=open&sort=number")
    assert before > 50
    page.keyboard.press("j")
    press(page, "o")
    done = 0
    while "/comments/" in page.url:
        verdict = VERDICTS[done % len(VERDICTS)]
        page.keyboard.press(verdict)
        if verdict == "a":
            expect(page.locator("#settle")).to_be_focused()
            press(page, "Enter")
        else:
            expect(page.locator("#d-reason")).to_be_focused()
            page.keyboard.type("依据有关规定")
            press(page, "Control+Enter")
        assert page.locator(".error-summary").count() == 0
        done += 1
    assert done == before
    assert open_ones(page, sites, "section=3&status=open") == 0
    page.goto(sites.staff("acts"))
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".flash")).to_have_text("已撤销。")
    assert open_ones(page, sites, "section=3&status=open") == 1


def test_single_keys_can_be_switched_off_and_stay_off(open_page: OpenPage, sites: Sites) -> None:
    page = open_page(staff=True)
    page.goto(sites.staff("").split("/c/")[0] + "/help")
    page.get_by_role("button", name="关闭单键快捷键").click()
    other = open_page(staff=True)
    other.goto(sites.staff("comments/30"))
    other.keyboard.press("a")
    assert other.locator("input[name=disposition]:checked").count() == 0
    page.get_by_role("button", name="打开单键快捷键").click()
    other.reload()
    other.keyboard.press("a")
    expect(other.locator("input[value=adopted]")).to_be_checked()


def test_one_key_goes_round_what_an_answer_is_about(open_page: OpenPage, sites: Sites) -> None:
    page = open_page(staff=True)
    page.goto(sites.staff("comments/254"))
    for scope in ("family", "theme", "comment", "family"):
        page.keyboard.press("g")
        expect(page.locator("input[name=scope]:checked")).to_have_value(scope)
    page.keyboard.press("a")  # a radio with the focus does not take the keys away
    expect(page.locator("input[value=adopted]")).to_be_checked()


def test_many_are_decided_at_once_after_a_look_and_all_of_it_is_taken_back(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(staff=True)
    before = open_ones(page, sites, "section=5&status=open")
    page.get_by_role("button", name="批量处理全部").click()
    page.check("input[value=decide]")
    page.select_option("#disposition", "noted")
    page.fill("#reason", "“{诉求}”供有关工作参考。")
    page.click("#send")
    expect(page.locator(".sure")).to_contain_text(f"{before} 条")
    page.click("#send")
    expect(page.locator("#act .origin")).to_have_text("完成")
    assert open_ones(page, sites, "section=5&status=open") == 0
    page.goto(sites.staff("acts"))
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.locator("#act .origin")).to_have_text("已撤销")
    assert open_ones(page, sites, "section=5&status=open") == before
