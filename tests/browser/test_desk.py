"""A member of staff reads the comments of a section and corrects where one belongs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.desk_states import run_out, unfold
from tests.browser.sites import Sites, sign_in

pytestmark = pytest.mark.browser


def relink(page: Page, code: str, why: str) -> None:
    unfold(page)
    page.select_option("#section", code)
    page.fill("#why", why)
    page.click("#send")


def numbers(page: Page) -> list[str]:
    return page.locator(".comment-number a").all_text_contents()


def current(page: Page) -> str:
    """Return where the comment belongs and who says so."""
    return " ".join(str(page.locator(".link-line").first.text_content()).split())


def last_act(page: Page) -> str:
    """Return the last line of the history without its time."""
    line = page.locator(".history li").last
    line.locator("time").evaluate("time => time.remove()")
    return " ".join(str(line.text_content()).split())


def test_staff_read_the_reason_and_move_a_comment_to_another_section(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    sign_in(page, sites)
    page.get_by_role("link", name="一、（一）发展基础").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("一、（一）发展基础")
    assert page.locator(".comment").first.locator(".reasons li").count() > 0
    number = numbers(page)[0]
    page.get_by_role("link", name=number, exact=True).click()
    relink(page, "2.2", "说的是原则")
    assert current(page) == "二、（二）基本原则 工作人员确认"
    assert last_act(page) == (
        "demo：改变归属 一、（一）发展基础 → 二、（二）基本原则 理由：说的是原则"
    )
    page.get_by_role("link", name="返回本节").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("二、（二）基本原则")
    assert number in numbers(page)
    page.goto(sites.staff("sections/1.1"))
    assert number not in numbers(page)


def test_the_second_of_two_to_save_is_shown_the_change_of_the_first(
    open_page: OpenPage, sites: Sites
) -> None:
    first, second = open_page(staff=True), open_page(staff=True)
    first.goto(sites.staff("sections/6.1"))
    first.locator(".comment-number a").first.click()
    second.goto(first.url)
    relink(first, "1.2", "先存的人")
    relink(second, "2.1", "后存的人")
    expect(second.get_by_role("heading", level=1)).to_have_text("内容已被别人修改")
    assert current(second) == "一、（二）面临的新形势 工作人员确认"
    assert last_act(second).endswith("理由：先存的人")
    expect(second.locator("#section")).to_have_value("2.1")
    expect(second.locator("#why")).to_have_value("后存的人")
    first.reload()
    assert current(first) == "一、（二）面临的新形势 工作人员确认"
    second.get_by_role("button", name="仍然改成这样").click()
    assert current(second) == "二、（一）指导思想 工作人员确认"
    assert last_act(second).endswith("理由：后存的人")


def test_a_reason_typed_while_the_session_ran_out_is_there_after_signing_in(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    run_out(page, sites)
    page.fill("#username", sites.username)
    page.fill("#password", sites.password)
    page.click("#send")
    expect(page.locator("#why")).to_have_value("说的是引才")  # unfolded by itself
    page.click("#send")
    assert last_act(page).endswith("理由：说的是引才")


def test_signing_out_closes_the_pages_even_to_the_back_button(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    sign_in(page, sites)
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作人员登录")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作人员登录")


# Of each bar on the page: how light its filled part is, and what lies behind it (0 to 1), printed.
GREYS = """() => {
    const light = colour => {
        const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(part => {
            const value = part / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const fill = rect => rect ? light(getComputedStyle(rect).fill) : 1;
    return [...document.querySelectorAll("svg:has(.bar-inner)")]
        .filter(svg => svg.getBoundingClientRect().width > 0)
        .map(svg => [fill(svg.querySelector(".bar-inner")), fill(svg.querySelector(".bar-outer"))]);
}"""


def test_charts_printed_in_black_and_white_are_told_from_their_ground(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(staff=True)
    for path, least in (("", 20), ("digest", 1)):
        page.goto(sites.staff(path))
        page.emulate_media(media="print", color_scheme="light")
        bars = page.evaluate(GREYS)
        contrasts = [(max(pair) + 0.05) / (min(pair) + 0.05) for pair in bars]
        assert len(bars) >= least, path
        assert [ratio for ratio in contrasts if ratio < 3] == []  # WCAG 2.2, 1.4.11
        page.emulate_media(media="screen")
