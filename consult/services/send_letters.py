"""Send the letters of a job, one by one: what a crash leaves is one letter in doubt at most.

Before a letter goes out its row says so in a transaction of its own, afterwards what became of it.
A row found in between belongs to a process that died: nobody knows whether that letter arrived, so
it is listed and not sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from consult.domain.answer_letter import AnswerLetter, Letterhead, LetterState
from consult.domain.errors import (
    Conflict,
    ConsultError,
    NotFound,
    OutboxUnready,
)
from consult.domain.job import Job, JobState
from consult.domain.message import Message, Outbox, address_in
from consult.export.letter_body import plain_text, subject
from consult.services.answer_letters import letter_of, letterhead, reveal
from consult.services.divide import Progress, silent
from consult.services.hand_over import hand_over
from consult.services.office import Office
from consult.store import events, jobs, letters


@dataclass(frozen=True, slots=True)
class Sending:
    """How letters are sent: through what, how many a minute, as of when, and how to wait."""

    outbox: Outbox
    rate: int
    as_of: datetime
    rehearsal: bool
    wait: Callable[[float], object]


def send_letters(
    office: Office, *, job: Job, owner: str, sending: Sending, progress: Progress = silent
) -> dict[str, int]:
    """Send what is queued for a job this process has taken; returns how many ended how.

    Raises what stopped it: ``OutboxUnready`` (the rest stays queued), ``Conflict`` when somebody
    cancelled it or another process has it.
    """
    db = office.store.db
    try:
        with office.store.write():
            letters.doubt(db, job.id, now=office.clock())
        head = letterhead(office, slug=job.slug, as_of=sending.as_of, rehearsal=sending.rehearsal)
        waiting = letters.queued(db, job.id)
        tally: dict[str, int] = {}
        for place, (number, message_id, own) in enumerate(waiting):
            _go_on(office, job, owner, place, len(waiting))
            progress("send", place, len(waiting))
            state = _one(office, job, head, sending, (number, message_id, own))
            tally[state.value] = tally.get(state.value, 0) + 1
            if place + 1 < len(waiting) and state is not LetterState.VOID:
                sending.wait(60 / sending.rate)
        progress("send", len(waiting), len(waiting))
        _finish(office, job, owner, JobState.DONE, None, tally)
    except ConsultError as error:
        cancelled = error.code == "job.cancelled"
        _finish(office, job, owner, JobState.CANCELLED if cancelled else JobState.FAILED, error, {})
        raise
    except Exception:
        _finish(office, job, owner, JobState.FAILED, ConsultError("job.failed"), {})
        raise
    finally:
        sending.outbox.close()
    return tally


def _go_on(office: Office, job: Job, owner: str, done: int, total: int) -> None:
    """Note how far the job is; raises ``Conflict`` when it should not go on."""
    with office.store.write() as db:
        held = jobs.one(db, job.id)
        if held.owner != owner or held.state is not JobState.RUNNING:
            raise Conflict("job.lost", job=job.id)
        if held.cancelled_by:
            raise Conflict("job.cancelled")
        jobs.advance(db, job.id, owner=owner, stage="send", done=done, total=total,
                     now=office.clock())  # fmt: skip


def _one(
    office: Office,
    job: Job,
    head: Letterhead,
    sending: Sending,
    row: tuple[int, str, tuple[int, ...]],
) -> LetterState:
    number, message_id, own = row
    letter, to, name = _ready(office, job.slug, number, own)
    if letter is None:
        _note(office, job, number, LetterState.VOID, "changed", ())
        return LetterState.VOID
    message = Message(
        to=to, subject=subject(letter, head), text=plain_text(letter, head, name), id=message_id
    )
    with office.store.write() as db:
        letters.mark(db, number, LetterState.SENDING, now=office.clock())
    try:
        state, reply = hand_over(sending.outbox, message)
    except OutboxUnready:
        with office.store.write() as db:  # nothing went out: it waits for the next job
            letters.mark(db, number, LetterState.QUEUED, now=office.clock())
        raise
    _note(office, job, number, state, reply, letter.receipts)
    return state


def _ready(
    office: Office, slug: str, number: int, own: tuple[int, ...]
) -> tuple[AnswerLetter | None, str, str]:
    """Return the letter as queued with address and name, or None when it holds no more.

    Answers may have been reopened since, submissions withdrawn, contacts deleted.
    """
    covers = letters.covers(office.store.db, number)
    try:
        letter = letter_of(office, slug=slug, own=own, covers=covers)
    except NotFound:
        return None, "", ""
    name, contact = reveal(office, letter)
    to = address_in(contact)
    same = letter.covers == covers and letter.submissions == own
    return (letter, to, name) if same and to else (None, "", "")


def _note(
    office: Office,
    job: Job,
    number: int,
    state: LetterState,
    reply: str,
    receipts: tuple[str, ...],
) -> None:
    """Record what became of a letter, also in the history of each submission it answers."""
    with office.store.write() as db:
        now = office.clock()
        letters.mark(db, number, state, now=now, reply=reply)
        for receipt in receipts:
            events.add(
                db, at=now, actor=job.actor, verb=f"letter-{state.value}",
                subject=f"submission:{receipt}", after={"letter": number, "reply": reply},
                consultation=job.consultation,
            )  # fmt: skip


def _finish(
    office: Office,
    job: Job,
    owner: str,
    state: JobState,
    error: ConsultError | None,
    tally: dict[str, int],
) -> None:
    """Note the end, unless another process has the job by now."""
    with office.store.write() as db:
        held = jobs.one(db, job.id)
        if held.owner != owner or held.state is not JobState.RUNNING:
            return
        jobs.finish(db, job.id, state, now=office.clock(), error=error)
        jobs.set_result(db, job.id, tally)
