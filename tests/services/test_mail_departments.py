"""Forms and reminders by mail: looked at first, each once, whatever the server says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.domain.answer_letter import LetterState
from consult.domain.department import MailKind
from consult.domain.errors import Conflict, DeliveryInDoubt, MessageRefused, OutboxUnready
from consult.services.departments import add_departments, department_list
from consult.services.mail_departments import Sent, drafts, send
from consult.services.office import Office
from consult.services.take_forms import note_no_objection, take_forms
from consult.store import department_mail, events
from tests.conftest import OPEN, SLUG, Clock
from tests.services.test_letters import Recorder

NAMES = "财政局 cz@gov.example\n林业局 张三 lyj@gov.example\n司法局 0830-1\n审计局 sj@gov.example"
SENDER = "kjj@gov.example"


@pytest.fixture
def asked(published: Office) -> Office:
    add_departments(published, slug=SLUG, lines=NAMES, actor="li")
    return published


def mail(
    office: Office, outbox: Recorder, kind: MailKind = MailKind.FORM,
    wait: Callable[[float], object] = lambda _seconds: None,
) -> Sent:  # fmt: skip
    return send(office, slug=SLUG, kind=kind, outbox=outbox, sender=SENDER, rate=30, now=OPEN,
                actor="li", wait=wait)  # fmt: skip


def due(office: Office, kind: MailKind = MailKind.FORM) -> list[str]:
    found = drafts(office, slug=SLUG, kind=kind, now=OPEN)
    return [draft.department.name for draft in found.due]


def test_forms_go_out_once_to_whoever_has_an_address(asked: Office) -> None:
    seen = drafts(asked, slug=SLUG, kind=MailKind.FORM, now=OPEN)
    assert [(d.department.name, d.address) for d in seen.due] == [
        ("财政局", "c***@gov.example"), ("林业局", "l***@gov.example"),
        ("审计局", "s***@gov.example"),
    ]  # fmt: skip
    assert [item.name for item in seen.unreached] == ["司法局"]
    outbox, waited = Recorder(), []
    done = mail(asked, outbox, wait=waited.append)
    assert (done.tally, done.left, waited) == ({LetterState.SENT: 3}, 0, [2.0, 2.0])
    assert [message.to for message in outbox.sent] == [
        "cz@gov.example", "lyj@gov.example", "sj@gov.example",
    ]  # fmt: skip
    first, *_ = department_list(asked, slug=SLUG)
    (form,) = outbox.sent[0].enclosures
    assert (form.name, first.sent is not None) == (f"{first.code}.docx", True)
    assert first.code in outbox.sent[0].text
    with pytest.raises(Conflict, match=r"department\.mail-none"):
        mail(asked, outbox)
    # The form that went by mail is the one that is read back.
    report = take_forms(asked, slug=SLUG, files=[("a.docx", form.data)], now=OPEN, actor="li")
    assert (report.taken, report.refusals[0].code) == (0, "table.blank-form")
    assert events.verify(asked.store.db) is None


def test_reminders_go_once_a_day_to_those_who_have_not_answered(
    asked: Office, clock: Clock
) -> None:
    mail(asked, Recorder())
    first, *_ = department_list(asked, slug=SLUG)
    note_no_objection(asked, slug=SLUG, identifier=first.id, now=OPEN, actor="li")
    assert due(asked, MailKind.REMINDER) == ["林业局", "审计局"]
    outbox = Recorder()
    mail(asked, outbox, MailKind.REMINDER)
    assert [message.subject[:3] for message in outbox.sent] == ["催办："] * 2
    assert "至今未收到反馈" in outbox.sent[0].text
    assert due(asked, MailKind.REMINDER) == []
    clock.advance(hours=21)
    assert due(asked, MailKind.REMINDER) == ["林业局", "审计局"]


def test_what_the_server_says_is_noted_and_what_is_in_doubt_is_not_sent_again(
    asked: Office, clock: Clock
) -> None:
    outbox = Recorder(raises=[MessageRefused("outbox.refused", reply="550"),
                              DeliveryInDoubt("outbox.doubt"), None])  # fmt: skip
    done = mail(asked, outbox)
    assert done.tally == {LetterState.REFUSED: 1, LetterState.DOUBTFUL: 1, LetterState.SENT: 1}
    assert [d.mail.state if d.mail else None for d in department_list(asked, slug=SLUG)] == [
        "refused", "doubtful", None, "sent",
    ]  # fmt: skip
    assert due(asked) == []
    assert [d.sent is not None for d in department_list(asked, slug=SLUG)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_server_that_takes_nothing_leaves_everything_due(asked: Office) -> None:
    with pytest.raises(OutboxUnready):
        mail(asked, Recorder(raises=[None, OutboxUnready("outbox.unreachable")]))
    assert due(asked) == ["林业局", "审计局"]


def test_one_that_died_while_sending_is_in_doubt(asked: Office, clock: Clock) -> None:
    first, *_ = department_list(asked, slug=SLUG)
    with asked.store.write() as db:
        department_mail.begin(db, 1, department=first.id, kind=MailKind.FORM, address="c***@x",
                              message_id="form.1@x", actor="li", now=asked.clock())  # fmt: skip
    assert due(asked) == ["林业局", "审计局"]
    clock.advance(minutes=11)
    first, *_ = department_list(asked, slug=SLUG)
    assert first.mail is not None
    assert first.mail.state is LetterState.DOUBTFUL
    assert due(asked) == ["林业局", "审计局"]


def test_two_who_press_the_button_at_once_send_one(asked: Office) -> None:
    outbox, other = Recorder(), Recorder()

    def meanwhile(_seconds: float) -> None:
        if not other.sent:
            mail(asked, other)

    mail(asked, outbox, wait=meanwhile)
    assert ([m.to[:2] for m in outbox.sent], [m.to[:2] for m in other.sent]) == (
        ["cz"], ["ly", "sj"],
    )  # fmt: skip


def test_what_takes_too_long_is_left_for_the_next_time(asked: Office, clock: Clock) -> None:
    done = mail(asked, Recorder(), wait=lambda _seconds: clock.advance(seconds=25))
    assert (done.tally, done.left) == ({LetterState.SENT: 2}, 1)
    assert due(asked) == ["审计局"]
