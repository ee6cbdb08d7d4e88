"""Replace a lost query code, after the contact that was given has been checked: a logged act."""

from __future__ import annotations

import unicodedata

from consult.crypto.codes import canonical, keyed_hash, new_code, same
from consult.domain.errors import InputRefused, NotFound
from consult.services import vault
from consult.services.office import Office
from consult.store import changes, consultations, events, submissions


def replace_code(
    office: Office, *, slug: str, number: str, contact: str, why: str, actor: str
) -> str:
    """Return a new code for a submission whose contact is the one somebody states.

    The contact itself is never shown: staff type what they are told, and only whether it is the
    same decides. Every attempt is an event. Raises ``NotFound``, ``InputRefused`` with
    ``recode.no-contact`` when none was given and ``recode.other-contact``.
    """
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    text = canonical(number)
    found = submissions.by_number(db, identifier, f"{text[:4]}-{text[4:]}")
    if found is None or found.wrapped is None:
        raise NotFound("submission.unknown", number=number[:20])
    if not why.strip():
        raise InputRefused("recode.why", field="why")
    given = vault.contact(office.keys, found)[1]
    if not given:
        raise InputRefused("recode.no-contact", field="contact")
    right = same(_folded(given), _folded(contact))
    code = new_code()
    with office.store.write():
        if right:
            changes.replace_code(db, found.value.id, keyed_hash(office.keys.codes, canonical(code)))
        events.add(
            db, at=office.clock(), actor=actor,
            verb="code-replaced" if right else "code-refused",
            subject=f"submission:{found.value.number}", why=why, consultation=identifier,
        )  # fmt: skip
    if not right:
        raise InputRefused("recode.other-contact", field="contact")
    return code


def _folded(words: str) -> str:
    """Fold what differs between two ways to write the same number or address."""
    narrow = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c for c in narrow if not c.isspace() and c not in "-()+")
