"""Everything can be done with the keyboard alone, and one always sees where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites, receipt

pytestmark = pytest.mark.browser
_PATIENCE = 60  # presses of the key until an element should have been reached
_NAME = "() => (document.activeElement.id || document.activeElement.textContent).trim()"
# The element in focus, and what is wrong: nothing to see, outside the window, or covered.
_FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const name = (element.id || element.textContent).trim();
  const box = element.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
    return [name, "no outline"];
  }
  if (box.bottom <= 0 || box.top >= innerHeight) return [name, "outside the window"];
  const top = document.elementFromPoint(x, Math.min(Math.max(y, 0), innerHeight - 1));
  return [name, element.contains(top) || top.contains(element) ? "" : "covered"];
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this id or these words has the focus, and see it."""
    for _ in range(_PATIENCE):
        page.keyboard.press("Tab")
        reached, fault = page.evaluate(_FOCUS)
        assert (reached, fault) == (reached, "")
        if reached == name:
            return
    raise AssertionError(f"{name} is not reached with the Tab key")


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_first_key_leads_past_the_masthead(open_page: OpenPage, sites: Sites) -> None:
    page = open_page()
    page.goto(sites.public())
    tab_to(page, "跳到正文")
    page.keyboard.press("Enter")
    assert page.evaluate(_NAME) == "main"
    tab_to(page, "写意见")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_comment_is_sent_with_the_keyboard_alone(
    open_page: OpenPage, sites: Sites, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    page.goto(sites.public())
    tab_to(page, "写意见")
    press(page, "Enter")
    tab_to(page, "text")
    page.keyboard.type("建议路口加装盲道。")
    tab_to(page, "section")
    page.keyboard.press("ArrowDown")
    tab_to(page, "privacy")
    page.keyboard.press("Space")
    tab_to(page, "send")
    press(page, "Enter")
    tab_to(page, "提交意见")
    press(page, "Space")
    assert receipt(page).code != ""
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到您的意见")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_list_of_errors_takes_the_focus_and_leads_to_the_fields(
    open_page: OpenPage, sites: Sites, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(sites.public("comment"))
    page.focus("#send")
    press(page, "Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="请写下您的意见。")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()


def test_staff_change_a_section_with_the_keyboard_alone(open_page: OpenPage, sites: Sites) -> None:
    page = open_page(staff=True)
    page.goto(sites.staff("sections/5.3"))
    number = str(page.locator(".comment-number a").first.text_content())
    tab_to(page, number)
    press(page, "Enter")
    tab_to(page, "归到别处，或者写明理由确认")
    page.keyboard.press("Enter")  # unfolds the form
    tab_to(page, "section")
    page.keyboard.press("ArrowDown")
    tab_to(page, "why")
    page.keyboard.type("键盘")
    press(page, "Enter")
    expect(page.locator(".history li").last).to_contain_text("理由：键盘")
