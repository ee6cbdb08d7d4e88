from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.domain.errors import Conflict, ConsultError, InputRefused, NotFound
from consult.domain.theme import ThemeState
from consult.services.adopt_theme import adopt_theme
from consult.services.browse import comment_detail
from consult.services.confirm_members import confirm_members
from consult.services.keep_apart import keep_apart
from consult.services.merge_themes import merge_themes
from consult.services.move_comment import ALONE, move_comment
from consult.services.office import Office
from consult.services.relink import relink
from consult.services.split_theme import split_theme
from consult.services.undo_theme_decision import undo_theme_decision
from consult.store import comments, events, theme_decisions
from tests.conftest import SLUG
from tests.services.asks import FISHING, LITTER, NIGHT, members, of, run, seen, send, theme

FIRST, AT_NIGHT, BINS = (1, 2, 3), (4, 5), (6, 7)


@pytest.fixture
def asked(published: Office) -> Office:
    """Three themes of a section: places to fish (1–3), fishing at night (4, 5), litter (6, 7)."""
    send(published, *FISHING, *NIGHT, *LITTER)
    assert sorted(run(published).values()) == [FIRST, AT_NIGHT, BINS]
    return published


def stamp(office: Office, number: int) -> str:
    return comment_detail(office, slug=SLUG, number=number).row.seen


def newest(office: Office) -> int:
    return events.last(office.store.db)


def adopt(office: Office, number: int, label: str = "") -> None:
    adopt_theme(office, slug=SLUG, theme=number, label=label, actor="li", seen=seen(office, number))


def merge(office: Office, number: int, into: int) -> None:
    merge_themes(office, slug=SLUG, theme=number, into=into, why="同一诉求", actor="li",
                 seen=seen(office, number))  # fmt: skip


def split(office: Office, number: int, *numbers: int) -> int:
    return split_theme(office, slug=SLUG, theme=number, numbers=numbers, why="诉求不同",
                       actor="li", seen=seen(office, number))  # fmt: skip


def part(office: Office, number: int, other: int) -> None:
    keep_apart(office, slug=SLUG, theme=number, other=other, why="诉求不同", actor="li",
               seen=seen(office, number))  # fmt: skip


def move(office: Office, comment: int, target: int) -> int:
    return move_comment(office, slug=SLUG, number=comment, target=target, why="放错了",
                        actor="li", seen=stamp(office, comment))  # fmt: skip


def test_an_adopted_theme_keeps_id_label_and_members(asked: Office) -> None:
    number = of(asked, 1) or 0
    label = theme(asked, number).label
    adopt(asked, number)
    send(asked, "请再多划几处垂钓区吧，老人没有地方钓鱼，都挤在一起。")
    run(asked)
    kept = theme(asked, number)
    assert (kept.state, kept.label, kept.members) == (ThemeState.ADOPTED, label, (*FIRST, 8))


def test_new_comments_of_an_adopted_theme_wait_to_be_confirmed(asked: Office) -> None:
    number = of(asked, 1) or 0
    adopt(asked, number)
    send(asked, "请再多划几处垂钓区吧，老人没有地方钓鱼，都挤在一起。")
    run(asked)
    pins = {c.number: c.pinned for c in comments.by_numbers(asked.store.db, 1, (*FIRST, 8))}
    assert pins == {1: number, 2: number, 3: number, 8: None}
    confirm_members(asked, slug=SLUG, theme=number, numbers=(8,), belong=True, actor="li",
                    seen=seen(asked, number))  # fmt: skip
    assert comments.one(asked.store.db, 1, 8)[0].pinned == number


def test_a_comment_turned_away_never_comes_back(asked: Office) -> None:
    number = of(asked, 1) or 0
    adopt(asked, number)
    send(asked, "请再多划几处垂钓区吧，老人没有地方钓鱼，都挤在一起。")
    run(asked)
    confirm_members(asked, slug=SLUG, theme=number, numbers=(8,), belong=False, actor="li",
                    seen=seen(asked, number))  # fmt: skip
    assert of(asked, 8) is None
    run(asked)
    assert theme(asked, number).members == FIRST
    assert of(asked, 8) not in {None, number}


def test_a_name_given_by_staff_stays_and_undone_the_machines_comes_back(asked: Office) -> None:
    number = of(asked, 1) or 0
    label = theme(asked, number).label
    adopt(asked, number, "  多划\n垂钓区 ")
    run(asked)
    assert theme(asked, number).label == "多划 垂钓区"
    decided = theme_decisions.of_theme(asked.store.db, number)[0][0]
    undo_theme_decision(asked, slug=SLUG, event=decided.number, actor="wang")
    assert (theme(asked, number).label, theme(asked, number).state) == (label, ThemeState.PROPOSED)


def test_merged_themes_stay_one(asked: Office) -> None:
    into, other = of(asked, 1) or 0, of(asked, 4) or 0
    merge(asked, other, into)
    assert run(asked)[into] == (*FIRST, *AT_NIGHT)
    assert (theme(asked, other).state, theme(asked, other).members) == (ThemeState.MERGED, ())


def test_halves_of_a_split_theme_stay_two_and_nobody_joins_them_again(asked: Office) -> None:
    number = of(asked, 1) or 0
    own = split(asked, number, 3)
    found = run(asked)
    assert (found[number], found[own]) == ((1, 2), (3,))
    with pytest.raises(InputRefused) as refused:
        merge(asked, own, number)
    assert refused.value.code == "theme.parted"


def test_a_moved_comment_stays_where_it_was_put(asked: Office) -> None:
    source, target = of(asked, 1) or 0, of(asked, 4) or 0
    assert move(asked, 1, target) == target
    found = run(asked)
    assert found[target] == (1, *AT_NIGHT)
    assert found[source] == (2, 3)


def test_a_comment_can_be_given_a_theme_of_its_own(asked: Office) -> None:
    own = move(asked, 2, ALONE)
    found = run(asked)
    assert found[own] == (2,)
    assert theme(asked, own).state is ThemeState.ADOPTED


def test_never_together_holds_without_adopting_either(asked: Office) -> None:
    one, two = of(asked, 1) or 0, of(asked, 4) or 0
    part(asked, one, two)
    send(asked, "老人想在夜间钓鱼，请多划几处夜间垂钓区，晚上九点以后也放开。")
    found = run(asked)
    assert theme(asked, one).state is theme(asked, two).state is ThemeState.PROPOSED
    assert not any({1, 4} <= {*own} for own in found.values())
    with pytest.raises(InputRefused):
        merge(asked, one, two)


Act = Callable[[Office], object]
ACTS: dict[str, Act] = {
    "adopt": lambda office: adopt(office, of(office, 1) or 0),
    "rename": lambda office: adopt(office, of(office, 1) or 0, "多划垂钓区"),
    "merge": lambda office: merge(office, of(office, 4) or 0, of(office, 1) or 0),
    "split": lambda office: split(office, of(office, 1) or 0, 3),
    "apart": lambda office: part(office, of(office, 1) or 0, of(office, 4) or 0),
    "move": lambda office: move(office, 1, of(office, 4) or 0),
    "own": lambda office: move(office, 1, ALONE),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_decision_can_be_undone_and_leaves_nothing(asked: Office, act: str) -> None:
    before = members(asked)
    states = [(theme(asked, n).state, theme(asked, n).label) for n in before]
    ACTS[act](asked)
    decided = newest(asked)
    undo_theme_decision(asked, slug=SLUG, event=decided, actor="wang", why="点错了")
    assert members(asked) == before
    assert [(theme(asked, n).state, theme(asked, n).label) for n in before] == states
    assert theme_decisions.aparts(asked.store.db, 1) == ()
    assert [c.pinned for c in comments.active(asked.store.db, 1)] == [None] * 7
    assert run(asked) == before
    assert events.verify(asked.store.db) is None
    with pytest.raises(NotFound):
        undo_theme_decision(asked, slug=SLUG, event=decided, actor="wang")


def test_what_a_later_decision_touched_is_undone_in_its_turn(asked: Office) -> None:
    one, two = of(asked, 1) or 0, of(asked, 4) or 0
    adopt(asked, one)
    first = newest(asked)
    merge(asked, two, one)
    second = newest(asked)
    with pytest.raises(Conflict) as conflict:
        undo_theme_decision(asked, slug=SLUG, event=first, actor="li")
    assert conflict.value.values == {"event": first, "later": second}
    undo_theme_decision(asked, slug=SLUG, event=second, actor="li")
    undo_theme_decision(asked, slug=SLUG, event=first, actor="li")
    assert theme(asked, one).state is ThemeState.PROPOSED


def test_of_two_decisions_at_once_the_second_is_told(asked: Office) -> None:
    number = of(asked, 1) or 0
    shown = seen(asked, number)
    adopt(asked, number, "多划垂钓区")
    with pytest.raises(Conflict) as conflict:
        adopt_theme(asked, slug=SLUG, theme=number, label="老人钓鱼", actor="wang", seen=shown)
    assert conflict.value.code == "theme.changed"
    assert theme(asked, number).label == "多划垂钓区"


def test_a_run_that_adds_a_member_makes_what_was_seen_stale(asked: Office) -> None:
    number = of(asked, 1) or 0
    shown = seen(asked, number)
    send(asked, "请再多划几处垂钓区吧，老人没有地方钓鱼，都挤在一起。")
    run(asked)
    with pytest.raises(Conflict):
        adopt_theme(asked, slug=SLUG, theme=number, actor="wang", seen=shown)


BAD: dict[str, tuple[Act, str]] = {
    "no reason": (
        lambda o: merge_themes(o, slug=SLUG, theme=of(o, 1) or 0, into=of(o, 4) or 0, why=" ",
                               actor="li", seen=seen(o, of(o, 1) or 0)), "theme.why"),
    "itself": (lambda o: merge(o, of(o, 1) or 0, of(o, 1) or 0), "theme.same"),
    "nowhere": (lambda o: merge(o, of(o, 1) or 0, 999), "theme.target"),
    "nothing chosen": (lambda o: split(o, of(o, 1) or 0), "theme.none-chosen"),
    "everything chosen": (lambda o: split(o, of(o, 1) or 0, *FIRST), "theme.all-chosen"),
    "a stranger": (lambda o: split(o, of(o, 1) or 0, 1, 6), "theme.stranger"),
    "too long": (lambda o: adopt(o, of(o, 1) or 0, "长" * 81), "line.too-long"),
    "not adopted": (
        lambda o: confirm_members(o, slug=SLUG, theme=of(o, 1) or 0, numbers=(1,), belong=True,
                                  actor="li", seen=seen(o, of(o, 1) or 0)), "theme.not-adopted"),
    "unknown comment": (lambda o: move_comment(o, slug=SLUG, number=99, target=ALONE, why="?",
                                               actor="li", seen="1"), "comment.unknown"),
    "no decision": (
        lambda o: undo_theme_decision(o, slug=SLUG, event=1, actor="li"), "theme.no-decision"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_done_is_said_and_changes_nothing(asked: Office, case: str) -> None:
    act, code = BAD[case]
    before, head = members(asked), events.head(asked.store.db)
    with pytest.raises(ConsultError) as refused:
        act(asked)
    assert refused.value.code == code
    assert (members(asked), events.head(asked.store.db)) == (before, head)


def test_a_comment_put_under_another_section_leaves_and_comes_back(asked: Office) -> None:
    number = of(asked, 1) or 0
    adopt(asked, number)
    for section in ("2.1", "2.2"):
        relink(asked, slug=SLUG, number=1, section=section, why="核对", actor="li",
               seen=stamp(asked, 1))  # fmt: skip
        inside = section == "2.2"
        assert (1 in theme(asked, number).members) is inside
        run(asked)
        assert (1 in theme(asked, number).members) is inside
    assert theme(asked, number).members == FIRST


def test_a_superseded_comment_leaves_its_theme(asked: Office) -> None:
    number = of(asked, 1) or 0
    adopt(asked, number)
    with asked.store.write() as db:
        comments.supersede(db, [1])
    assert theme(asked, number).members == (2, 3)
    run(asked)
    assert theme(asked, number).members[:2] == (2, 3)


def test_what_staff_decide_while_a_run_computes_wins(asked: Office) -> None:
    from consult.services.analyse import analyse

    one, two = of(asked, 1) or 0, of(asked, 4) or 0

    def meanwhile(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("group", 1):
            merge(asked, two, one)
            part(asked, of(asked, 6) or 0, one)

    analyse(asked, slug=SLUG, actor="slow", progress=meanwhile)
    assert members(asked)[one] == (*FIRST, *AT_NIGHT)
    assert run(asked)[one] == (*FIRST, *AT_NIGHT)
