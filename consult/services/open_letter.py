"""Open the original of a letter: it names its sender, so it takes a reason that is kept."""

from __future__ import annotations

from consult.domain.errors import InputRefused, NotFound
from consult.domain.text import single_line
from consult.services import vault
from consult.services.office import Office
from consult.store import consultations, events, submissions

_WHY = 500  # characters of a reason


def open_letter(office: Office, *, slug: str, number: str, why: str, actor: str) -> bytes:
    """Return a letter as it came, byte for byte, and note who opened it for what reason.

    Raises ``InputRefused("letter.why")`` and ``NotFound``.
    """
    reason = single_line(why, strict=False)[:_WHY]
    if not reason:
        raise InputRefused("letter.why", field="why")
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = submissions.by_number(db, consultation, number)
    if found is None:
        raise NotFound("submission.unknown", number=number)
    data = vault.letter(office, found)
    with office.store.write():
        events.add(
            db, at=office.clock(), actor=actor, verb="letter-opened", why=reason,
            subject=f"submission:{number}", consultation=consultation,
        )  # fmt: skip
    return data
