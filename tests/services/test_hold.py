from __future__ import annotations

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.services.analyse import analyse
from consult.services.hold import HASTE, held, reject, release, set_aside
from consult.services.look_up import look_up
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.recode import replace_code
from consult.store import events, totals
from tests.conftest import OPEN, SLUG


def test_a_held_item_has_its_receipt_and_its_own_line_until_it_is_released(
    published: Office,
) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission("路灯太暗", held=HASTE), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    sums = totals.accounting(published.store.db, 1)
    assert (sums.held, sums.received, sums.comments, sums.balanced) == (1, 0, 0, True)
    assert receipt.held
    state = look_up(published, slug=SLUG, number=receipt.number, code=receipt.code).submission.state
    assert state == "held"
    (item,) = held(published, slug=SLUG)
    assert (item.submission.text, item.submission.held) == ("路灯太暗", HASTE)
    release(published, slug=SLUG, number=receipt.number, actor="wang")
    sums = totals.accounting(published.store.db, 1)
    assert (sums.held, sums.received, sums.balanced) == (0, 1, True)
    assert held(published, slug=SLUG) == ()
    with pytest.raises(Conflict):
        release(published, slug=SLUG, number=receipt.number, actor="wang")
    with pytest.raises(NotFound):
        release(published, slug=SLUG, number="0000-0000", actor="wang")


def test_a_held_item_is_set_aside_with_a_reason_on_a_line_of_its_own_and_may_be_listed_yet(
    published: Office,
) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission("广告", held=HASTE), now=OPEN)
    act = {"slug": SLUG, "number": receipt.number, "actor": "wang"}
    with pytest.raises(InputRefused) as refusal:
        reject(published, why=" \u3000", **act)
    assert refusal.value.code == "held.why"
    reject(published, why="广告，与征求意见无关", **act)
    sums = totals.accounting(published.store.db, 1)
    assert (sums.held, sums.rejected, sums.received, sums.balanced) == (0, 1, 0, True)
    assert held(published, slug=SLUG) == ()
    assert [item.why for item in set_aside(published, slug=SLUG)] == ["广告，与征求意见无关"]
    with pytest.raises(Conflict):
        reject(published, why="again", **act)
    release(published, **act)
    sums = totals.accounting(published.store.db, 1)
    assert (sums.rejected, sums.received, sums.listed) == (0, 1, 1)
    verbs = [e.verb for e in events.of(published.store.db, [f"submission:{receipt.number}"])]
    assert verbs == ["received", "rejected", "released"]


def test_a_lost_code_is_replaced_after_the_contact_was_checked(published: Office) -> None:
    new = NewSubmission("路灯太暗", contact="138 1234-5678")
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    ask = {"slug": SLUG, "number": receipt.number, "why": "来电核对", "actor": "wang"}
    with pytest.raises(InputRefused) as refusal:
        replace_code(published, contact="13900000000", **ask)
    assert refusal.value.code == "recode.other-contact"
    code = replace_code(published, contact="１３８１２３４５６７８", **ask)
    look_up(published, slug=SLUG, number=receipt.number, code=code)
    with pytest.raises(NotFound):
        look_up(published, slug=SLUG, number=receipt.number, code=receipt.code)
    verbs = [e.verb for e in events.of(published.store.db, [f"submission:{receipt.number}"])]
    assert verbs == ["received", "code-refused", "code-replaced"]


@pytest.mark.parametrize(
    ("contact", "why", "code"),
    [("", "来电", "recode.no-contact"), ("a@example.org", " ", "recode.why")],
)
def test_without_contact_or_reason_no_code_is_replaced(
    published: Office, contact: str, why: str, code: str
) -> None:
    new = NewSubmission("路灯太暗", contact=contact)
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    with pytest.raises(InputRefused) as refusal:
        replace_code(
            published, slug=SLUG, number=receipt.number, contact=contact, why=why, actor="wang"
        )
    assert refusal.value.code == code
