"""One press takes a proposal of the machine; nobody's change is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Evidence, Link, Origin, Receipt
from consult.domain.triage import Role
from consult.services.browse import comment_detail
from consult.services.office import Office
from consult.services.relink import relink
from consult.settings import Settings
from consult.store import comments, consultations
from tests.web.client import fields

COMMENT = "/staff/c/river-2024/comments/1"
LEARNING = "/staff/c/river-2024/learning"
Staff = Callable[..., FlaskClient]


def where(office: Office) -> str:
    return comment_detail(office, slug="river-2024", number=1).row.comment.section


def form_of(page: html.HtmlElement) -> html.HtmlElement:
    (found,) = [*page.find_class("suggestions"), *page.find_class("proposals")]
    return found


def flat(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def press(client: FlaskClient, page: html.HtmlElement, place: int) -> object:
    form = form_of(page)
    button = form.findall(".//button")[place]
    return client.post(
        form.get("action"), data={**dict(form.form_values()), "section": button.get("value")}
    )


def test_a_comment_offers_its_proposals_as_buttons_with_keys(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    form = form_of(staff(client).page(COMMENT))
    assert [flat(button) for button in form.findall(".//button")] == [
        "1 二、（一）步道建设 42%",
        "2 二、（三）绿化养护 20%",
    ]


def test_one_press_decides_and_says_so(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(COMMENT)
    answer = press(client, page, 1)
    after = client.page(COMMENT)
    assert (answer.status_code, answer.location) == (303, f"{COMMENT}?done=1")
    assert where(published) == "2.3"
    assert flat(form_of(after).findall(".//button")[0]) == "1 二、（三）绿化养护 工作人员确认"
    assert flat(after.xpath("//ol[@class='history']/li")[-1]).endswith("理由：采纳系统的建议")


def test_on_the_page_of_the_doubtful_one_press_goes_on_to_the_next(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    answer = press(client, staff(client).page(LEARNING), 0)
    after = client.page(answer.location)
    assert answer.location == f"{LEARNING}?done=1"
    assert flat(after.xpath("//*[@role='status']")[0]) == "意见 1 已归到 二、（一）步道建设。 查看"
    assert where(published) == "2.1"
    assert after.find_class("suggestions") == []


def test_a_list_of_a_section_comes_back_to_itself(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    address = "/staff/c/river-2024/sections/2.1"
    answer = press(client, staff(client).page(address), 0)
    assert answer.location == f"{address}#c1"


def test_the_slower_of_two_sees_both(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(COMMENT)
    seen = comment_detail(published, slug="river-2024", number=1).row.seen
    relink(published, slug="river-2024", number=1, section="1.2", why="先", actor="wang", seen=seen)
    answer = press(client, page, 1)
    shown = html.fromstring(answer.text)
    assert answer.status_code == 409
    assert where(published) == "1.2"
    assert fields(shown)["section"] == "2.3"
    assert client.post(f"{COMMENT}/section", data=fields(shown)).status_code == 303
    assert where(published) == "2.3"


def test_a_section_that_is_not_there_changes_nothing(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    form = form_of(staff(client).page(COMMENT))
    data = {**dict(form.form_values()), "section": "9.9"}
    assert client.post(form.get("action"), data=data).status_code == 422
    assert client.post(form.get("action"), data={**data, "csrf_token": "x"}).status_code == 400
    assert where(published) == "2.1"


def test_who_only_reads_is_offered_nothing(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    assert staff(client, Role.VIEWER).page(COMMENT).find_class("proposals") == []


def test_above_the_offices_threshold_nobody_is_asked(
    make_app: Callable[..., Flask], settings: Settings, received: Receipt, staff: Staff
) -> None:
    client = make_app(settings=replace(settings, threshold=0.4)).test_client()
    assert staff(client).page("/staff/c/river-2024/sections/2.1").find_class("suggestions") == []


def test_reasons_are_numbered_and_marked_and_contradictions_warn(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    db = published.store.db
    identifier, _ = consultations.find(db, "river-2024")
    (known,) = comments.by_numbers(db, identifier, [1])
    evidence = (
        Evidence("conflict", "沿河", "一、（二）水质监测", 2, 4, 0.6),
        Evidence("concept", "路灯", "路灯", 6, 8, 0.5),
    )
    link = Link("2.1", Origin.INFERRED, 0.42, evidence)
    with published.store.write():
        comments.set_links(db, replace(known, links=(link,)), run=1)

    page = staff(client).page(COMMENT)
    why = page.find_class("section-text")[0]

    assert flat(why.xpath("./h3/following-sibling::p")[0]) == (
        "系统认为属于 二、（一）步道建设，把握 42%。 其次是 二、（三）绿化养护（20%），"
        "相差 22 个百分点：难分高下。"
    )
    assert flat(why.find_class("conflict-note")[0]) == (
        "注意：写的是“沿河”，内容更像“二、（一）步道建设”，请核对"
    )
    both = [*page.find_class("comment-text"), *why.find_class("section-words")]
    marked = [[flat(mark) for mark in side.findall(".//mark")] for side in both]
    assert marked == [["沿河1", "路灯2"], ["路灯2"]]
