"""What is known about a family, and what staff see of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.diff import Act
from consult.domain.comment import Channel, NewSubmission
from consult.domain.digest import Counts
from consult.domain.errors import NotFound
from consult.domain.family import Family
from consult.services.analyse import analyse
from consult.services.family_facts import HOUR, busiest, every_family
from consult.services.family_view import family_list, family_view
from consult.services.keep_families import inherit
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG
from tests.services.test_additions import ASK, LETTER

MINUTE = timedelta(minutes=1)
SENT = [
    NewSubmission(LETTER, received=OPEN, contact="13800000001"),
    NewSubmission(LETTER, received=OPEN + 10 * MINUTE, contact="13800000001"),
    NewSubmission(
        LETTER.replace("两辆电瓶车", "一辆摩托车"), Channel.EMAIL, received=OPEN + 60 * MINUTE
    ),
    NewSubmission(LETTER + ASK, received=OPEN + timedelta(days=3)),
    NewSubmission("垂钓区划得太少，老人想钓鱼没有地方去，请增加两处。", received=OPEN),
]


@pytest.fixture
def sent(published: Office) -> Office:
    for new in SENT:
        receive(published, slug=SLUG, new=new, now=OPEN + timedelta(days=4))
    analyse(published, slug=SLUG, actor="test")
    return published


def test_facts_count_people_submissions_wordings_and_comments(sent: Office) -> None:
    (facts,) = every_family(sent, 1, "Asia/Shanghai")

    assert facts.counts == Counts(people=3, submissions=4, texts=2, comments=4)
    assert facts.channels == ((Channel.WEB, 3), (Channel.EMAIL, 1))
    assert (facts.base, len(facts.members), len(facts.added)) == (1, 4, 1)


def test_facts_tell_when_it_came_and_how_fast(sent: Office) -> None:
    (facts,) = every_family(sent, 1, "Asia/Shanghai")

    assert (facts.first, facts.last) == (OPEN, OPEN + timedelta(days=3))
    assert facts.first.tzinfo == ZoneInfo("Asia/Shanghai")
    assert (facts.peak, facts.peak_from) == (0.75, OPEN)


@given(st.lists(st.integers(0, 600), min_size=1, max_size=30))
def test_no_hour_holds_more_than_the_busiest(minutes: list[int]) -> None:
    times = sorted(datetime(2024, 5, 1, tzinfo=UTC) + MINUTE * m for m in minutes)

    start, most = busiest(times)

    held = {moment: sum(moment <= t <= moment + HOUR for t in times) for moment in times}
    assert most == max(held.values())
    assert start == min(moment for moment, count in held.items() if count == most)


def test_the_list_shows_each_family_with_its_base_text(sent: Office) -> None:
    page = family_list(sent, slug=SLUG, page=9)

    assert [(line.text, line.facts.base) for line in page.lines] == [(LETTER, 1)]
    assert (page.page, page.pages, page.total) == (1, 1, 1)


def test_a_family_shows_what_each_wording_makes_of_the_base(sent: Office) -> None:
    (line,) = family_list(sent, slug=SLUG).lines
    view = family_view(sent, slug=SLUG, number=line.facts.id)
    (wording,) = view.wordings

    edits = [
        (LETTER[p.base_start : p.base_end], wording.text[p.start : p.end])
        for p in wording.pieces
        if p.act is Act.REPLACED
    ]
    assert (view.same, wording.numbers) == ((1, 2, 4), (3,))
    assert edits == [("两", "一"), ("电瓶", "摩托")]
    assert [row.comment.text for row in view.added] == [ASK]


def test_an_unknown_family_is_not_found(sent: Office) -> None:
    with pytest.raises(NotFound):
        family_view(sent, slug=SLUG, number=99)


def test_a_family_goes_on_with_the_id_it_shares_most_with() -> None:
    before = [Family(1, (1, 2, 3)), Family(2, (4, 5)), Family(3, (6, 7))]

    assert inherit(before, [(4, 5, 1), (2, 3, 8), (9, 10), (6, 11, 12)]) == [2, 1, None, 3]
