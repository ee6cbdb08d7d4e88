"""Two members of staff at once on one comment: each sees the other, nobody overwrites anybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consult.domain.triage import Role
from consult.services.accounts import add_staff
from consult.services.office import open_office
from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites, sign_in

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
THEIRS, MINE = "今年资金已经排满", "可以先在两个区试行"


@pytest.fixture
def two(open_page: OpenPage, sites: Sites) -> tuple[Page, Page]:
    office = open_office(sites.database.parent)
    pages = []
    for name in ("lixia", "wanggang"):
        add_staff(office, username=name, password=PASSWORD, role=Role.HANDLER, actor="test")
        page = open_page()
        sign_in(page, sites, PASSWORD, name)
        pages.append(page)
    office.store.close()
    return pages[0], pages[1]


def test_two_at_once_see_each_other_and_both_texts(two: tuple[Page, Page], sites: Sites) -> None:
    first, second = two
    place = sites.staff("comments/90")  # no other test opens this one
    first.goto(place)
    expect(first.locator(".presence")).to_have_count(0)
    second.goto(place)
    expect(second.locator(".presence")).to_contain_text("lixia")
    second.get_by_role("button", name="我来承办").click()
    expect(second.locator(".handling")).to_contain_text("wanggang")
    for page in two:
        page.goto(f"{place}/decision")
    for page, words, disposition in ((first, THEIRS, 2), (second, MINE, 1)):
        page.check(f"#disposition-{disposition}")
        page.fill("#reason", words)
        page.click("button[value=draft]")
    both = second.locator("section[aria-labelledby=both]")
    expect(both).to_contain_text(THEIRS)
    expect(both).to_contain_text(MINE)
    expect(second.locator("#reason")).to_have_value(MINE)
    first.reload()
    expect(first.locator("#reason")).to_have_value(THEIRS)
    second.click("button[value=draft]")
    expect(both).to_have_count(0)
    first.goto(place)
    expect(first.locator("main")).to_contain_text(MINE)
    acts = first.locator(".history li").all_text_contents()
    drafts = [act.split() for act in acts if "写答复" in act]
    assert len(drafts) == 2
    expect(first.locator(".presence")).to_contain_text("wanggang")
