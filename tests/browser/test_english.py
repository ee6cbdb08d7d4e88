"""Every public page in every state for somebody who reads no Chinese."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.inspection import keep_picture
from tests.browser.sites import Sites
from tests.browser.states import PUBLIC, STATES
from tests.browser.words import CHINESE

pytestmark = pytest.mark.browser
NewContext = Callable[..., BrowserContext]
PATIENCE = 20_000  # milliseconds


# Those that are English anyway, and somebody whose browser has lost the choice with the cookie.
@pytest.mark.parametrize(
    "state",
    [name for name in PUBLIC if not name.endswith(("in English", "without its cookie"))],
)
def test_in_english_nothing_is_chinese_but_what_is_marked_as_such(
    state: str, new_context: NewContext, sites: Sites
) -> None:
    context = new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{sites.open}/?lang=en")
    STATES[state](page, sites)
    keep_picture(page, f"en {state}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(CHINESE) == []
