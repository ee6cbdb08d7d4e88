"""One comment into several and back on the pages; each part gets an answer of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.services.answers import answers
from consult.services.office import Office
from consult.store import comments
from tests.web.client import fields

HOME = "/staff/c/river-2024"
ONE = f"{HOME}/comments/1"
Staff = Callable[..., FlaskClient]


def texts(office: Office) -> dict[int, str]:
    return {c.number: c.text for c in comments.active(office.store.db, 1)}


def cut(client: FlaskClient) -> list[str]:
    """Cut the first comment behind its first clause; return the addresses of the parts."""
    page = client.page(f"{ONE}/split")
    (place,) = page.xpath("//input[@name='at']/@value")
    made = client.post(f"{ONE}/split", data=client.form(f"{ONE}/split", "/split") | {"at": place})
    assert made.status_code == 303
    gone = client.page(ONE, status=410)
    return [a.get("href") for a in gone.xpath("//main//li/a")]


def test_each_part_of_a_comment_gets_its_own_answer(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    before = texts(published)
    parts = cut(staff(client))
    assert texts(published) == {
        2: before[2], 3: "建议沿河多装路灯，", 4: "晚上散步太黑。",
    }  # fmt: skip
    for part, ruling in zip(
        parts, ({"disposition": "adopted"}, {"disposition": "noted", "reason": "已知悉。"}),
        strict=True,
    ):  # fmt: skip
        sent = client.form(part, "/settle") | {"reason": "", "act": "submit"} | ruling
        assert client.post(f"{part}/settle", data=sent).status_code == 303
    found = answers(published, [3, 4], approved=False)
    assert {n: d.ruling.disposition.value for n, d in found.items()} == {3: "adopted", 4: "noted"}


def test_what_was_cut_is_joined_under_its_old_number_and_the_cut_can_be_undone(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    before = texts(published)
    first, _ = cut(staff(client))
    sent = client.form(f"{first}/join", "/join") | {"numbers": "4"}
    assert client.post(f"{first}/join", data=sent).location.startswith(f"{ONE}?")
    assert texts(published) == before
    place = client.page(f"{ONE}/split").xpath("//input[@name='at']/@value")[0]
    made = client.post(f"{ONE}/split", data=client.form(f"{ONE}/split", "/split") | {"at": place})
    undo = client.page(made.location).xpath("//form[contains(@action, '/undo')]/@action")[0]
    assert client.post(undo, data=client.form(made.location, undo)).status_code == 303
    assert texts(published) == before


def test_what_cannot_be_cut_or_joined_is_said_and_changes_nothing(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    before = texts(published)
    staff(client)
    for act, field in (("split", "at"), ("join", "numbers")):
        answer = client.post(f"{ONE}/{act}", data=client.form(f"{ONE}/{act}", f"/{act}"))
        links = html.fromstring(answer.text).xpath("//*[@id='error-summary']//a/@href")
        assert (answer.status_code, links) == (422, [f"#{field}"])
    stale = client.form(f"{ONE}/split", "/split") | {"seen": "0", "at": "9"}
    answer = client.post(f"{ONE}/split", data=stale)
    page = html.fromstring(answer.text)
    assert answer.status_code == 409
    assert page.xpath("//input[@name='at']/@checked") == ["checked"]
    assert texts(published) == before
    assert client.post(f"{ONE}/split", data=fields(page)).status_code == 303
