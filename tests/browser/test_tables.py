"""Tables on a phone: each row stands for itself, so that nothing has to be moved sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.sites import SLUG, Sites

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
WIDTHS = (320, 360, 640)  # pixels: the smallest phone, a common one, double size on a desk
# How many pixels the words of a table are beyond its frame, for each of the page.
HIDDEN = """() => [...document.querySelectorAll(".table-frame")].map(
  (frame) => Math.max(0, frame.scrollWidth - frame.clientWidth))"""
# The name that stands beside each figure of the first section, and the figure.
FIRST = """() => [...document.querySelector(".by-section tbody tr:nth-child(2)").cells]
  .filter((cell) => cell.dataset.label && cell.checkVisibility())
  .map((cell) => getComputedStyle(cell, "::before").content.split(" / ")[0])"""
ELDER = "document.documentElement.classList.add('elder')"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_table_of_a_plan_or_of_results_has_to_be_scrolled(
    language: str, open_page: OpenPage, sites: Sites
) -> None:
    page = open_page()
    for path, tables in (("results", 2), ("plan/2", 1)):
        page.goto(f"{sites.released}/c/{SLUG}/{path}?lang={language[:2]}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert (path, width, page.evaluate(HIDDEN)) == (path, width, [0] * tables)
        page.evaluate(ELDER)
        assert page.evaluate(HIDDEN) == [0] * tables


def test_on_a_phone_every_figure_has_its_name_beside_it_and_a_reader_still_meets_a_table(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    page.goto(f"{sites.released}/c/{SLUG}/results")
    assert page.evaluate(FIRST) == [
        '"人数"', '"来件数"', '"不同文本数"', '"意见条数"', '"已答复"',
    ]  # fmt: skip
    table = page.get_by_role("table", name="各章节收到的意见")
    assert table.get_by_role("columnheader").all_inner_texts()[1:6] == [
        "人数", "来件数", "不同文本数", "意见条数", "已答复",
    ]  # fmt: skip
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="三、（二）"))
    assert row.get_by_role("cell").count() == 6  # the last one holds the bar


def test_on_paper_and_on_a_wide_screen_it_is_a_table_to_the_eye_too(
    open_page: OpenPage, sites: Sites
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{sites.released}/c/{SLUG}/results")
    row = page.locator(".by-section tbody tr").nth(1)
    for medium, width in (("screen", 1280), ("print", 673)):  # A4 without the margins
        page.emulate_media(media=medium)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        assert row.evaluate("(row) => getComputedStyle(row).display") == "table-row"
        assert page.evaluate(HIDDEN) == [0, 0]
