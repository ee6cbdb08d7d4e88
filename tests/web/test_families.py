"""The pages of near-duplicates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consult.domain.comment import NewSubmission
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG
from tests.services.test_additions import ASK, LETTER, STORY

HOME = "/staff/c/river-2024"
Staff = Callable[..., FlaskClient]
TEXTS = [
    LETTER,
    LETTER.replace("两辆", "三辆"),
    LETTER.replace("社区说", STORY + "社区说"),
    LETTER + ASK,
    "<b>" + LETTER,
]


@pytest.fixture
def reader(client: FlaskClient, published: Office, staff: Staff) -> FlaskClient:
    for place, text in enumerate(TEXTS):
        now = OPEN + timedelta(minutes=place)
        receive(published, slug=SLUG, new=NewSubmission(text=text), now=now)
    analyse(published, slug=SLUG, actor="test")
    return staff(client)


def flat(element: object) -> str:
    return " ".join(element.text_content().split())


def test_the_list_leads_to_each_family(reader: FlaskClient) -> None:
    (link,) = reader.page(f"{HOME}/families").xpath("//ol[@class='themes']//a")
    page = reader.page(link.get("href"))

    (facts,) = page.xpath("//dl[contains(@class, 'facts')]")
    assert flat(page.xpath("//h1")[0]) == "第 1 组雷同件"
    assert flat(facts).startswith(
        "数量 5 人，5 份来件，3 种写法，5 条意见 渠道 网上填写 5 时间 最早"
    )
    assert flat(facts).endswith("内收到 100%")


def test_edits_say_in_words_what_they_are(reader: FlaskClient) -> None:
    page = reader.page(f"{HOME}/families/1")
    changes = page.xpath("//p[contains(@class, 'changed')]//*[self::del or self::ins]")

    assert sorted(map(flat, changes)) == ["删两", "增<b>", "增三"]


def test_additions_are_listed_with_their_sections_and_lead_back(reader: FlaskClient) -> None:
    page = reader.page(f"{HOME}/families/1")
    added = [flat(element) for element in page.xpath("//li//p[@class='own-words']")]
    (link, *_) = page.xpath("//li//h3[@class='comment-number']/a")
    own = reader.page(link.get("href"))

    assert sorted(added) == sorted([STORY, ASK])
    assert [flat(a) for a in own.xpath("//a[@class='origin']")] == ["附在第 1 组雷同件上的意见"]


def test_a_letter_is_marked_in_its_submission_without_what_was_added(reader: FlaskClient) -> None:
    page = reader.page(f"{HOME}/families/1")
    link = next(a for a in page.xpath("//a[@class='cite']") if int(a.text) == 3)
    (whole,) = reader.page(link.get("href")).xpath("//details[contains(summary, '来件全文')]")
    marks = whole.xpath("./p/mark")

    assert "".join(mark.text_content() for mark in marks) == LETTER


def test_an_unknown_family_is_not_found(reader: FlaskClient) -> None:
    assert reader.get(f"{HOME}/families/99").status_code == 404


def test_without_families_the_page_says_so(client: FlaskClient, staff: Staff) -> None:
    page = staff(client).page(f"{HOME}/families")

    assert [flat(note) for note in page.xpath("//p[@class='note']")] == ["没有发现雷同件。"]
