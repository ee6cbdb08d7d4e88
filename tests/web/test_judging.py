from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.domain.sample import Size
from consult.domain.triage import Role
from consult.services.draw_sample import draw_sample
from consult.services.office import Office
from consult.web.access import ACCESS, BLIND, PUBLIC
from tests.conftest import SLUG
from tests.services.asks import FISHING, LITTER, NIGHT, run, send
from tests.services.test_quality import answer_all
from tests.web.client import fields
from tests.web.test_access import VALUES

QUALITY = f"/staff/c/{SLUG}/quality"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def desks(published: Office, app: Flask, staff: Staff) -> tuple[FlaskClient, FlaskClient]:
    """Two people at their desks: ``handler`` and ``manager``."""
    send(published, *FISHING, *NIGHT, *LITTER)
    run(published)
    pair = (app.test_client(), app.test_client())
    staff(pair[0], Role.HANDLER)
    staff(pair[1], Role.MANAGER)
    return pair


def drawn(office: Office) -> int:
    return draw_sample(office, slug=SLUG, size=Size(10, 4, 2), seed="1",
                       coders=("handler", "manager"), actor="manager")  # fmt: skip


def test_a_sample_is_drawn_judged_and_read_without_scripts(
    desks: tuple[FlaskClient, FlaskClient], published: Office
) -> None:
    handler, manager = desks
    sent = manager.fill(QUALITY, first="handler", second="manager", comments=10, pairs=4, labels=2)
    answer = manager.post(QUALITY, data=sent)
    assert answer.location == f"{QUALITY}/1"
    for client in desks:
        page = client.page(f"{QUALITY}/1/judge")
        wrong = client.post(f"{QUALITY}/1/judge", data=fields(page))
        assert wrong.status_code == 422  # nothing chosen
        while True:
            response = client.get(f"{QUALITY}/1/judge")
            if response.status_code == 302:
                break
            page = html.fromstring(response.text)
            values = [
                *page.xpath("//select//option/@value"),
                *page.xpath("//input[@type='radio']/@value"),
            ]
            said = fields(page) | {"answer": "2.2" if "2.2" in values else values[0]}
            assert client.post(f"{QUALITY}/1/judge", data=said).status_code == 303
    text = " ".join(handler.page(f"{QUALITY}/1").find(".//main").text_content().split())
    assert "两个人之间 7 / 7（100%，65%–100%）" in text
    assert "F1 为 0.75" in text
    assert handler.get(f"{QUALITY}/1/coding.csv").text.count("\n") > 7
    assert handler.get(f"{QUALITY}/1/coding.json").json["sample"]["state"] == "done"


def test_who_judges_can_fetch_nobodys_answer_before_both_are_done(
    desks: tuple[FlaskClient, FlaskClient], app: Flask, published: Office
) -> None:
    """Every page of the consultation is closed but those that hold no answer: new ones too."""
    sample = drawn(published)
    values = {**VALUES, "number": 1, "code": "2.2"}
    answer_all(published, sample, "manager")
    handler = desks[0]
    opened = set()
    for rule in app.url_map.iter_rules():
        if (
            "GET" not in rule.methods
            or ACCESS[rule.endpoint] == PUBLIC
            or "slug" not in rule.arguments
        ):
            continue
        with app.test_request_context():
            address = app.url_for(
                rule.endpoint, **{n: values.get(n, "csv") for n in rule.arguments}
            )
        if handler.get(address).status_code != 403:
            opened.add(rule.endpoint)
    assert opened == {"staff.quality", "staff.sample", "staff.question"}
    assert opened <= BLIND
    for place in (f"{QUALITY}/{sample}", f"{QUALITY}/{sample}/judge", QUALITY):
        text = handler.page(place).find(".//main").text_content()
        assert "系统与两人" not in text
        assert "置信区间" not in text
    refused = handler.get(f"/staff/c/{SLUG}/comments/1")
    assert (refused.status_code, "盲法核对" in refused.text) == (403, True)


def test_everything_is_open_again_once_both_are_done(
    desks: tuple[FlaskClient, FlaskClient], published: Office
) -> None:
    sample = drawn(published)
    answer_all(published, sample, "manager")
    answer_all(published, sample, "handler")
    assert desks[0].get(f"/staff/c/{SLUG}/comments/1").status_code == 200


def test_a_judge_can_stop_and_a_stranger_cannot_stop_them(
    desks: tuple[FlaskClient, FlaskClient], app: Flask, published: Office, staff: Staff
) -> None:
    sample = drawn(published)
    viewer = staff(app.test_client(), Role.VIEWER)
    token = fields(viewer.page(QUALITY), 0)
    assert viewer.post(f"{QUALITY}/{sample}/leave", data=token).status_code == 404
    assert viewer.post(f"{QUALITY}/{sample}/drop", data=token).status_code == 403
    assert viewer.get(f"{QUALITY}/{sample}/judge").status_code == 404
    page = desks[0].page(f"{QUALITY}/{sample}")
    form = page.forms[-1]
    assert desks[0].post(str(form.action), data=fields(page, form)).location == QUALITY
    assert desks[0].get(f"/staff/c/{SLUG}/").status_code == 200


def test_a_bad_number_is_said_beside_its_field(
    desks: tuple[FlaskClient, FlaskClient], published: Office
) -> None:
    manager = desks[1]
    for bad in ("9", "x", ""):
        sent = manager.fill(QUALITY, comments=bad, first="handler", second="manager")
        answer = manager.post(QUALITY, data=sent)
        assert answer.status_code == 422
        assert html.fromstring(answer.text).get_element_by_id("comments-error") is not None


def test_machine_figures_are_marked_as_such_and_pages_speak_english(
    desks: tuple[FlaskClient, FlaskClient], published: Office
) -> None:
    from tests.web.test_language import chinese_outside_of_content

    assert "只是系统自评" in desks[0].page(QUALITY).find_class("note")[0].text_content()
    sample = drawn(published)
    for client in desks:
        client.get("/?lang=en")
        for place in (QUALITY, f"{QUALITY}/{sample}", f"{QUALITY}/{sample}/judge"):
            assert chinese_outside_of_content(client.page(place)) == [], place
    answer_all(published, sample, "handler")
    answer_all(published, sample, "manager")
    assert chinese_outside_of_content(desks[0].page(f"{QUALITY}/{sample}")) == []
