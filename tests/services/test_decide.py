from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from consult.domain.comment import NewSubmission
from consult.domain.decision import Ruling, Stage, Target
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.triage import Disposition
from consult.export.digest_docx import digest_docx
from consult.services.analyse import analyse
from consult.services.answers import answers, decision_on
from consult.services.approve import approve
from consult.services.compile import compile_digest, compile_register
from consult.services.decide import decide
from consult.services.decision_view import decision_view
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.reopen import reopen
from consult.store import comments, decisions, events
from tests.conftest import OPEN, SLUG

FISHING = (5, 6)  # the two copies that ask for more places to fish
NO = Ruling(Disposition.DECLINED, reason="垂钓区已按水源保护要求划定。")
YES = Ruling(Disposition.ADOPTED, answer="已增加。", section="2.2", change="增加两处垂钓平台")


def theme_of(office: Office, number: int) -> Target:
    comment, _ = comments.one(office.store.db, 1, number)
    return Target(theme=comment.theme or 0)


def handed_in(office: Office, target: Target, ruling: Ruling = NO, seen: str = "0") -> str:
    done = decide(
        office, slug=SLUG, target=target, ruling=ruling, actor="wang", seen=seen, submit=True
    )
    return str(done.id)


def approved(office: Office, target: Target, ruling: Ruling = NO, seen: str = "0") -> str:
    seen = handed_in(office, target, ruling, seen)
    return str(approve(office, slug=SLUG, target=target, actor="li", seen=seen).id)


def shown(office: Office) -> dict[int, Disposition]:
    found = answers(office, list(range(1, 20)))
    return {number: decision.ruling.disposition for number, decision in found.items()}


def test_a_decision_goes_from_draft_to_review_to_approval_and_only_then_outside(
    analysed: Office,
) -> None:
    target = Target(comment=1)
    draft = decide(analysed, slug=SLUG, target=target, ruling=NO, actor="wang", seen="0")
    assert (draft.stage, shown(analysed)) == (Stage.DRAFT, {})
    seen = handed_in(analysed, target, NO, str(draft.id))
    assert shown(analysed) == {}
    approve(analysed, slug=SLUG, target=target, actor="li", seen=seen)
    assert shown(analysed) == {1: Disposition.DECLINED}
    acts = [(e.verb, e.actor) for e in events.of(analysed.store.db, ["comment:1"])]
    assert acts == [("drafted", "wang"), ("submitted", "wang"), ("approved", "li")]


def test_a_theme_answers_all_its_comments_and_an_approved_exception_goes_before(
    analysed: Office,
) -> None:
    approved(analysed, theme_of(analysed, 5))
    assert shown(analysed) == dict.fromkeys(FISHING, Disposition.DECLINED)
    seen = handed_in(analysed, Target(comment=6), YES)
    assert shown(analysed)[6] is Disposition.DECLINED  # the exception is not approved yet
    approve(analysed, slug=SLUG, target=Target(comment=6), actor="li", seen=seen)
    assert shown(analysed) == {5: Disposition.DECLINED, 6: Disposition.ADOPTED}


def test_an_approved_decision_is_frozen_until_reopened_with_a_reason(analysed: Office) -> None:
    target = Target(comment=1)
    seen = approved(analysed, target)
    with pytest.raises(Conflict) as error:
        decide(analysed, slug=SLUG, target=target, ruling=YES, actor="wang", seen=seen)
    assert error.value.code == "decision.approved"
    with pytest.raises(InputRefused):
        reopen(analysed, slug=SLUG, target=target, why=" ", actor="li", seen=seen)
    assert shown(analysed) == {1: Disposition.DECLINED}
    reopen(analysed, slug=SLUG, target=target, why="依据有误", actor="li", seen=seen)
    assert shown(analysed) == {}
    assert events.of(analysed.store.db, ["comment:1"])[-1].why == "依据有误"


@pytest.mark.parametrize(
    ("ruling", "field"),
    [
        (Ruling(Disposition.PARTLY), "reason"),
        (Ruling(Disposition.DECLINED, reason=" \n"), "reason"),
        (Ruling(Disposition.NOTED), "reason"),
        (Ruling(Disposition.OUT_OF_SCOPE), "reason"),
        (Ruling(Disposition.FORWARDED), "reason"),
        (Ruling(Disposition.FORWARDED, reason="属城管职责"), "office"),
        (replace(NO, section="2.2", change="x"), "section"),
        (replace(YES, section="9.9"), "section"),
        (replace(YES, section=""), "section"),
        (replace(YES, change=""), "change"),
        (replace(YES, answer="长" * 2001), "answer"),
        (replace(YES, answer="a\x00b"), "text"),
    ],
)
def test_what_a_decision_lacks_is_named_and_nothing_is_stored(
    analysed: Office, ruling: Ruling, field: str
) -> None:
    with pytest.raises(InputRefused) as error:
        handed_in(analysed, Target(comment=1), ruling)
    assert error.value.field == field
    assert decision_on(analysed, slug=SLUG, target=Target(comment=1)) is None


def test_the_second_of_two_is_told_and_nothing_is_overwritten(analysed: Office) -> None:
    handed_in(analysed, Target(comment=1))
    with pytest.raises(Conflict) as error:
        handed_in(analysed, Target(comment=1), YES)
    assert error.value.code == "decision.changed"
    stored = decision_on(analysed, slug=SLUG, target=Target(comment=1))
    assert stored is not None
    assert stored.ruling == NO


def test_only_what_is_up_for_review_can_be_approved(analysed: Office) -> None:
    target = Target(comment=1)
    draft = decide(analysed, slug=SLUG, target=target, ruling=NO, actor="wang", seen="0")
    with pytest.raises(Conflict) as error:
        approve(analysed, slug=SLUG, target=target, actor="li", seen=str(draft.id))
    assert error.value.code == "decision.unready"


def test_a_new_run_keeps_every_decision_and_answers_nobody_who_came_later(
    analysed: Office,
) -> None:
    target = theme_of(analysed, 5)
    approved(analysed, target)
    later = NewSubmission(text="垂钓区划得太少，老人想钓鱼没有地方去。。")
    receive(analysed, slug=SLUG, new=later, now=OPEN)
    analyse(analysed, slug=SLUG, actor="test")
    assert shown(analysed) == dict.fromkeys(FISHING, Disposition.DECLINED)
    assert decision_on(analysed, slug=SLUG, target=target) is not None


def test_a_decision_follows_its_comment_to_another_section(analysed: Office) -> None:
    approved(analysed, theme_of(analysed, 5))
    stamp = comments.stamps(analysed.store.db, [5])[5]
    relink(analysed, slug=SLUG, number=5, section="2.1", why="x", actor="wang", seen=str(stamp))
    assert shown(analysed) == dict.fromkeys(FISHING, Disposition.DECLINED)


def test_the_register_prints_what_is_approved_and_nothing_else(analysed: Office) -> None:
    approved(analysed, theme_of(analysed, 5), replace(NO, answer="谢谢。"))
    handed_in(analysed, Target(comment=1))
    rows = {r.number: r for r in compile_register(analysed, slug=SLUG, as_of=OPEN).rows}
    assert (rows[5].disposition, rows[5].answer) == ("declined", f"{NO.reason}\n谢谢。")
    assert (rows[1].disposition, rows[1].answer) == ("", "")


def test_the_chain_keeps_no_words_of_a_decision_and_still_verifies(analysed: Office) -> None:
    approved(analysed, Target(comment=1))
    said = [dict(e.after) for e in events.of(analysed.store.db, ["comment:1"])]
    assert NO.reason not in str(said)
    with analysed.store.write() as db:
        decisions.forget(db, [1])
    stored = decision_on(analysed, slug=SLUG, target=Target(comment=1))
    assert stored is not None
    assert stored.words == ""
    assert events.verify(analysed.store.db) is None


def test_the_view_tells_who_joined_later_and_who_stands_apart(analysed: Office) -> None:
    target = theme_of(analysed, 5)
    handed_in(analysed, Target(comment=6), YES)
    handed_in(analysed, target)
    view = decision_view(analysed, slug=SLUG, target=target)
    assert (view.total, view.apart, view.joined) == (2, (6,), ())
    assert [row.comment.number for row in view.members] == list(FISHING)
    above = decision_view(analysed, slug=SLUG, target=Target(comment=5)).above
    assert above is not None
    assert above.ruling == NO


@pytest.mark.parametrize("target", [Target(comment=999), Target(theme=999)])
def test_an_unknown_comment_or_theme_cannot_be_decided_on(analysed: Office, target: Target) -> None:
    with pytest.raises(NotFound):
        handed_in(analysed, target)


def test_the_digest_counts_what_is_approved_beside_each_ask(analysed: Office) -> None:
    approved(analysed, theme_of(analysed, 5))
    handed_in(analysed, Target(comment=1))
    digest = compile_digest(analysed, slug=SLUG, as_of=OPEN)
    found = {line.numbers: line.dispositions for s in digest.sections for line in s.themes}
    assert found[FISHING] == ((Disposition.DECLINED, 2),)
    assert {tally for numbers, tally in found.items() if numbers != FISHING} == {()}
    document = Document(io.BytesIO(digest_docx(digest)))
    assert "采纳情况：未采纳 2。" in [paragraph.text for paragraph in document.paragraphs]
