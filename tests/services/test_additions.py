"""What signers add to a letter: a comment of its own, counted once, with its lineage."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.families import FamilyFinder
from consult.domain.comment import Comment, Link, NewSubmission, Origin
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.compile import compile_register
from consult.services.lift import Lift, Region
from consult.services.office import Office
from consult.services.overview import overview
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.resplit import reconcile
from consult.store import comments, families
from tests.conftest import OPEN, SLUG

LETTER = (
    "每年七月涨水，地下室都要淹一回，去年还冲走了两辆电瓶车。"
    "社区说抽水机要从城东调，等调来水都退了。建议在老街配两台固定的抽水机，"
    "由社区派专人看管，汛期前检修一次，费用由街道承担。"
)
STORY = "我家的冰箱去年泡坏了，修理花了六百块。"
ASK = "步道上的路灯到十点就关，请改到十二点。"
MIDDLE = LETTER.replace("社区说", STORY + "社区说")


def send(office: Office, *texts: str) -> None:
    before = len(comments.active(office.store.db, 1))
    for place, text in enumerate(texts):
        now = OPEN + timedelta(minutes=before + place)
        receive(office, slug=SLUG, new=NewSubmission(text=text), now=now)
    analyse(office, slug=SLUG, actor="test")


def listed(office: Office) -> dict[int, tuple[str, int | None]]:
    """Return text and lineage of the listed comments by number."""
    return {c.number: (c.text, c.added_to) for c in comments.active(office.store.db, 1)}


@pytest.fixture
def campaign(published: Office) -> Office:
    send(published, LETTER, LETTER, LETTER + ASK, MIDDLE)
    return published


def test_an_addition_is_a_comment_of_its_own_with_its_lineage(campaign: Office) -> None:
    (family,) = families.every(campaign.store.db, 1)

    assert sorted(listed(campaign).values(), key=str) == sorted(
        [(LETTER, None)] * 4 + [(ASK, family.id), (STORY, family.id)], key=str
    )
    assert [listed(campaign)[number][0] for number in family.members] == [LETTER] * 4


def test_comments_of_one_submission_share_no_character_and_lose_no_word(campaign: Office) -> None:
    for submission, text in ((3, LETTER + ASK), (4, MIDDLE)):
        own = comments.of_submission(campaign.store.db, submission)
        places = sorted(piece for comment in own for piece in comment.pieces)
        assert "".join(text[a:b] for a, b in places) == text


def test_additions_are_counted_like_any_other_comment(campaign: Office) -> None:
    view = overview(campaign, slug=SLUG)

    assert (view.counts.submissions, view.counts.texts, view.counts.comments) == (4, 3, 6)
    assert view.accounting.balanced


def test_a_second_run_changes_nothing(campaign: Office) -> None:
    before = listed(campaign)

    report = analyse(campaign, slug=SLUG, actor="test")

    assert (report.added, report.superseded, listed(campaign)) == (0, 0, before)


def test_a_letter_that_turns_out_to_be_one_of_many_gives_its_addition_up(
    published: Office,
) -> None:
    send(published, MIDDLE)
    (whole,) = listed(published)
    send(published, LETTER, LETTER)

    assert whole not in listed(published)
    assert sorted(text for text, _ in listed(published).values()) == sorted([LETTER] * 3 + [STORY])


def test_a_letter_that_staff_placed_before_keeps_its_span_and_number(published: Office) -> None:
    send(published, LETTER + STORY)
    (whole,) = listed(published)
    place(published, whole)
    send(published, LETTER, LETTER)

    assert listed(published)[whole] == (LETTER + STORY, None)
    assert STORY not in [text for text, _ in listed(published).values()]


def test_an_addition_that_staff_placed_stays_when_the_letter_stands_alone(
    published: Office,
) -> None:
    send(published, LETTER, LETTER, LETTER + ASK)
    number = next(n for n, (text, _) in listed(published).items() if text == ASK)
    letter = next(
        c.number for c in comments.of_submission(published.store.db, 3) if c.number != number
    )
    place(published, number)
    published.store.db.execute("update submissions set state = 'withdrawn' where id in (1, 2)")
    published.store.db.execute("update comments set state = 'withdrawn' where submission < 3")
    analyse(published, slug=SLUG, actor="test")

    assert listed(published) == {letter: (LETTER, None), number: (ASK, None)}


def place(office: Office, number: int) -> None:
    row = comment_detail(office, slug=SLUG, number=number).row
    relink(office, slug=SLUG, number=number, section="1.2", why="", actor="li", seen=row.seen)


def test_the_register_names_family_and_lineage(campaign: Office) -> None:
    register = compile_register(campaign, slug=SLUG, as_of=OPEN + timedelta(days=30))
    (facts,) = register.families
    rows = {row.text: row for row in register.rows}

    assert (rows[ASK].family, rows[ASK].added_to) == (None, facts.id)
    assert (rows[LETTER].family, rows[LETTER].added_to, rows[LETTER].similar) == (facts.id, None, 4)
    assert facts.added == (rows[ASK].number, rows[STORY].number)


def test_a_family_keeps_its_number_from_run_to_run(campaign: Office) -> None:
    (before,) = families.every(campaign.store.db, 1)
    send(
        campaign,
        "尊敬的领导：" + LETTER,
        *["垂钓区划得太少，老人想钓鱼没有地方去，请增加两处。"] * 2,
    )

    first, second = families.every(campaign.store.db, 1)

    assert (first.id, first.base, len(first.members)) == (before.id, before.base, 5)
    assert second.id > first.id


def test_points_of_a_campaign_letter_are_no_additions_and_short_votes_no_letters(
    published: Office,
) -> None:
    points = f"1、{LETTER}\n2、{ASK}\n3、水质监测结果请每周公布一次，不要一个月。"
    send(published, points, points, "支持", "支持。\n另外，垂钓区划得太少，请增加两处。")

    assert [added for _, added in listed(published).values()] == [None] * 8


def comment(number: int, start: int, end: int, *, staff: bool = False) -> Comment:
    links = (Link("1.1", Origin.STAFF if staff else Origin.INFERRED, 1.0),)
    return Comment(number, 1, start, end, "", links)


def test_where_a_frozen_span_bars_a_new_one_what_stood_there_stays() -> None:
    existing = [comment(1, 0, 10), comment(2, 10, 20, staff=True), comment(3, 20, 30)]

    found = reconcile(existing, [Region(0, 20), Region(20, 28)])

    assert [c.number for c in found.kept] == [1, 2]
    assert (found.added, found.superseded) == ((Region(20, 28),), (3,))


@given(st.permutations([LETTER, LETTER + ASK, MIDDLE, STORY + LETTER, STORY]))
def test_regions_share_no_character_and_are_the_same_in_any_order(texts: list[str]) -> None:
    spans = [[(0, len(text))] for text in texts]

    found = Lift([*texts, LETTER], [*spans, [(0, len(LETTER))]], FamilyFinder()).regions()

    for place, regions in found.items():
        text = texts[place]
        pieces = sorted(piece for region in regions for piece in region.pieces)
        assert "".join(text[a:b] for a, b in pieces) == text
        assert sorted(r.letter is None for r in regions) == [False, True]
    assert sorted(texts[place] for place in found) == sorted([LETTER + ASK, MIDDLE, STORY + LETTER])
