"""Letters on the pages: looked at, taken in, set aside and taken after all, opened for a reason."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from consult.domain.comment import NewSubmission
from consult.services import vault
from consult.services.admit import Rules
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.run_imports import run_imports
from consult.services.take_letters import take_letters
from consult.store import comments, events, submissions
from tests.conftest import OPEN, SLUG
from tests.mails import WORDS, letter, mbox, part
from tests.web.client import fields

BASE = f"/staff/c/{SLUG}"
AUTO = letter("我在休假。", more=b"Auto-Submitted: auto-replied\n", ident="<auto>")
LETTER = letter(ident="<1>", sender="张三 <Zhang@Example.com>")


def test_a_mailbox_is_looked_at_taken_in_and_what_was_set_aside_taken_after_all(
    client: FlaskClient, published: Office, staff: Callable[..., FlaskClient]
) -> None:
    staff(client)
    values = fields(client.page(f"{BASE}/imports"), 1)
    data = {**values, "file": (BytesIO(mbox([LETTER, AUTO, LETTER])), "导出.txt")}
    sent = client.post(f"{BASE}/imports", data=data, content_type="multipart/form-data")
    page = client.page(sent.headers["Location"])
    said = page.text_content()
    assert "共 3 封邮件" in said
    assert WORDS in said
    assert "自动回复" in said
    assert "zhang@example.com" not in said
    begun = fields(page, 1) | {"act": "begin"}
    assert client.post(sent.headers["Location"], data=begun).status_code == 303
    run_imports(published, now=lambda: OPEN, rules=Rules())
    page = client.page(sent.headers["Location"])
    assert "读到 3 = 收下 1 + 已有 1 + 未收 1" in page.text_content()

    (refused,) = page.xpath("//td/a[contains(@href, '/refused/')]/@href")
    opening = fields(client.page(refused), 1)
    assert client.post(f"{refused}/file", data=opening).status_code == 422
    opened = client.post(f"{refused}/file", data=opening | {"open_why": "核对是不是意见"})
    assert opened.data == AUTO
    assert opened.headers["Content-Disposition"].startswith("attachment")
    last = events.newest(published.store.db, 1, {"refusal-opened"})
    assert last is not None
    assert (last.why, last.actor) == ("核对是不是意见", "handler")
    again = fields(client.page(refused), 2) | {"act": "again"}
    assert client.post(refused, data=again).status_code == 303
    assert "回执编号" in client.page(refused).text_content()
    texts = [item.value.source for item in submissions.active(published.store.db, 1)]
    assert texts == ["导出.txt:1", "导出.txt:2"]


def test_the_same_person_and_the_same_words_by_web_and_mail_are_seen_and_not_merged(
    client: FlaskClient, published: Office, staff: Callable[..., FlaskClient]
) -> None:
    other = NewSubmission("垂钓区太少，请多划几处。", contact="邮箱：ZHANG@example.com")
    receive(published, slug=SLUG, new=other, now=OPEN)
    receive(published, slug=SLUG, new=NewSubmission(f"{WORDS}！"), now=OPEN)
    staff(client)
    values = fields(client.page(f"{BASE}/imports"), 1)
    data = {**values, "file": (BytesIO(LETTER), "a.eml")}
    sent = client.post(f"{BASE}/imports", data=data, content_type="multipart/form-data")
    begun = fields(client.page(sent.headers["Location"]), 1) | {"act": "begin"}
    client.post(sent.headers["Location"], data=begun)
    run_imports(published, now=lambda: OPEN, rules=Rules())
    analyse(published, slug=SLUG, actor="test")

    third = submissions.active(published.store.db, 1)[2].value
    (number,) = [c.number for c in comments.of_submission(published.store.db, third.id)]
    page = client.page(f"{BASE}/comments/{number}")
    shown = [
        "".join(item.itertext()).split()
        for item in page.xpath("//h2[contains(., '同一人或文字雷同')]/following-sibling::ul[1]/li")
    ]
    assert [(line[2], line[-1]) for line in shown] == [
        ("网上填写", "同一人"), ("网上填写", "文字雷同"),
    ]  # fmt: skip
    assert len(submissions.active(published.store.db, 1)) == 3

    (address,) = page.xpath("//a[contains(@href, '/intake/letters/')]/@href")
    form = fields(client.page(address), 1)
    assert client.post(address, data=form).status_code == 422
    opened = client.post(address, data=form | {"why": "核对附件"})
    assert opened.data == LETTER
    last = events.newest(published.store.db, 1, {"letter-opened"})
    assert last is not None
    assert (last.subject, last.why) == (f"submission:{third.number}", "核对附件")


def test_a_letter_that_reads_wrongly_is_read_again(
    client: FlaskClient, published: Office, staff: Callable[..., FlaskClient], tmp_path: Path
) -> None:
    words = "建議在步道上加裝路燈，並把步道加寬到三公尺。"
    data = letter(part(words.encode("big5hkscs"), charset="gb2312", how="8bit"))
    (tmp_path / "a.eml").write_bytes(data)
    take_letters(published, slug=SLUG, path=tmp_path / "a.eml", now=OPEN, actor="li")
    (item,) = submissions.active(published.store.db, 1)
    staff(client)
    opening = client.page(f"{BASE}/intake/letters/{item.value.number}")
    (place,) = opening.xpath("//a[contains(@href, '/encoding')]/@href")
    page = client.page(place)
    assert words in page.text_content()
    chosen = fields(page, 1) | {"codec": "big5hkscs"}
    refused = client.post(place, data=chosen)
    assert (refused.status_code, "请写明重读的理由" in refused.text) == (422, True)
    assert client.post(place, data=chosen | {"why": "乱码"}).status_code == 303
    (again,) = submissions.active(published.store.db, 1)
    assert vault.original(published.keys, again).text == words
