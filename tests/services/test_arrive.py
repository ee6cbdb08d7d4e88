from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from consult.domain.comment import Comment, NewSubmission
from consult.domain.theme import Membership
from consult.services.adopt_theme import adopt_theme
from consult.services.analyse import analyse
from consult.services.arrive import Arrivals
from consult.services.confirm_members import confirm_members
from consult.services.office import Office
from consult.services.overview import overview
from consult.services.receive import receive
from consult.services.theme_view import theme_view
from consult.store import comments, runs, submissions
from tests.conftest import OPEN, SLUG
from tests.services.asks import FISHING, LITTER, NIGHT, members, of, run, seen, send

MORE = "希望多划几处垂钓区，老人想钓鱼没有地方去。"
FAR = "垂钓证的工本费应当取消。"


@pytest.fixture
def asked(published: Office) -> Office:
    send(published, *FISHING, *NIGHT, *LITTER)
    run(published)
    return published


@pytest.fixture
def arrivals(asked: Office) -> Arrivals:
    return Arrivals(asked, train=lambda mapping, known: mapping.taught(list(known)))


def listed(office: Office) -> dict[int, Comment]:
    return {c.number: c for c in comments.active(office.store.db, 1)}


def elsewhere(office: Office, act: Callable[[], object]) -> None:
    """Act on another connection, as another process would."""
    thread = threading.Thread(target=lambda: (act(), office.store.close()))
    thread.start()
    thread.join()


def come(office: Office, *texts: str) -> None:
    elsewhere(office, lambda: send(office, *texts))


def test_what_comes_in_is_placed_for_now_and_marked(asked: Office, arrivals: Arrivals) -> None:
    come(asked, MORE)
    assert arrivals() == 1
    placed = listed(asked)[8]
    assert (placed.section, placed.theme, placed.provisional) == ("2.2", of(asked, 1), True)
    assert placed.links[0].confidence > 0
    assert overview(asked, slug=SLUG).accounting.awaiting == 0
    view = theme_view(asked, slug=SLUG, number=placed.theme or 0)
    assert [m.membership for m in view.members][-1] is Membership.PROVISIONAL
    assert view.line.provisional == 1
    come(asked)
    assert arrivals() == 0


def test_the_next_run_confirms_it_under_the_same_number(asked: Office, arrivals: Arrivals) -> None:
    come(asked, MORE)
    arrivals()
    run(asked)
    assert of(asked, 8) == of(asked, 1)
    assert (listed(asked)[8].provisional, len(listed(asked))) == (False, 8)


def test_what_is_near_to_nothing_stands_alone(asked: Office, arrivals: Arrivals) -> None:
    come(asked, FAR)
    arrivals()
    assert (listed(asked)[8].section, listed(asked)[8].theme) == ("2.2", None)


LETTER = (
    "老街口每逢下雨就积水，去年七月水漫进了三十户人家。建议在街口装两台排水泵，"
    "再把下水道的口子加宽一倍，请今年雨季以前完工。"
)


def families_of(office: Office) -> dict[int, int | None]:
    return {number: comment.family for number, comment in listed(office).items()}


def test_a_copy_of_a_letter_joins_its_family_for_now(published: Office) -> None:
    send(published, *FISHING, LETTER, LETTER.replace("三十户", "二十多户"))
    run(published)
    arrivals = Arrivals(published, train=lambda mapping, known: mapping.taught(list(known)))
    letter = listed(published)[4]
    assert letter.family is not None
    come(published, "我也是老街的。" + LETTER, LETTER.replace("建议在", "不建议在"), FAR)
    arrivals()
    found = listed(published)
    assert families_of(published) == {
        1: None, 2: None, 3: None, 4: letter.family, 5: letter.family,
        6: letter.family, 7: None, 8: None,
    }  # fmt: skip
    assert (found[6].theme, found[6].provisional) == (letter.theme, True)
    run(published)
    assert families_of(published)[6] == letter.family
    assert not listed(published)[6].provisional


def test_before_the_first_run_nothing_is_placed(published: Office) -> None:
    arrivals = Arrivals(published, train=lambda mapping, known: mapping.taught(list(known)))
    send(published, *FISHING)
    assert arrivals() == 0
    assert listed(published) == {}


def test_a_letter_of_several_points_is_split(asked: Office, arrivals: Arrivals) -> None:
    new = NewSubmission(text="1、垂钓区太少，请多划几处。\n2、步道上的路灯太暗，请加装路灯。")
    elsewhere(asked, lambda: receive(asked, slug=SLUG, new=new, now=OPEN))
    arrivals()
    assert [listed(asked)[number].section for number in (8, 9)] == ["2.2", "2.1"]
    before = {n: c.text for n, c in listed(asked).items()}
    run(asked)
    assert {n: c.text for n, c in listed(asked).items()} == before


def test_what_is_placed_while_a_run_computes_is_neither_lost_nor_doubled(
    asked: Office, arrivals: Arrivals
) -> None:
    """The run has read the first of two already, and knows nothing of the second."""
    come(asked, MORE)

    def meanwhile(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("group", 1):
            come(asked, FAR)
            elsewhere(asked, arrivals)

    analyse(asked, slug=SLUG, actor="slow", progress=meanwhile)
    found = listed(asked)
    assert [(n, c.text, c.provisional) for n, c in found.items()][7:] == [
        (8, MORE, False), (9, FAR, True),
    ]  # fmt: skip
    run(asked)
    assert [c.provisional for c in listed(asked).values()] == [False] * 9
    assert sorted(listed(asked)) == list(range(1, 10))


def test_a_run_that_ended_meanwhile_leaves_nothing_to_place(
    asked: Office, arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(asked, MORE)
    original = submissions.unplaced

    def late(*args: object, **kwargs: object) -> bool:
        return False if len(listed(asked)) == 7 else original(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(submissions, "unplaced", late)
    arrivals()
    assert len(listed(asked)) == 7
    run(asked)
    assert (len(listed(asked)), runs.latest(asked.store.db, 1)) == (8, 2)


def test_what_comes_to_an_adopted_theme_is_never_a_member_before_somebody_says_so(
    asked: Office, arrivals: Arrivals
) -> None:
    number = of(asked, 1) or 0
    adopt_theme(asked, slug=SLUG, theme=number, actor="li", seen=seen(asked, number))
    come(asked, MORE)
    arrivals()
    assert (listed(asked)[8].theme, listed(asked)[8].pinned) == (number, None)
    confirm_members(asked, slug=SLUG, theme=number, numbers=(8,), belong=True, actor="li",
                    seen=seen(asked, number))  # fmt: skip
    assert run(asked)[number] == (1, 2, 3, 8)
    assert members(asked)[number] == (1, 2, 3, 8)
