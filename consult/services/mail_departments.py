"""Send departments their forms and reminders by mail: looked at first, each once, with a log.

Before a message goes out its row says so, afterwards how it ended: after a crash one is in doubt,
is shown to staff, and is not sent again by itself. An answer that must not keep its page waiting
takes as many as fit into some seconds; the button goes on with the rest.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from consult.domain.answer_letter import LetterState
from consult.domain.consultation import Consultation, Plan
from consult.domain.department import Department, MailKind
from consult.domain.errors import Conflict, OutboxUnready
from consult.domain.message import Enclosure, Message, Outbox, address_in, masked_address
from consult.services.departments import department_list, form_of, reminder
from consult.services.hand_over import hand_over
from consult.services.office import Office
from consult.store import consultations, department_mail, departments, events

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SECONDS: Final = 20.0  # that one answer may take for sending
_AGAIN: Final = timedelta(hours=20)  # between two reminders: one a day
# After these a message of a kind is not sent again by itself.
_DONE: Final = frozenset({LetterState.SENDING, LetterState.SENT, LetterState.DOUBTFUL,
                          LetterState.REFUSED})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it would go out: to whom (masked), subject and text; the form goes with it."""

    department: Department
    address: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is due, and which departments no mail reaches."""

    kind: MailKind
    due: tuple[Draft, ...]
    unreached: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a sending ended: messages by state, and how many are left for the next time."""

    tally: dict[LetterState, int]
    left: int


def drafts(office: Office, *, slug: str, kind: MailKind, now: datetime) -> Drafts:
    """Return the messages that are due, in the order of the list; nothing is sent or noted."""
    consultation, about = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation)
    due, unreached = [], []
    for item in department_list(office, slug=slug):
        if not _is_due(item, kind, office.clock()):
            continue
        address = address_in(item.contact)
        if address:
            if kind is MailKind.REMINDER:
                words = _reminder(office, slug, plan, item, now)
            else:
                words = _asking(about, plan, item)
            due.append(Draft(item, masked_address(address), *words))
        else:
            unreached.append(item)
    return Drafts(kind, tuple(due), tuple(unreached))


def send(
    office: Office, *, slug: str, kind: MailKind, outbox: Outbox, sender: str, rate: int,
    now: datetime, actor: str, wait: Callable[[float], object],
) -> Sent:  # fmt: skip
    """Send what is due, ``rate`` a minute, for some seconds.

    ``sender`` is the office's address. Raises ``Conflict("department.mail-none")`` when nothing is
    due, ``OutboxUnready`` when the server takes nothing (the rest stays due).
    """
    wanted = drafts(office, slug=slug, kind=kind, now=now).due
    if not wanted:
        raise Conflict("department.mail-none")
    tally: dict[LetterState, int] = {}
    begun, done = office.clock(), 0
    try:
        for done, draft in enumerate(wanted, 1):
            state = _one(office, slug, draft, kind, outbox, sender, actor)
            if state is not None:
                tally[state] = tally.get(state, 0) + 1
            if done == len(wanted) or (office.clock() - begun).total_seconds() > _SECONDS:
                break
            wait(60 / rate)
    finally:
        outbox.close()
    return Sent(tally, len(wanted) - done)


def _is_due(item: Department, kind: MailKind, now: datetime) -> bool:
    if item.answered is not None or (item.sent is None) is not (kind is MailKind.FORM):
        return False
    if item.reminded is not None and now - item.reminded < _AGAIN:
        return False
    last = item.mail
    if last is None or last.kind is not kind or last.state not in _DONE:
        return True
    return kind is MailKind.REMINDER and now - last.at >= _AGAIN


def _reminder(
    office: Office, slug: str, plan: Plan, item: Department, now: datetime
) -> tuple[str, str]:
    """Return subject and text of a reminder."""
    text = reminder(office, slug=slug, identifier=item.id, now=now)
    return f"催办：《{plan.title}》征求意见（{item.code}）", text


def _asking(about: Consultation, plan: Plan, item: Department) -> tuple[str, str]:
    """Return subject and text of the letter that brings the form."""
    day = about.window.closes
    text = (
        f"{item.name}：\n现就《{plan.title}》征求贵单位意见。请填写所附反馈表"
        f"（表号 {item.code}），于{day.month}月{day.day}日前发回本邮箱；"
        f"没有意见的，也请回复“无意见”。\n{about.office}"
    )
    return f"《{plan.title}》征求意见（{item.code}）", text


def _one(
    office: Office, slug: str, draft: Draft, kind: MailKind, outbox: Outbox, sender: str, actor: str
) -> LetterState | None:
    """Send one message and note how it ended; None when somebody else has sent it meanwhile."""
    item = draft.department
    consultation, about = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation)
    form = Enclosure(f"{item.code}.docx", _DOCX, form_of(about, plan, item))
    message = Message(
        to=address_in(item.contact), subject=draft.subject, text=draft.text,
        id=f"form.{secrets.token_hex(12)}@{sender.rpartition('@')[2]}", enclosures=(form,),
    )  # fmt: skip
    with office.store.write() as db:
        if not _is_due(_now(office, consultation, item.id), kind, office.clock()):
            return None
        number = department_mail.begin(
            db, consultation, department=item.id, kind=kind, address=draft.address,
            message_id=message.id, actor=actor, now=office.clock(),
        )  # fmt: skip
    try:
        state, reply = hand_over(outbox, message)
    except OutboxUnready:
        with office.store.write() as db:  # nothing went out
            department_mail.drop(db, number)
        raise
    _note(office, consultation, number, draft, kind, state, reply, actor)
    return state


def _now(office: Office, consultation: int, identifier: int) -> Department:
    """Return a department as it stands inside of this transaction."""
    db = office.store.db
    sent = department_mail.newest(db, consultation, now=office.clock())
    return replace(departments.one(db, consultation, identifier).value, mail=sent.get(identifier))


def _note(
    office: Office, consultation: int, number: int, draft: Draft, kind: MailKind,
    state: LetterState, reply: str, actor: str,
) -> None:  # fmt: skip
    item, now = draft.department, office.clock()
    with office.store.write() as db:
        department_mail.end(db, number, state, reply=reply, now=now)
        if state is LetterState.SENT and kind is MailKind.FORM:
            departments.note_sent(db, item.id, now=now)
        elif state is LetterState.SENT:
            departments.note_reminded(db, item.id, now=now)
        events.add(
            db, at=now, actor=actor, verb=f"{kind.value}-mailed",
            subject=f"department:{item.code}", after={"state": state.value, "reply": reply},
            consultation=consultation,
        )  # fmt: skip


def due_counts(office: Office, *, slug: str, now: datetime) -> dict[MailKind, int]:
    """Return how many messages of each kind are due."""
    return {kind: len(drafts(office, slug=slug, kind=kind, now=now).due) for kind in MailKind}
