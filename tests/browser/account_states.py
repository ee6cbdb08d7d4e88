"""What accounts and settings can be brought into: a name and the way there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pyotp
from playwright.sync_api import Page

from consult.domain.triage import Role
from consult.services import second_factor
from consult.services.accounts import add_staff
from consult.services.office import open_office
from consult.store import staff
from tests.browser.queue_states import desk
from tests.browser.sites import JUDGES_PASSWORD, Sites, sign_in

State = Callable[[Page, Sites], object]
TWO_STEPS: Final = "two-steps"  # an account with a second factor


def house(path: str, page: Page, sites: Sites) -> None:
    """A page that belongs to no consultation."""
    page.goto(f"{sites.open}/staff/{path}")


def second_step(page: Page, sites: Sites, *, wrong: bool = False) -> None:
    """Sign in with an account that has a second factor, up to its code."""
    recovery_codes(page, sites)
    page.locator(".nav-member button").click()
    sign_in(page, sites, JUDGES_PASSWORD, TWO_STEPS)
    if wrong:
        page.fill("#code", "000000")
        page.click("#send")


def recovery_codes(page: Page, sites: Sites) -> None:
    """Switch a second factor on, in an account of its own; its codes are shown this once."""
    office = open_office(sites.database.parent)
    if staff.find(office.store.db, TWO_STEPS) is None:
        add_staff(office, username=TWO_STEPS, password=JUDGES_PASSWORD, role=Role.VIEWER,
                  actor="test")  # fmt: skip
    second_factor.drop(office, username=TWO_STEPS, actor="test")
    begun = second_factor.begin(office, username=TWO_STEPS, issuer="consult")
    office.store.close()
    page.context.clear_cookies()
    sign_in(page, sites, JUDGES_PASSWORD, TWO_STEPS)
    house("account?factor=on", page, sites)
    page.fill("#code", pyotp.TOTP(begun.secret).now())
    page.locator("form[action$='/account/factor'] button").click()


def stale_answer(page: Page, sites: Sites) -> None:
    """Two windows on one answer; the second one to save sees both texts."""
    page.goto(sites.staff("sections/7.1"))
    page.locator(".comment-number a").last.click()
    page.goto(f"{page.url}/decision")
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, "另有规定。"), (page, "已有安排。")):
        window.check("#disposition-2")
        window.fill("#reason", words)
        window.click("button[value=draft]")
    other.close()


def rule_without_reason(page: Page, sites: Sites) -> None:
    desk("four-eyes", page, sites)
    page.check("#rule-2")
    page.click("#send")


def opposites_tried(page: Page, sites: Sites) -> None:
    desk("prepare/opposites", page, sites)
    page.fill("#tried", "建议年龄放宽到四十五岁。\n建议年龄收紧到三十五岁。")
    page.click("button[value=try]")


def opposites_refused(page: Page, sites: Sites) -> None:
    desk("prepare/opposites", page, sites)
    page.fill("#pairs", "放宽")
    page.click("#send")


MORE: Final[dict[str, State]] = {
    "second step of signing in": second_step,
    "second step with a wrong code": partial(second_step, wrong=True),
    "recovery codes": recovery_codes,
    "stale answer with both texts": stale_answer,
    "four eyes": partial(desk, "four-eyes"),
    "four eyes in English": partial(desk, "four-eyes?lang=en"),
    "four eyes without a reason": rule_without_reason,
    "outline of the plan": partial(desk, "prepare/outline"),
    "words that are off the plan": partial(desk, "prepare/sections/offplan"),
    "opposites tried": opposites_tried,
    "opposites not understood": opposites_refused,
}
