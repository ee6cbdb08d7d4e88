"""What staff can bring their pages into: a name and the way there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from playwright.sync_api import Page

from consult.domain.sample import SampleState, Size
from consult.services.draw_sample import draw_sample
from consult.services.office import open_office
from consult.services.quality import quality
from tests.browser.account_states import MORE, house
from tests.browser.queue_states import QUEUE, desk
from tests.browser.sites import (
    HOSTILE,
    JUDGES,
    JUDGES_PASSWORD,
    SLUG,
    Sites,
    sign_in,
)
from tests.services.test_quality import answer_all

State = Callable[[Page, Sites], object]


def comment(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("sections/3.2"))
    page.locator(".comment-number a").first.click()


def unfold(page: Page) -> None:
    """Show the form that changes the section, where it is folded in."""
    fold = page.locator("details.relink:not([open]) > summary")
    if fold.count():
        fold.click()


def no_reason(page: Page, sites: Sites) -> None:
    comment(page, sites)
    unfold(page)
    page.click("#send")


def conflict(page: Page, sites: Sites) -> None:
    """Two windows on one comment; the second one to save is told."""
    page.goto(sites.staff("sections/offplan"))
    page.locator(".comment-number a").last.click()
    other = page.context.new_page()
    other.goto(page.url)
    for window, code in ((other, "general"), (page, "1.1")):
        unfold(window)
        window.select_option("#section", code)
        window.fill("#why", "两个人同时在看")
        window.click("#send")
    other.close()


def decision(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("sections/7.1"))
    page.locator(".comment-number a").first.click()
    page.goto(f"{page.url}/decision")


def no_disposition(page: Page, sites: Sites) -> None:
    decision(page, sites)
    page.click("#send")


def handed_in(page: Page, sites: Sites) -> None:
    decision(page, sites)
    if not page.locator("#send[name=act]").count():  # approved by another test
        page.fill("#why", "再看一遍")
        page.click("#send")
    page.check("#disposition-2")
    page.fill("#reason", HOSTILE[:900])
    page.click("#send")


def approved(page: Page, sites: Sites) -> None:
    handed_in(page, sites)
    page.locator("form[action$='/approve'] button").click()


def decision_on_theme(page: Page, sites: Sites) -> None:
    theme(page, sites)
    page.locator("a[href$='/decision']").first.click()


def theme(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("sections/3.2/themes"))
    page.locator(".themes a").first.click()


def family(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("families"))
    page.locator(".themes a").first.click()


def act(name: str, page: Page, sites: Sites) -> None:
    theme(page, sites)
    page.goto(f"{page.url}/{name}")


def nothing_chosen(page: Page, sites: Sites) -> None:
    act("split", page, sites)
    page.click("#send")


def move(page: Page, sites: Sites) -> None:
    theme(page, sites)
    page.locator(".comment .link-line a").first.click()


def renamed(page: Page, sites: Sites) -> None:
    """A theme with a decision and its way back."""
    page.goto(sites.staff("sections/6.1/themes"))
    page.locator(".themes a").last.click()
    page.goto(f"{page.url}/adopt")
    page.fill("#label", "一个名称")
    page.click("#send")


def theme_conflict(page: Page, sites: Sites) -> None:
    """Two windows on one theme; the second one to save is told."""
    page.goto(sites.staff("sections/6.1/themes"))
    page.locator(".themes a").last.click()
    page.goto(f"{page.url}/adopt")
    other = page.context.new_page()
    other.goto(page.url)
    for window, name in ((other, "她的名称"), (page, "我的名称")):
        window.fill("#label", name)
        window.click("#send")
    other.close()


def sample(sites: Sites, *, done: bool = False) -> int:
    """Draw a sample unless there is an open one; let both judge all of it if wanted."""
    office = open_office(sites.database.parent)
    found = [item.sample for item in quality(office, slug=SLUG).samples
             if item.sample.state is SampleState.OPEN]  # fmt: skip
    number = found[0].id if found else draw_sample(
        office, slug=SLUG, size=Size(30, 6, 4), seed="1", coders=JUDGES, actor="demo"
    )  # fmt: skip
    for judge in JUDGES if done else ():
        answer_all(office, number, judge, slug=SLUG)
    office.store.close()
    return number


def question(page: Page, sites: Sites) -> None:
    number = sample(sites)
    sign_in(page, sites, JUDGES_PASSWORD, "judge1")
    page.goto(sites.staff(f"quality/{number}/judge"))


def nothing_judged(page: Page, sites: Sites) -> None:
    question(page, sites)
    page.click("#send")


def blind(page: Page, sites: Sites) -> None:
    question(page, sites)
    page.goto(sites.staff("digest"))


def open_sample(page: Page, sites: Sites) -> None:
    page.goto(sites.staff(f"quality/{sample(sites)}"))


def judged_sample(page: Page, sites: Sites) -> None:
    page.goto(sites.staff(f"quality/{sample(sites, done=True)}"))


def without_cookie(page: Page, sites: Sites) -> None:
    """A change by somebody who is no longer signed in, nor known as the one who began it."""
    comment(page, sites)
    unfold(page)
    page.fill("#why", HOSTILE)
    page.context.clear_cookies()
    page.click("#send")


def run_out(page: Page, sites: Sites) -> None:
    """A change by somebody whose session has run out meanwhile."""
    sign_in(page, sites)
    comment(page, sites)
    unfold(page)
    sites.end_last_session()
    page.fill("#why", "说的是引才")
    page.click("#send")


def letters(page: Page, sites: Sites, press: str = "") -> None:
    """The letters that answers call for; with one pressed without a reason."""
    approved(page, sites)
    page.goto(sites.staff("letters"))
    if press:
        page.click(press)


def letter(page: Page, sites: Sites) -> None:
    letters(page, sites)
    page.locator("summary").last.click()
    page.locator(".contents a").last.click()


def no_template(page: Page, sites: Sites) -> None:
    desk("templates", page, sites)
    page.click("#send")


def second_draft(page: Page, sites: Sites) -> None:
    """A further draft that waits for its sections to be confirmed."""
    page.goto(sites.staff("plan-versions"))
    text = "规划二稿\n\n一、总则\n\n（一）目标\n\n青年科技人才占比达到一半。\n"
    draft = {"name": "二稿.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("#file", draft)  # type: ignore[arg-type]
    page.locator("form[enctype] button").click()


def words_tried(page: Page, sites: Sites) -> None:
    page.goto(sites.staff("prepare/sections/3.2"))
    page.fill("#tried", "年轻人租不起房")
    page.click("button[value=try]", no_wait_after=True)
    page.wait_for_selector("#trial", timeout=90_000)  # two mappers are fitted with 3,452 exemplars


DESK: Final[dict[str, State]] = {
    **MORE,
    "own account": partial(house, "account?factor=on"),
    "accounts": partial(house, "accounts"),
    "account of somebody": partial(house, "accounts/judge1"),
    "new consultation": partial(house, "new"),
    "history": partial(desk, "history"),
    "history in English": partial(desk, "history?lang=en"),
    "handlers of chapters": partial(desk, "desks"),
    "sheets for offices": partial(desk, "routes"),
    "settings": partial(desk, "prepare"),
    "settings in English": partial(desk, "prepare?lang=en"),
    "words of a section tried": words_tried,
    "second draft": second_draft,
    "handler of a comment": partial(desk, "comments/1/handler"),
    **QUEUE,
    "overview": partial(desk, ""),
    "overview in English": partial(desk, "?lang=en"),
    "section": partial(desk, "sections/3.2"),
    "general comments": partial(desk, "sections/general"),
    "section without comments": partial(desk, "sections/1"),
    "comment": comment,
    "comment without a reason": no_reason,
    "conflict": conflict,
    "answer to a comment": decision,
    "answer with errors": no_disposition,
    "answer handed in": handed_in,
    "answer approved": approved,
    "answer to a theme": decision_on_theme,
    "publishing results": partial(desk, "results"),
    "publishing results in English": partial(desk, "results?lang=en"),
    "themes of a section": partial(desk, "sections/3.2/themes"),
    "theme": theme,
    "theme in English": lambda page, sites: (
        page.goto(sites.staff("?lang=en")),
        theme(page, sites),
    ),
    "theme to merge": partial(act, "merge"),
    "theme to split": partial(act, "split"),
    "theme to split with errors": nothing_chosen,
    "theme to name": partial(act, "adopt"),
    "theme renamed": renamed,
    "theme conflict": theme_conflict,
    "comment to move": move,
    "families": partial(desk, "families"),
    "family": family,
    "changes of themes": partial(desk, "changes"),
    "analyses": partial(desk, "jobs"),
    "samples": partial(desk, "quality"),
    "sample under way": open_sample,
    "sample judged": judged_sample,
    "change without a session": without_cookie,
    "search": partial(desk, "search"),
    "search with results": partial(desk, "search?q=人才"),
    "search without results": partial(desk, "search?q=地铁站"),
    "digest": partial(desk, "digest"),
    "letters": letters,
    "letters without a reason": partial(letters, press="form[action$='/paper'] button"),
    "letter": letter,
    "templates": partial(desk, "templates"),
    "templates in English": partial(desk, "templates?lang=en"),
    "template without a file": no_template,
    "archive": partial(desk, "archive"),
    "intake": partial(desk, "intake"),
    "unknown comment": partial(desk, "comments/99999"),
}
