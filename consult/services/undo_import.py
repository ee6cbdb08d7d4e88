"""Undo a whole import: everything it took goes out of all lists, and can be imported again.

Refused when somebody has acted upon any of it: then staff see which, and deal with those first.
A large import is undone in chunks; whoever was waiting to write waits a fraction of a second.
"""

from __future__ import annotations

from consult.domain.errors import Conflict, InputRefused
from consult.domain.ledger import ImportState
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.owner import new_owner
from consult.store import changes, consultations, events, import_items, imports

_CHUNK = 100  # submissions in one transaction
_WHY = 500  # characters of a reason
_SHOWN = 20  # numbers that a refusal to undo names


def undo_import(office: Office, *, slug: str, number: int, why: str, actor: str) -> bool:
    """Undo an import; returns whether all of it is done (the worker does the rest otherwise).

    Raises ``NotFound``, ``InputRefused("import.why")``, ``Conflict`` when it is under way, undone
    already (``import.not-done``) or acted upon (``import.acted``, with ``numbers``).
    """
    reason = single_line(why, strict=False)[:_WHY]
    if not reason:
        raise InputRefused("import.why", field="why")
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    with office.store.write():
        record = imports.one(db, consultation, number)
        if record.state not in (ImportState.DONE, ImportState.FAILED):
            raise Conflict("import.not-done", number=number)
        acted = import_items.acted_upon(db, number, limit=_SHOWN)
        if acted:
            raise Conflict("import.acted", numbers=[receipt for receipt, _ in acted])
        imports.take(db, number, owner=new_owner(), state=ImportState.UNDOING, now=office.clock())
        events.add(
            db, at=office.clock(), actor=actor, verb="import-undone", subject=f"import:{number}",
            why=reason, after={"submissions": record.report.taken}, consultation=consultation,
        )  # fmt: skip
    done = go_on(office, number=number)
    if not done:  # the worker goes on
        with office.store.write():
            imports.take(db, number, owner="", state=ImportState.UNDOING, now=office.clock())
    return done


def go_on(office: Office, *, number: int, all_of_it: bool = False) -> bool:
    """Undo the next chunk of an import, or all that is left; returns whether nothing is left.

    What somebody acted upon meanwhile stays.
    """
    while True:
        with office.store.write() as db:
            left = import_items.taken(db, number, limit=_CHUNK)
            for submission, _, _ in left:
                changes.undo(db, submission)
            if len(left) < _CHUNK:
                imports.finish(db, number, ImportState.UNDONE, now=office.clock())
        if len(left) < _CHUNK or not all_of_it:
            office.store.scrub()
            return len(left) < _CHUNK
