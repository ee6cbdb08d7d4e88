"""Queue letters by mail (发信): from now on a job sends them, each one once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.answer_letter import AnswerLetter
from consult.domain.errors import Conflict, ConsultError, InputRefused
from consult.domain.job import Cause, JobKind, JobState
from consult.domain.message import address_in, masked_address
from consult.domain.text import single_line
from consult.services.answer_letters import letter_book, reveal
from consult.services.carry_out import abandoned
from consult.services.office import Office
from consult.store import consultations, events, jobs, letters

_WHY = 500  # characters


@dataclass(frozen=True, slots=True)
class Queued:
    """What a job has to send: its number, new letters, and letters an earlier job had left."""

    job: int
    letters: int
    left: int


def queue_letters(
    office: Office,
    *,
    slug: str,
    sender: str,
    why: str,
    actor: str,
    partly: bool = False,
    owner: str = "",
) -> Queued:
    """Queue every letter that is due; ``partly`` also those with comments still unanswered.

    ``sender`` is the office's address, whose host the Message-IDs name. With an ``owner`` that
    process has the job at once. The contacts are opened for it, which the event says. Raises
    ``Conflict``: ``letters.running`` while others are being sent, ``letters.none`` when there is
    nothing to send; ``InputRefused("letters.why")``.
    """
    why = single_line(why)[:_WHY]
    if not why:
        raise InputRefused("letters.why", field="why")
    seen = letters.newest(office.store.db)
    book = letter_book(office, slug=slug)  # takes seconds where there are many: nobody waits for it
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        _refuse_another(office, identifier, owner)
        if letters.newest(db) != seen:
            raise Conflict("letters.running")
        number = jobs.add(db, identifier, cause=Cause.COMMAND if owner else Cause.BUTTON,
                          actor=actor, now=office.clock(), kind=JobKind.LETTERS)  # fmt: skip
        left = letters.adopt(db, identifier, number)
        wanted = book.due + (book.partly if partly else ())
        fresh = _add(office, identifier, number, wanted, sender)
        if not left + fresh:
            raise Conflict("letters.none")
        if owner:
            jobs.start(db, number, owner=owner, now=office.clock())
        events.add(
            db, at=office.clock(), actor=actor, verb="letters-queued", subject=f"job:{number}",
            why=why, after={"letters": fresh, "left": left}, consultation=identifier,
        )  # fmt: skip
    return Queued(number, fresh, left)


def _refuse_another(office: Office, identifier: int, owner: str) -> None:
    """Raise ``Conflict`` while letters are being sent; a command takes over from a dead process.

    What that one had under way is in doubt, the rest goes on with the new job.
    """
    db, now = office.store.db, office.clock()
    if owner:
        for job in abandoned(office, JobKind.LETTERS):
            letters.doubt(db, job.id, now=now)
            died = ConsultError("job.died", attempts=job.attempts)
            jobs.finish(db, job.id, JobState.FAILED, now=now, error=died)
    for state in (JobState.WAITING, JobState.RUNNING):
        for job in jobs.in_state(db, state, JobKind.LETTERS):
            if job.consultation == identifier or (owner and state is JobState.RUNNING):
                raise Conflict("letters.running")


def _add(
    office: Office, identifier: int, job: int, wanted: Iterable[AnswerLetter], sender: str
) -> int:
    host = sender.rpartition("@")[2]
    wanted = tuple(wanted)
    for letter in wanted:
        letters.add(
            office.store.db,
            identifier,
            job=job,
            address=masked_address(address_in(reveal(office, letter)[1])),
            message_id=f"letter.{secrets.token_hex(12)}@{host}",
            covers=letter.covers,
            submissions=letter.submissions,
            now=office.clock(),
        )
    return len(wanted)
