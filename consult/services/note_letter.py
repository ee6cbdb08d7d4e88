"""Note what became of a letter after it was sent: it came back, it arrived, it may go again."""

from __future__ import annotations

import re
from typing import Final

from consult.domain.answer_letter import LetterState, SentLetter
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import single_line
from consult.services.office import Office
from consult.store import consultations, events, letters

_WHY: Final = 500  # characters
_MOST: Final = 5  # letters that one report may name
# Our Message-IDs (``queue_letters``) in the headers a report quotes; its status by RFC 3464.
_OURS: Final = re.compile(rb"letter\.[0-9a-f]{24}@[A-Za-z0-9.-]{1,120}")
_STATUS: Final = re.compile(rb"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_S = LetterState
# What a person may note → from which states.
NOTES: Final[dict[LetterState, frozenset[LetterState]]] = {
    _S.BOUNCED: frozenset({_S.SENT, _S.DOUBTFUL}),
    _S.SENT: frozenset({_S.DOUBTFUL, _S.BOUNCED}),
    _S.VOID: frozenset({_S.DOUBTFUL, _S.REFUSED, _S.BOUNCED, _S.DELAYED}),
}


def note_letter(
    office: Office, *, slug: str, letter: int, state: LetterState, why: str, actor: str
) -> None:
    """Note a bounce (退信), an arrival, or that a letter may be sent again (``VOID``).

    Raises ``NotFound("letters.unknown")``, ``Conflict("letters.state")`` when it is not in a state
    from which that can be, ``InputRefused("letters.why")`` without a reason.
    """
    why = single_line(why)[:_WHY]
    if not why:
        raise InputRefused("letters.why", field="why")
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        found = letters.one(db, identifier, letter)
        if found is None:
            raise NotFound("letters.unknown", letter=letter)
        if found.state not in NOTES.get(state, frozenset()):
            raise Conflict("letters.state", letter=letter)
        _write(office, identifier, found, state, found.reply, why, actor)


def note_bounce(office: Office, *, message_id: str, reply: str, actor: str) -> bool:
    """Note that a message came back, by its Message-ID; False when it is none of our letters.

    For whatever reads the office's mail. ``reply`` are the codes of the report, no address.
    """
    with office.store.write() as db:
        known = letters.by_message(db, message_id.strip().strip("<>"))
        if known is None:
            return False
        identifier, found = known
        if found.state in NOTES[LetterState.BOUNCED]:
            _write(office, identifier, found, LetterState.BOUNCED, reply[:80], "", actor)
        return True


def note_returned(office: Office, raw: bytes, *, actor: str) -> int:
    """Note which of our letters a report of failed delivery names; returns how many.

    A report that delivery is only delayed (``Status: 4…``) changes nothing. The Message-IDs are
    random, so that nobody but its recipient can report a letter.
    """
    status = _STATUS.search(raw)
    if status and not status.group(1).startswith(b"5"):
        return 0
    reply = status.group(1).decode() if status else ""
    named = sorted({found.decode() for found in _OURS.findall(raw)})[:_MOST]
    return sum(note_bounce(office, message_id=one, reply=reply, actor=actor) for one in named)


def _write(
    office: Office,
    identifier: int,
    found: SentLetter,
    state: LetterState,
    reply: str,
    why: str,
    actor: str,
) -> None:
    db, now = office.store.db, office.clock()
    letters.mark(db, found.id, state, now=now, reply=reply, actor=actor, why=why)
    for receipt in found.receipts:
        events.add(
            db, at=now, actor=actor, verb=f"letter-{state.value}", why=why,
            subject=f"submission:{receipt}", after={"letter": found.id}, consultation=identifier,
        )  # fmt: skip


def sent_letter(office: Office, *, slug: str, letter: int) -> SentLetter:
    """Return one line of the log; raises ``NotFound("letters.unknown")``."""
    identifier, _ = consultations.find(office.store.db, slug)
    found = letters.one(office.store.db, identifier, letter)
    if found is None:
        raise NotFound("letters.unknown", letter=letter)
    return found


def sent_letters(
    office: Office, *, slug: str, before: int = 0, limit: int = 50
) -> tuple[SentLetter, ...]:
    """Return lines of the log, newest first; ``before`` a number, 0 from the newest."""
    identifier, _ = consultations.find(office.store.db, slug)
    return letters.log(office.store.db, identifier, before=before, limit=limit)
