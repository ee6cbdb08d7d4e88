"""Four eyes: who wrote an answer is not the one who approves it, by whichever way."""

from __future__ import annotations

import pytest

from consult.domain.act import Act, ActState, Deed, ItemState
from consult.domain.decision import Ruling, Stage, Target
from consult.domain.errors import Conflict, InputRefused
from consult.domain.eyes import EyesRule
from consult.domain.triage import Disposition, Role
from consult.services.accounts import disable
from consult.services.act_preview import Approvals, preview
from consult.services.acts import begin, carry_on, undo
from consult.services.answers import decision_on
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.four_eyes import four_eyes, set_four_eyes
from consult.services.office import Office
from consult.services.reopen import reopen
from consult.store import comments, events, staff
from tests.conftest import SLUG

NO = Ruling(Disposition.DECLINED, reason="另有规定。")
YES = Ruling(Disposition.ADOPTED)
ONE = Target(comment=1)


@pytest.fixture
def desk(analysed: Office) -> Office:
    """An office with two who can approve, ``wang`` and ``li``, and ``he``, who can write."""
    with analysed.store.write() as db:
        for name, role in (("wang", Role.REVIEWER), ("li", Role.MANAGER), ("he", Role.HANDLER)):
            staff.add(db, username=name, password="-", role=role, now=analysed.clock())
    return analysed


def write(office: Office, actor: str, ruling: Ruling = NO, target: Target = ONE, *,
          submit: bool = True) -> None:  # fmt: skip
    now = decision_on(office, slug=SLUG, target=target)
    seen = str(now.id if now else 0)
    decide(office, slug=SLUG, target=target, ruling=ruling, actor=actor, seen=seen, submit=submit)


def passes(office: Office, actor: str, target: Target = ONE) -> bool:
    now = decision_on(office, slug=SLUG, target=target)
    try:
        approve(office, slug=SLUG, target=target, actor=actor, seen=str(now.id if now else 0))
    except Conflict as error:
        return error.code != "decision.own"
    return True


def act(office: Office, deed: Deed, numbers: list[int], actor: str) -> Act:
    values = {"disposition": "noted", "reason": "参考。", "submit": "1"}
    number = begin(
        office, slug=SLUG, deed=deed, numbers=numbers, values=values, query="", actor=actor
    )
    return carry_on(office, consultation=1, number=number)


def test_who_wrote_it_cannot_approve_it_and_another_can(desk: Office) -> None:
    write(desk, "wang")
    assert [passes(desk, "wang"), passes(desk, "li")] == [False, True]


def test_who_changed_or_handed_in_the_words_of_another_cannot_either(desk: Office) -> None:
    write(desk, "he", submit=False)
    write(desk, "wang", YES)
    assert [passes(desk, "wang"), passes(desk, "li")] == [False, True]
    write(desk, "he", target=Target(comment=2), submit=False)
    write(desk, "li", target=Target(comment=2))  # nothing changed, but handed in
    assert [passes(desk, name, Target(comment=2)) for name in ("li", "wang")] == [False, True]


def test_where_all_who_can_approve_have_written_the_last_one_to_write_cannot(desk: Office) -> None:
    write(desk, "wang", submit=False)
    write(desk, "li", YES)
    assert [passes(desk, "li"), passes(desk, "wang")] == [False, True]


def test_reopened_it_is_the_work_of_who_writes_it_anew(desk: Office) -> None:
    write(desk, "wang")
    assert passes(desk, "li")
    now = decision_on(desk, slug=SLUG, target=ONE)
    assert now is not None
    reopen(desk, slug=SLUG, target=ONE, why="补充", actor="li", seen=str(now.id))
    write(desk, "li", YES)
    assert [passes(desk, "li"), passes(desk, "wang")] == [False, True]


def test_the_rule_holds_by_how_many_can_approve_until_it_is_set(desk: Office) -> None:
    assert four_eyes(desk, slug=SLUG).approvers == ("li", "wang")
    write(desk, "wang")
    assert not passes(desk, "wang")
    disable(desk, username="li", actor="test")
    assert not four_eyes(desk, slug=SLUG).needed
    set_four_eyes(desk, slug=SLUG, rule=EyesRule.ON, why="", actor="wang")
    assert not passes(desk, "wang")
    with pytest.raises(InputRefused) as told:
        set_four_eyes(desk, slug=SLUG, rule=EyesRule.OFF, why=" ", actor="wang")
    assert (told.value.code, told.value.field) == ("eyes.why", "why")
    set_four_eyes(desk, slug=SLUG, rule=EyesRule.OFF, why="只有一个人", actor="wang")
    assert passes(desk, "wang")
    noted = events.of(desk.store.db, [f"consultation:{SLUG}"])[-2:]
    assert [(e.verb, e.actor, e.why, e.after) for e in noted] == [
        ("four-eyes-set", "wang", "", {"four_eyes": "on"}),
        ("four-eyes-set", "wang", "只有一个人", {"four_eyes": "off"}),
    ]
    assert events.verify(desk.store.db) is None


def test_many_at_once_leave_what_one_wrote_to_another(desk: Office) -> None:
    act(desk, Deed.DECIDE, [1, 2], "wang")
    write(desk, "he", target=Target(comment=3))
    seen = preview(desk, slug=SLUG, numbers=[1, 2, 3, 4], deed=Deed.APPROVE, actor="wang")
    assert seen.approvals == Approvals(1, 0, 0, 1, 0, 0, written=2, unready=1)
    own = act(desk, Deed.APPROVE, [1, 2, 3, 4], "wang")
    assert own.counts == {ItemState.DONE: 1, ItemState.SKIPPED: 2}
    assert act(desk, Deed.APPROVE, [1, 2, 3, 4], "li").counts == {ItemState.DONE: 2}


def test_groups_are_approved_as_one_answer_with_their_exceptions(desk: Office) -> None:
    db = desk.store.db
    theme = next(c.theme for c in comments.active(db, 1) if c.theme and c.family)
    members = [c.number for c in comments.active(db, 1) if c.theme == theme]
    chosen, left_out = members[:1], members[-1]
    target = Target(theme=theme)
    decide(desk, slug=SLUG, target=target, ruling=NO, actor="he", seen="0", submit=True,
           exceptions={left_out} if len(members) > 1 else None)  # fmt: skip
    seen = preview(desk, slug=SLUG, numbers=chosen, deed=Deed.APPROVE, actor="li").approvals
    assert seen is not None
    assert (seen.total, seen.themes, seen.left_out) == (1, 1, 1)
    assert (seen.answered, seen.beyond) == (len(members) - 1, len(members) - 2)
    done = act(desk, Deed.APPROVE, chosen, "li")
    assert (done.total, done.counts) == (1, {ItemState.DONE: 1})
    stages = {n: stage for n, (_, stage, _) in comments.standing(db, members).items()}
    assert stages == {n: "" if n == left_out else "approved" for n in members}


def test_an_approval_is_taken_back_for_a_reason_that_is_kept(desk: Office) -> None:
    act(desk, Deed.DECIDE, [1, 2], "he")
    done = act(desk, Deed.APPROVE, [1, 2], "li")
    with pytest.raises(InputRefused) as told:
        undo(desk, slug=SLUG, number=done.id, actor="li")
    assert told.value.code == "act.why"
    undo(desk, slug=SLUG, number=done.id, actor="li", why="依据要补")
    assert carry_on(desk, consultation=1, number=done.id).state is ActState.UNDONE
    now = decision_on(desk, slug=SLUG, target=ONE)
    assert now is not None
    assert now.stage is Stage.REVIEW
    assert events.of(desk.store.db, ["comment:1"])[-1].why == "依据要补"
    assert passes(desk, "wang")
