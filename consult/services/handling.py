"""What people who work on one comment must know of each other; notes between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, normalise
from consult.domain.together import Assignment, Desk, Note, Presence
from consult.services.office import Office
from consult.store import comments, consultations, decisions, desk, events, together

NEAR = timedelta(minutes=5)  # whoever opened the page since then may still be at it
_AGAIN = timedelta(seconds=20)  # a page opened again so soon is not noted again
MAX_NOTE = 2000  # characters


@dataclass(frozen=True, slots=True)
class Handling:
    """Whose a comment is (``own``: by assignment, else by its chapter), until when, who looks.

    ``overdue``: the day has passed and nothing is approved for it.
    """

    handler: str
    own: Assignment | None
    due: date | None
    overdue: bool
    others: tuple[Presence, ...]
    notes: tuple[Note, ...]


def handling(office: Office, *, slug: str, number: int, today: date, username: str) -> Handling:
    """Return what is to be known beside a comment."""
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    comment, _ = comments.one(db, identifier, number)
    own = together.assigned(db, [number]).get(number)
    desk = together.desks(db, identifier).get(comment.section.split(".")[0], Desk())
    due = (own.due if own else None) or desk.due or consultation.answer_by
    answered = number in decisions.about(db, [number])
    since = office.clock() - NEAR
    return Handling(
        handler=own.handler if own else desk.handler,
        own=own,
        due=due,
        overdue=due is not None and due < today and not answered,
        others=tuple(p for p in together.looking(db, number, since=since)
                     if p.username != username),
        notes=together.notes(db, number),
    )  # fmt: skip


def look_at(office: Office, *, slug: str, number: int, username: str) -> None:
    """Note that somebody who may change a comment has its page open."""
    identifier, _ = consultations.find(office.store.db, slug)
    comments.one(office.store.db, identifier, number)
    note_look(office, number, username)


def note_look(office: Office, number: int, username: str, *, opened: bool = False) -> None:
    """Note who looks ("": nobody who may change it) and that staff ``opened`` it: one transaction.

    What was noted a moment ago is not written again: each write waits for the disk.
    """
    now, db = office.clock(), office.store.db
    recent = together.looking(db, number, since=now - _AGAIN) if username else ()
    looks = bool(username) and all(presence.username != username for presence in recent)
    opens = opened and not comments.opened(db, number)
    if looks or opens:
        with office.store.write():
            if looks:
                together.look(db, number, username, now=now)
            if opens:
                desk.mark_opened(db, [number])


def add_note(office: Office, *, slug: str, number: int, text: str, actor: str) -> None:
    """Write a note for colleagues; raises ``InputRefused``. The event holds none of its words."""
    text = normalise(text).strip()
    if is_blank(text):
        raise InputRefused("note.blank", field="text")
    if len(text) > MAX_NOTE:
        raise InputRefused("line.too-long", field="text", length=len(text), limit=MAX_NOTE)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        comments.one(db, identifier, number)
        together.add_note(db, number, Note(actor, office.clock(), text))
        events.add(
            db, at=office.clock(), actor=actor, verb="note-added", subject=f"comment:{number}",
            consultation=identifier,
        )  # fmt: skip
