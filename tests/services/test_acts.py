from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.act import Act, ActState, Deed, ItemState
from consult.domain.decision import Ruling, Stage, Target
from consult.domain.errors import Conflict, InputRefused
from consult.domain.triage import Disposition
from consult.services import acts as acts_service
from consult.services.act_preview import preview
from consult.services.act_view import act_view, newest_act
from consult.services.acts import begin, carry_on, halt, undo
from consult.services.answers import decision_on
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.relink import relink
from consult.services.tag import tag_comment
from consult.store import acts, comments, desk, events
from tests.conftest import SLUG, Clock

NO = Ruling(Disposition.DECLINED, reason="另有规定。")
VALUES = {"disposition": "noted", "reason": "“{诉求}”（第{编号}条）供{章节}参考。", "submit": "1"}


def done(office: Office, deed: Deed, numbers: list[int], values: dict[str, str]) -> Act:
    number = begin(
        office, slug=SLUG, deed=deed, numbers=numbers, values=values, query="", actor="wang"
    )
    return carry_on(office, consultation=1, number=number)


def state(office: Office) -> dict[int, object]:
    """Everything an undo has to bring back, but for stamps and version numbers."""
    found = {}
    for comment in comments.active(office.store.db, 1):
        decision = decision_on(office, slug=SLUG, target=Target(comment=comment.number))
        ruling = (decision.stage, decision.ruling) if decision else None
        tags = desk.tags_of(office.store.db, [comment.number]).get(comment.number)
        found[comment.number] = (comment, ruling, tags)
    return found


def decided(office: Office, number: int) -> Ruling | None:
    decision = decision_on(office, slug=SLUG, target=Target(comment=number))
    return decision.ruling if decision else None


def test_many_are_decided_with_the_words_of_their_themes_and_all_is_undone(
    analysed: Office,
) -> None:
    decide(analysed, slug=SLUG, target=Target(comment=2), ruling=NO, actor="li", seen="0")
    before = state(analysed)
    act = done(analysed, Deed.DECIDE, [1, 2, 5], VALUES)
    assert (act.state, act.counts) == (ActState.DONE, {ItemState.DONE: 3})
    five, two = decided(analysed, 5), decided(analysed, 2)
    assert five is not None
    assert five.reason.startswith("“垂钓区划得太少")
    assert five.reason.endswith("（第5条）供二、（二）垂钓管理参考。")
    assert two is not None
    assert two.disposition is Disposition.NOTED
    assert undo(analysed, slug=SLUG, number=act.id, actor="li").state is ActState.UNDOING
    undone = carry_on(analysed, consultation=1, number=act.id)
    assert (undone.state, undone.counts) == (ActState.UNDONE, {ItemState.UNDONE: 3})
    assert state(analysed) == before | {2: (comments.one(analysed.store.db, 1, 2)[0],
                                            before[2][1], None)}  # fmt: skip
    assert events.verify(analysed.store.db) is None


def test_what_is_approved_is_left_alone_and_told(analysed: Office) -> None:
    seen = decide(
        analysed, slug=SLUG, target=Target(comment=1), ruling=NO, actor="w", seen="0", submit=True
    )
    approve(analysed, slug=SLUG, target=Target(comment=1), actor="li", seen=str(seen.id))
    seen_before = preview(analysed, slug=SLUG, numbers=[1, 2], deed=Deed.DECIDE)
    assert (seen_before.counts.comments, seen_before.skipped, seen_before.replaced) == (2, 1, 0)
    act = done(analysed, Deed.DECIDE, [1, 2], VALUES)
    assert act.counts == {ItemState.DONE: 1, ItemState.SKIPPED: 1}
    assert act_view(analysed, slug=SLUG, number=act.id).reasons == {"decision.approved": 1}
    assert decided(analysed, 1) == NO


def test_an_undo_leaves_what_somebody_changed_since(analysed: Office) -> None:
    act = done(analysed, Deed.DECIDE, [1, 2], VALUES)
    decision = decision_on(analysed, slug=SLUG, target=Target(comment=1))
    assert decision is not None
    decide(
        analysed, slug=SLUG, target=Target(comment=1), ruling=NO, actor="li", seen=str(decision.id)
    )
    undo(analysed, slug=SLUG, number=act.id, actor="wang")
    undone = carry_on(analysed, consultation=1, number=act.id)
    assert undone.counts == {ItemState.UNDONE: 1, ItemState.KEPT: 1}
    assert (decided(analysed, 1), decided(analysed, 2)) == (NO, None)
    with pytest.raises(Conflict):
        undo(analysed, slug=SLUG, number=act.id, actor="wang")


def test_sections_and_tags_of_many_are_changed_and_brought_back(analysed: Office) -> None:
    before = state(analysed)
    moved = done(analysed, Deed.RELINK, [1, 5], {"to": "2.1", "why": "核对"})
    tagged = done(analysed, Deed.TAG, [1, 5, 6], {"tag": "重点"})
    again = done(analysed, Deed.TAG, [6], {"tag": "重点"})
    assert [c.section for c in comments.by_numbers(analysed.store.db, 1, [1, 5])] == ["2.1"] * 2
    assert desk.tags(analysed.store.db, 1) == {"重点": 3}
    assert again.counts == {ItemState.SKIPPED: 1}
    for act in (tagged, moved):
        undo(analysed, slug=SLUG, number=act.id, actor="wang")
        carry_on(analysed, consultation=1, number=act.id)
    assert state(analysed) == before


def test_only_what_was_handed_in_is_approved_at_once_and_that_too_is_undone(
    analysed: Office,
) -> None:
    done(analysed, Deed.DECIDE, [1, 2], VALUES)
    act = done(analysed, Deed.APPROVE, [1, 2, 5], {})
    assert act.counts == {ItemState.DONE: 2}
    undo(analysed, slug=SLUG, number=act.id, actor="li", why="还要改")
    carry_on(analysed, consultation=1, number=act.id)
    decision = decision_on(analysed, slug=SLUG, target=Target(comment=1))
    assert decision is not None
    assert decision.stage is Stage.REVIEW


def test_a_large_act_goes_on_in_steps_from_where_a_dead_process_left_it(
    analysed: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts_service, "STEP", 2)
    number = begin(
        analysed, slug=SLUG, deed=Deed.DECIDE, numbers=[1, 2, 3, 4, 5], values=VALUES, query="",
        actor="wang",
    )  # fmt: skip
    first = carry_on(analysed, consultation=1, number=number, steps=1)
    assert (first.state, first.handled, first.share) == (ActState.RUNNING, 2, 0.4)
    with analysed.store.write() as db:  # another process holds it, and dies
        acts.take(db, number, owner="dead", now=clock.now, stale=clock.now)
    assert carry_on(analysed, consultation=1, number=number).handled == 2
    clock.advance(seconds=acts_service.STALE.total_seconds() + 1)
    assert acts_service.left_behind(analysed) == ((1, number),)
    last = carry_on(analysed, consultation=1, number=number)
    assert (last.state, last.counts) == (ActState.DONE, {ItemState.DONE: 5})


def test_an_act_that_was_stopped_keeps_what_it_did_and_can_be_undone(
    analysed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts_service, "STEP", 2)
    number = begin(
        analysed, slug=SLUG, deed=Deed.TAG, numbers=[1, 2, 3], values={"tag": "重点"}, query="",
        actor="wang",
    )  # fmt: skip
    carry_on(analysed, consultation=1, number=number, steps=1)
    halt(analysed, slug=SLUG, number=number, actor="wang")
    assert carry_on(analysed, consultation=1, number=number).state is ActState.HALTED
    assert desk.tags(analysed.store.db, 1) == {"重点": 2}
    undo(analysed, slug=SLUG, number=number, actor="wang")
    assert carry_on(analysed, consultation=1, number=number).state is ActState.UNDONE
    assert desk.tags(analysed.store.db, 1) == {}


def test_each_single_act_is_undone_at_once(analysed: Office) -> None:
    before = state(analysed)
    stamp = str(comments.stamps(analysed.store.db, [5])[5])
    relink(
        analysed, slug=SLUG, number=5, section="2.1", also=["1.1"], why="x", actor="wang",
        seen=stamp,
    )  # fmt: skip
    (moved,) = comments.by_numbers(analysed.store.db, 1, [5])
    assert [link.section for link in moved.links] == ["2.1", "1.1"]
    relinked = newest_act(analysed, slug=SLUG, actor="wang")
    tag_comment(analysed, slug=SLUG, number=6, name="重点", off=False, actor="wang")
    tagged = newest_act(analysed, slug=SLUG, actor="wang")
    decide(
        analysed, slug=SLUG, target=Target(family=moved.family or 0), ruling=NO, actor="wang",
        seen="0",
    )  # fmt: skip
    family = newest_act(analysed, slug=SLUG, actor="wang")
    assert [c.decided for c in comments.by_numbers(analysed.store.db, 1, [5, 6])] == [True, True]
    for number in (family, tagged, relinked):
        undone = undo(analysed, slug=SLUG, number=number, actor="wang")
        assert undone.state is ActState.UNDONE
    assert state(analysed) == before
    said = [event.verb for event in events.of(analysed.store.db, ["comment:5"])]
    assert said[-2:] == ["relinked", "undone"]


def test_a_single_act_that_was_followed_is_refused_and_stays(analysed: Office) -> None:
    stamp = str(comments.stamps(analysed.store.db, [5])[5])
    first = relink(analysed, slug=SLUG, number=5, section="2.1", why="x", actor="w", seen=stamp)
    stamp = str(comments.stamps(analysed.store.db, [5])[5])
    relink(analysed, slug=SLUG, number=5, section="1.1", why="x", actor="li", seen=stamp)
    with pytest.raises(Conflict) as error:
        undo(analysed, slug=SLUG, number=first, actor="w")
    assert error.value.code == "act.followed"
    assert act_view(analysed, slug=SLUG, number=first).act.state is ActState.DONE


def test_an_act_on_nothing_is_refused(analysed: Office) -> None:
    with pytest.raises(InputRefused):
        begin(analysed, slug=SLUG, deed=Deed.TAG, numbers=[], values={}, query="", actor="w")


def test_the_time_of_an_act_is_the_offices(analysed: Office, clock: Clock) -> None:
    clock.advance(hours=3)
    act = done(analysed, Deed.TAG, [1], {"tag": "a"})
    assert act.at == clock.now
    assert act.heartbeat - act.at < timedelta(seconds=1)
