"""What staff can bring the queue and the pages around it into: a name and the way there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from playwright.sync_api import Page

from tests.browser.sites import Sites

State = Callable[[Page, Sites], object]


def desk(path: str, page: Page, sites: Sites) -> None:
    page.goto(sites.staff(path))


def work_errors(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("comments/30"))
    page.click("#settle")


def chosen(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("queue?section=4.2"))
    page.locator("button[value=all]").click()


def chosen_errors(page: Page, sites: Sites) -> None:
    chosen(page, sites)
    page.click("#send")


def sure(page: Page, sites: Sites) -> None:
    chosen(page, sites)
    page.check("input[value=tag]")
    page.fill("#tag", "重点")
    page.click("#send")


def acted(page: Page, sites: Sites) -> None:
    sure(page, sites)
    page.click("#send")


QUEUE: Final[dict[str, State]] = {
    "queue": partial(desk, "queue?section=3"),
    "queue with filters": partial(desk, "queue?q=人才&sort=newest&channel=web&after=x"),
    "queue without matches": partial(desk, "queue?q=地铁站&tag=无"),
    "queue in English": partial(desk, "queue?lang=en"),
    "work in the queue": partial(desk, "comments/265?section=3"),
    "work with errors": work_errors,
    "comment to split": partial(desk, "comments/30/split"),
    "comment to join": partial(desk, "comments/30/join"),
    "many chosen": chosen,
    "many chosen with errors": chosen_errors,
    "many to confirm": sure,
    "many done": acted,
    "acts": partial(desk, "acts"),
    "reusable reasons": partial(desk, "phrases"),
    "maskings": partial(desk, "maskings"),
    "maskings in English": partial(desk, "maskings?lang=en"),
    "referrals": partial(desk, "referrals"),
    "guide": lambda page, sites: page.goto(sites.staff("").split("/c/")[0] + "/help"),
}
