"""Every page in every state: for all eyes, hands and screens, without a word to anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.inspection import Inspection, inspect
from tests.browser.sites import Sites
from tests.browser.states import PUBLIC, STATES
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
NewContext = Callable[..., BrowserContext]
BAD = '<canvas width="1000"></canvas><p style="color: red">red</p><small>tiny</small><input>'
every_state = pytest.mark.parametrize("state", [*STATES])


@every_state
def test_axe_finds_nothing_in_light_and_dark_and_on_a_narrow_screen(inspected: Inspection) -> None:
    assert inspected.access == []


@every_state
def test_nothing_scrolls_sideways_on_a_narrow_screen_or_at_double_size(
    inspected: Inspection,
) -> None:
    assert inspected.overflow == []


@pytest.mark.parametrize("state", [*PUBLIC])
def test_text_and_targets_are_large_enough_in_both_views(inspected: Inspection) -> None:
    assert inspected.small == []


# All but the page that gives a million characters back to the one who sent them.
@pytest.mark.parametrize("state", [name for name in PUBLIC if name != "text without an end"])
def test_no_page_is_heavier_than_200_kilobytes(inspected: Inspection) -> None:
    assert 10_000 < inspected.weight < 200_000


@every_state
def test_no_other_host_is_asked_and_the_console_is_silent(inspected: Inspection) -> None:
    assert inspected.troubles == []


def test_the_inspection_sees_what_is_wrong(new_context: NewContext, sites: Sites) -> None:
    context = new_context()
    watch = Watch(context)
    page = context.new_page()
    page.goto(sites.public("privacy"))
    page.evaluate(f"document.querySelector('main').innerHTML = `{BAD}`")
    seen = inspect(page, watch.troubles)
    assert seen.access == ["light, 1280 px: label [['input']]"]
    assert seen.overflow == [
        "320 px: 700 px too wide",
        "640 px: 380 px too wide",
        "elder, 320 px: 707 px too wide",
    ]
    assert [fault.split(" ")[0] for fault in seen.small] == ["standard:", "elder:", "elder:"]
    assert [trouble.split(" inline")[0] for trouble in seen.troubles] == ["console: Applying"]


def test_the_watch_sees_a_request_to_another_host(new_context: NewContext) -> None:
    context = new_context()
    context.route("**", lambda route: route.abort())
    watch = Watch(context)
    page = context.new_page()
    page.set_content('<img src="https://example.org/pixel.png">')
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(100)
    assert watch.troubles == [
        "request to https://example.org/pixel.png",
        "console: Failed to load resource: net::ERR_FAILED",
        "script: broken",
    ]
