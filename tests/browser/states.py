"""Every page in every state that a visitor can bring it into: a name and the way there."""

from __future__ import annotations

from functools import partial
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.desk_states import DESK, State, blind, desk, nothing_judged, question, run_out
from tests.browser.sites import (
    HOSTILE,
    SLUG,
    Kept,
    Sites,
    look_up,
    send,
    sign_in,
    write,
)
from tests.browser.words import button
from tests.letters import docx_of, png


def at(path: str, page: Page, sites: Sites) -> None:
    page.goto(sites.public(path))


def outside(when: str, path: str, page: Page, sites: Sites) -> None:
    page.goto(f"{getattr(sites, when)}/c/{SLUG}/{path}")


def unknown(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.open}/nowhere")


def unfilled(page: Page, sites: Sites) -> None:
    page.goto(sites.public("comment"))
    page.click("#send")


def unfilled_in_english(page: Page, sites: Sites) -> None:
    page.goto(sites.public("?lang=en"))
    unfilled(page, sites)


def stale(page: Page, sites: Sites) -> None:
    """The form of somebody whose browser has lost the cookie."""
    page.goto(sites.public("comment"))
    page.fill("#text", HOSTILE)
    page.context.clear_cookies()
    page.click("#send")


def check(page: Page, sites: Sites) -> None:
    write(page, sites, HOSTILE)


def receipt(page: Page, sites: Sites) -> Kept:
    write(page, sites, HOSTILE)
    return send(page)


def found(page: Page, sites: Sites) -> None:
    look_up(page, sites, receipt(page, sites))


def found_in_english(page: Page, sites: Sites) -> None:
    page.goto(sites.public("?lang=en"))
    found(page, sites)


def not_found(page: Page, sites: Sites) -> None:
    look_up(page, sites, Kept("0000-0000", "00000-00000-000"))


def attach(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files, as a person does in the dialogue."""
    kind = "application/octet-stream"
    chosen = [{"name": name, "mimeType": kind, "buffer": data} for name, data in files]
    page.set_input_files("#files", chosen)  # type: ignore[arg-type]


def filled_up(page: Page, sites: Sites) -> None:
    """Two entries, a change of wording, a file that is kept and one that is not."""
    page.goto(sites.public("comment"))
    page.fill("#text", HOSTILE)
    page.locator("details.amendment summary").first.click()
    page.fill("#original", "原来的话")
    page.fill("#replacement", "新的话")
    button(page, "再写一条（针对另一节）").click()
    page.fill("#e2-text", "另一条：请多办招聘会。")
    letter = docx_of("请把年龄放宽到四十五岁。")
    attach(page, ("信.docx", letter), ("bad.exe", b"MZ"), ("扫描.png", png()))
    expect(page.locator(".files li")).to_have_count(2, timeout=20_000)


def checked_with_proposals(page: Page, sites: Sites) -> None:
    for _ in range(40):  # the mapper is made ready in the background
        write(page, sites, "一、引进青年人才的年龄请放宽。\n二、请给孩子上学帮忙。")
        if page.locator(".points li").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("no proposals")


def saved(page: Page, sites: Sites) -> None:
    page.goto(sites.public("comment"))
    page.fill("#text", "写到一半")
    button(page, "保存，稍后继续").click()
    expect(page.locator("#draft-code")).to_be_visible()


def no_draft(page: Page, sites: Sites) -> None:
    page.goto(sites.public("comment/resume"))
    page.fill("#code", "00000-00000-000")
    page.click("#send")


def revising(verb: str, page: Page, sites: Sites) -> None:
    found(page, sites)
    button(page, verb, exact=True).click()


def erased(page: Page, sites: Sites) -> None:
    revising("删除全部内容", page, sites)
    page.click("#send")


def failing(words: str, page: Page, sites: Sites) -> None:
    """Send to a site that fails in the way the words name."""
    page.goto(f"{sites.broken}/c/{SLUG}/comment")
    page.fill("#text", words)
    page.check("#privacy")
    page.click("#send")
    button(page, "提交意见").click()


def endless(page: Page, sites: Sites) -> None:
    page.goto(sites.public("comment"))
    page.evaluate("document.getElementById('text').value = '长'.repeat(500_000)")
    # Nine bytes a character, so that half a million is beyond the limit.
    page.evaluate("document.getElementById('text').form.enctype = ''")
    page.check("#privacy")
    page.click("#send")


def held(page: Page, sites: Sites) -> Kept:
    """Send as a program does, which fills in the field that nobody sees."""
    page.goto(sites.public("comment"))
    page.fill("#text", "是程序写的吗？")
    page.evaluate("document.querySelector('.trap input').value = 'https://example.org'")
    page.check("#privacy")
    page.click("#send")
    return send(page)


def held_found(page: Page, sites: Sites) -> None:
    look_up(page, sites, held(page, sites))


# Sends fields to an address, as a form would that has stood open all the while.
_SEND: Final = """([action, fields]) => {
  const form = document.createElement("form");
  Object.assign(form, { action, method: "post" });
  for (const [name, value] of fields) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


def too_late(page: Page, sites: Sites) -> None:
    """Send when the window has closed meanwhile, and the time after it is over too."""
    write(page, sites, HOSTILE)
    checked = page.evaluate("[...new FormData(document.querySelector('form[action$=\"/send\"]'))]")
    page.goto(f"{sites.closed}/c/{SLUG}/status")  # the same site, twelve days later
    with page.expect_navigation():
        page.evaluate(_SEND, [f"/c/{SLUG}/comment/send", checked])


def guessed_at(page: Page, sites: Sites) -> None:
    """Type a wrong code for one number once too often."""
    wanted = Kept("1111-1111", "00000-00000-000")
    page.goto(sites.public("status"))
    token = page.locator("main form [name=csrf_token]").input_value()
    form = {"csrf_token": token, "number": wanted.number, "code": wanted.code}
    for _ in range(20):
        page.request.post(sites.public("status"), form=form)
    look_up(page, sites, wanted)


def left_open(page: Page, sites: Sites) -> None:
    """Press a button of a status page that has stood open for more than an hour."""
    found(page, sites)
    page.evaluate("for (const field of document.getElementsByName('ticket')) field.value = 'old'")
    button(page, "更正", exact=True).click()


def corrected_with_files(page: Page, sites: Sites) -> None:
    """Two files were added; one of them is to be taken away again, and the text is too short."""
    revising("更正", page, sites)
    attach(page, ("信.docx", docx_of("请把年龄放宽到四十五岁。")), ("扫描.png", png()))
    page.click("#send")
    button(page, "更正", exact=True).click()
    page.locator("[name=without]").first.check()


def refused(page: Page, sites: Sites) -> None:
    sign_in(page, sites, "not the password")


PUBLIC: Final[dict[str, State]] = {
    "notice": partial(at, ""),
    "notice in English": partial(at, "?lang=en"),
    "plan": partial(at, "plan"),
    "first chapter": partial(at, "plan/1"),
    "chapter with indicators": partial(at, "plan/2"),
    "last chapter": partial(at, "plan/7"),
    "chapter in English": partial(at, "plan/2?lang=en"),
    "whole plan": partial(at, "plan/whole"),
    "plan search": partial(at, "plan/search"),
    "plan search with results": partial(at, "plan/search?q=青年人才"),
    "plan search in English": partial(at, "plan/search?q=青年人才&lang=en"),
    "plan search without results": partial(at, "plan/search?q=地铁站"),
    "form": partial(at, "comment"),
    "form quoting an indicator": partial(at, "comment?section=2.3&indicator=1"),
    "form for a section": partial(at, "comment?section=3.2"),
    "form with errors": unfilled,
    "form with errors in English": unfilled_in_english,
    "form without its cookie": stale,
    "check": check,
    "form filled up": filled_up,
    "check with proposals": checked_with_proposals,
    "draft saved": saved,
    "draft asked for": partial(at, "comment/resume"),
    "draft not found": no_draft,
    "correction": partial(revising, "更正"),
    "correction of files": corrected_with_files,
    "withdrawal": partial(revising, "撤回"),
    "erasure": partial(revising, "删除全部内容"),
    "erased": erased,
    "receipt": receipt,
    "no receipt": partial(at, "receipt"),
    "look-up": partial(at, "status"),
    "look-up not found": not_found,
    "look-up found": found,
    "look-up found in English": found_in_english,
    "look-up of a number guessed at": guessed_at,
    "look-up left open": left_open,
    "receipt of what is held": held,
    "look-up of what is held": held_found,
    "privacy": partial(at, "privacy"),
    "unknown page": unknown,
    "page opened the wrong way": partial(at, "comment/send"),
    "notice before the window": partial(outside, "before", ""),
    "form before the window": partial(outside, "before", "comment"),
    "notice after the window": partial(outside, "closed", ""),
    "form after the window": partial(outside, "closed", "comment"),
    "form sent after the window": too_late,
    "results before publication": partial(outside, "closed", "results"),
    "notice with results": partial(outside, "released", ""),
    "results": partial(outside, "released", "results"),
    "results in English": partial(outside, "released", "results?lang=en"),
    "results of a chapter": partial(outside, "released", "results/3"),
    "results of a chapter in English": partial(outside, "released", "results/3?lang=en"),
    "results outside of the chapters": partial(outside, "released", "results/outside"),
    "results when nothing was received": partial(outside, "nothing", "results"),
    "server error": partial(outside, "broken", "plan/search?q=人才"),
    "server error in English": partial(outside, "broken", "plan/search?q=人才&lang=en"),
    "too many": partial(failing, "太多了也要写。"),
    "disk full": partial(failing, "磁盘满了也要写。"),
    "server error while sending": partial(failing, "坏了也要写。"),
    "text without an end": endless,
    "sign-in": partial(desk, ""),
    "sign-in failed": refused,
    "sign-in after the session ran out": run_out,
    "question of a sample": question,
    "question without an answer": nothing_judged,
    "page closed to a judge": blind,
}
STATES: Final = {**PUBLIC, **DESK}
