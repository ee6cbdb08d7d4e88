"""Where the pages are, and the ways through them that several tests go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.words import button

SLUG = "luzhou-2022"
JUDGES = ("judge1", "judge2")
JUDGES_PASSWORD = "correct horse battery"
# Line ends, white space, mark-up of every kind, rare and joined characters, direction marks.
HOSTILE = (
    "  一、建议增加青年科技人才的住房补贴。\n"
    "\n"
    '\t二、<script>alert(1)</script> "><img src=x onerror=alert(2)> </textarea></dd>\n'
    "三、{{7*7}} {% raw %} ${7*7} '; DROP TABLE submissions; -- =1+1 %s\n"
    "四、&amp; &lt;b&gt; &#39; \\n \\u0041 ../../etc\n"
    "五、𠮷𪚥 👨‍👩‍👧‍👦 👍🏽 e\u0301 \u202e倒着\u202c 零\u200b宽　全角空格\n"
    "六、https://example.org/" + "a" * 300 + "   结束"
)


@dataclass(frozen=True)
class Sites:
    """The addresses of the servers, three of them over one data directory; the staff account."""

    before: str
    open: str
    closed: str
    released: str
    nothing: str
    broken: str
    username: str
    password: str
    database: Path

    def public(self, path: str = "") -> str:
        return f"{self.open}/c/{SLUG}/{path}"

    def staff(self, path: str = "") -> str:
        return f"{self.open}/staff/c/{SLUG}/{path}"

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Let nothing be stored for the length of a block."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as db:
            db.execute("begin immediate")
            yield

    def end_last_session(self) -> None:
        """End the session of the staff member who was the last to sign in."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as db:
            db.execute("delete from sessions where rowid = (select max(rowid) from sessions)")

    def submissions(self) -> int:
        """Return how many submissions are stored."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return int(db.execute("select count(*) from submissions").fetchone()[0])


@dataclass(frozen=True)
class Kept:
    """What a citizen notes down from the receipt."""

    number: str
    code: str


def sign_in(page: Page, sites: Sites, password: str = "", username: str = "") -> None:
    page.goto(sites.staff())
    page.fill("#username", username or sites.username)
    page.fill("#password", password or sites.password)
    page.click("#send")


def write(page: Page, sites: Sites, text: str) -> None:
    """Fill the form in and go on to the check."""
    page.goto(sites.public("comment"))
    page.fill("#text", text)
    page.check("#privacy")
    page.click("#send")


def send(page: Page) -> Kept:
    """Send what is being checked."""
    button(page, "提交意见").click()
    return receipt(page)


def receipt(page: Page) -> Kept:
    number, code = (page.locator(f"#receipt-{name}").text_content() for name in ("number", "code"))
    return Kept(str(number), str(code))


def look_up(page: Page, sites: Sites, kept: Kept) -> None:
    page.goto(sites.public("status"))
    page.fill("#number", kept.number)
    page.fill("#code", kept.code)
    page.click("#send")


def answer(page: Page, question: str) -> str:
    """Return what a list of questions and answers holds, to the letter."""
    row = page.locator("dl > div").filter(has=page.locator("dt", has_text=question))
    return str(row.locator("dd").first.text_content())
