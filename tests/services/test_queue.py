from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.domain.comment import Channel, Speaker
from consult.domain.decision import Ruling, Target
from consult.domain.queue import Certainty, Copies, Order, Progress, Wanted
from consult.domain.triage import Disposition
from consult.services.decide import decide
from consult.services.highlight import highlight
from consult.services.office import Office
from consult.services.queue import everything, neighbours, prepared, queue
from consult.services.relink import relink
from consult.services.tag import tag_comment
from consult.store import comments
from tests.conftest import OPEN, SLUG

NO = Ruling(Disposition.DECLINED, reason="另有规定。")


def wanted_numbers(office: Office, wanted: Wanted, query: str = "") -> list[int]:
    found = prepared(office, slug=SLUG, wanted=wanted, query=query)
    assert found is not None
    return list(everything(office, slug=SLUG, wanted=found))


def walk(
    office: Office, wanted: Wanted, order: Order, *, size: int, backwards: bool = False
) -> Iterator[list[int]]:
    """Yield the numbers of every page, forwards from the first or back from the last."""
    pages = []
    place = None
    while True:
        page = queue(office, slug=SLUG, wanted=wanted, order=order, after=place, size=size)
        pages.append([row.comment.number for row in page.rows])
        place = page.after
        if place is None:
            break
    if not backwards:
        yield from pages
        return
    place = page.before
    yield pages[-1]
    while place is not None:
        page = queue(office, slug=SLUG, wanted=wanted, order=order, before=place, size=size)
        yield [row.comment.number for row in page.rows]
        place = page.before


@pytest.mark.parametrize("order", list(Order))
def test_pages_of_any_size_show_everything_once_and_lead_back(
    analysed: Office, order: Order
) -> None:
    (whole,) = walk(analysed, Wanted(), order, size=50)
    assert sorted(whole) == wanted_numbers(analysed, Wanted())
    for size in (1, 2, 4):
        pages = list(walk(analysed, Wanted(), order, size=size))
        assert [n for page in pages for n in page] == whole
        back = list(walk(analysed, Wanted(), order, size=size, backwards=True))
        assert [n for page in reversed(back) for n in page] == whole


def test_orders_put_first_what_they_say(analysed: Office) -> None:
    def first(order: Order) -> list[int]:
        page = queue(analysed, slug=SLUG, wanted=Wanted(), order=order)
        return [row.comment.number for row in page.rows]

    found = {c.number: c for c in comments.active(analysed.store.db, 1)}
    sizes = Counter(c.theme for c in found.values())
    largest = [sizes[found[n].theme] for n in first(Order.THEME)]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] > largest[-1]
    doubts = [found[n].links[0].confidence if found[n].links else 0 for n in first(Order.DOUBT)]
    assert doubts == sorted(doubts)
    assert first(Order.NEWEST)[0] == max(found)
    assert first(Order.NUMBER) == sorted(found)


def test_each_filter_leaves_what_it_asks_for(analysed: Office) -> None:
    every = wanted_numbers(analysed, Wanted())
    decide(analysed, slug=SLUG, target=Target(comment=1), ruling=NO, actor="wang", seen="0")
    stamp = str(comments.stamps(analysed.store.db, [5])[5])
    relink(analysed, slug=SLUG, number=5, section="2.2", why="x", actor="li", seen=stamp)
    tag_comment(analysed, slug=SLUG, number=5, name="重点", off=False, actor="li")
    staff = Wanted(certainty=Certainty.STAFF)
    for wanted, expected in (
        (Wanted(progress=Progress.DRAFT), [1]),
        (Wanted(progress=Progress.OPEN), [n for n in every if n != 1]),
        (Wanted(disposition=Disposition.DECLINED), [1]),
        (Wanted(channel=Channel.EMAIL), [2, 3, 4]),
        (Wanted(speaker=Speaker.INDIVIDUAL), [5, 6]),
        (Wanted(copies=Copies.MANY), [5, 6]),
        (Wanted(copies=Copies.SINGLE), [n for n in every if n not in {5, 6}]),
        (staff, [5]),
        (Wanted(tag="重点"), [5]),
        (Wanted(sections=("2.2",)), [5, 6]),
        (Wanted(until=OPEN + timedelta(hours=1)), [1]),
        (Wanted(since=OPEN + timedelta(hours=2), until=OPEN + timedelta(hours=4)), [5, 6]),
        (Wanted(attached=True), []),
        (Wanted(held=False), every),
        (Wanted(opened=False), every),
        (replace(staff, progress=Progress.APPROVED), []),
    ):
        assert wanted_numbers(analysed, wanted) == expected, wanted


def test_who_took_a_comment_handles_it_else_who_has_the_desk_of_its_chapter(
    analysed: Office,
) -> None:
    db = analysed.store.db
    db.execute("insert into chapter_desks values (1, '2', 'li', '')")
    db.execute("insert into assignments values (5, 'wang', '', 'li', '')")
    in_two = [c.number for c in comments.active(db, 1) if c.section.startswith("2.")]
    assert wanted_numbers(analysed, Wanted(handler="wang")) == [5]
    assert wanted_numbers(analysed, Wanted(handler="li")) == [n for n in in_two if n != 5]
    assert wanted_numbers(analysed, Wanted(handler="")) != []


def test_a_search_finds_words_of_two_characters_with_every_filter_and_order(
    analysed: Office,
) -> None:
    assert wanted_numbers(analysed, Wanted(), "钓鱼") == [5, 6]
    assert wanted_numbers(analysed, Wanted(channel=Channel.EMAIL), "路灯") == [4]
    assert prepared(analysed, slug=SLUG, wanted=Wanted(), query="，。") is None
    found = prepared(analysed, slug=SLUG, wanted=Wanted(), query="老人 钓鱼")
    assert found is not None
    for order in Order:
        page = queue(analysed, slug=SLUG, wanted=found, order=order, size=1)
        assert (page.total, page.by_section) == (2, {"2.2": 2})
        assert page.after is not None


@pytest.mark.parametrize(
    ("query", "tokens", "marked"),
    [
        ("钓鱼", ["钓鱼"], ["钓鱼"]),
        ("想钓鱼", ["想", "钓鱼"], ["想钓鱼"]),
        ("没有鱼竿", ["没有", "鱼竿"], ["没有"]),
        ("ＦＩＳＨ", ["fish"], ["Fish"]),
        ("公交", ["公交"], []),
    ],
)
def test_what_was_searched_for_is_marked_and_the_text_stays_as_it_is(
    query: str, tokens: list[str], marked: list[str]
) -> None:
    text = "老人想钓鱼没有地方去，Fish。"
    pieces = highlight(text, query, tokens)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.reasons] == marked


def test_the_neighbours_of_a_comment_that_is_done_are_those_around_its_place(
    analysed: Office,
) -> None:
    wanted = Wanted(progress=Progress.OPEN)
    (every,) = walk(analysed, wanted, Order.NUMBER, size=50)
    decide(analysed, slug=SLUG, target=Target(comment=every[1]), ruling=NO, actor="w", seen="0")
    around = neighbours(analysed, slug=SLUG, wanted=wanted, order=Order.NUMBER, number=every[1])
    assert (around.before, around.after) == (every[0], every[2])
    assert around.total == len(every) - 1


def test_a_decision_on_a_theme_shows_on_its_comments_and_goes_with_it(analysed: Office) -> None:
    comment, _ = comments.one(analysed.store.db, 1, 5)
    target = Target(theme=comment.theme or 0)
    done = decide(analysed, slug=SLUG, target=target, ruling=NO, actor="wang", seen="0")
    assert wanted_numbers(analysed, Wanted(progress=Progress.DRAFT)) == [5, 6]
    decide(
        analysed, slug=SLUG, target=target, ruling=NO, actor="wang", seen=str(done.id),
        submit=True, exceptions={6},
    )  # fmt: skip
    assert wanted_numbers(analysed, Wanted(progress=Progress.REVIEW)) == [5]
    assert wanted_numbers(analysed, Wanted(progress=Progress.DRAFT)) == []
