"""Open the original of what was refused: it may name its sender, so it takes a reason."""

from __future__ import annotations

from consult.domain.errors import InputRefused, NotFound
from consult.domain.ledger import RefusedItem
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.refused import refused_item
from consult.store import consultations, events

_WHY = 500  # characters of a reason


def open_refused(
    office: Office, *, slug: str, identifier: int, why: str, actor: str
) -> RefusedItem:
    """Return a refused item with its original, and note who opened it for what reason.

    Raises ``InputRefused("refusal.open-why")``, ``NotFound``.
    """
    item = refused_item(office, slug=slug, identifier=identifier)
    if not item.refusal.original:
        raise NotFound("refusal.no-original")
    reason = single_line(why, strict=False)[:_WHY]
    if not reason:
        raise InputRefused("refusal.open-why", field="open_why")
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        events.add(
            db, at=office.clock(), actor=actor, verb="refusal-opened", why=reason,
            subject=f"refusal:{identifier}", consultation=consultation,
        )  # fmt: skip
    return item
