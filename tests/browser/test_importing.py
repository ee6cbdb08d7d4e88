"""A table is taken in with the keyboard alone: sent, mapped, looked at, imported, undone."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from consult.services.admit import Rules
from consult.services.office import open_office
from consult.services.run_imports import run_imports
from tests.browser.conftest import DATES, OpenPage
from tests.browser.inspection import inspect
from tests.browser.sites import Sites
from tests.browser.test_keyboard import press, tab_to

pytestmark = pytest.mark.browser
# A header nobody knows, a telephone number that a table program has spoilt, a blank line.
TABLE = "心声,联系电话\n路灯太暗，请加装路灯。,13800000000\n步道太窄。,1.38E+10\n,\n".encode()


def choose(page: Page, field: str, value: str) -> None:
    """Press the arrow until a list of choices shows a value."""
    tab_to(page, field)
    page.keyboard.press("Home")
    for _ in range(30):
        if page.locator(f"#{field}").input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{field} has no {value}")


def work(sites: Sites) -> None:
    """Do what the worker does."""
    office = open_office(sites.database.parent)
    try:
        run_imports(office, now=lambda: datetime.fromisoformat(DATES["open"]), rules=Rules())
    finally:
        office.store.close()


def faults(page: Page) -> tuple[list[str], list[str]]:
    """Return what is wrong with the page for a screen reader, and what scrolls sideways."""
    found = inspect(page, [], public=False)
    page.set_viewport_size({"width": 1280, "height": 800})
    return found.access, found.overflow


def test_a_table_is_imported_and_undone_with_the_keyboard_alone(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(staff=True)
    before = sites.submissions()
    page.goto(sites.staff("imports"))
    tab_to(page, "file")
    page.set_input_files("#file", {"name": "心声.csv", "mimeType": "text/csv", "buffer": TABLE})
    tab_to(page, "send")
    press(page, "Enter")
    choose(page, "role-0-0", "text")
    tab_to(page, "按所选的再看一次")
    press(page, "Enter")
    expect(page.locator(".cell-wrong")).to_have_text("1.****10")
    assert faults(page) == ([], [])
    assert sites.submissions() == before  # nothing is taken before it is confirmed
    tab_to(page, "send")
    press(page, "Enter")
    work(sites)
    page.reload()
    expect(page.locator("#main")).to_contain_text("读到 2 = 收下 1 + 已有 0 + 未收 1")
    assert faults(page) == ([], [])
    assert sites.submissions() == before + 1
    tab_to(page, "why")
    page.keyboard.type("列对错了")
    tab_to(page, "send")
    press(page, "Enter")
    expect(page.locator("#jobs")).to_contain_text("已撤销")
    expect(page.locator("#jobs")).to_contain_text("1 件已随撤销退出")
    page.goto(sites.staff("imports"))
    assert faults(page) == ([], [])
