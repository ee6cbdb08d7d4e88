"""Confirm doubtful maskings (核实遮盖): hide a place in public for good, or leave it readable."""

from __future__ import annotations

from collections.abc import Mapping

from consult.domain.errors import InputRefused
from consult.domain.masking import Doubtful, Masking
from consult.services.doubtful import every_doubt
from consult.services.office import Office
from consult.store import codec, consultations, events, maskings

HIDE, LEAVE = "hide", "leave"


def confirm_maskings(
    office: Office, *, slug: str, said: Mapping[str, str], actor: str, rest: bool = False
) -> int:
    """Record what somebody said of finds, by their keys (``17:3-6``); returns how many changed.

    ``said`` is ``hide`` or ``leave``; ``rest`` hides all that are still open. All or nothing:
    raises ``InputRefused("masking.unknown")`` for a key that is no doubtful place (any more) or a
    word that is neither, ``NotFound``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        known = {find.key: find for find in every_doubt(office, slug=slug)}
        for key, word in said.items():
            if key not in known or word not in (HIDE, LEAVE):
                raise InputRefused("masking.unknown", field="maskings", key=key)
        wanted = {known[key]: word == HIDE for key, word in said.items()}
        if rest:
            open_ = [find for find in known.values() if find.masking is None]
            wanted = dict.fromkeys(open_, True) | wanted
        changed = {
            find: hidden
            for find, hidden in wanted.items()
            if find.masking is None or find.masking.hidden is not hidden
        }
        for find, hidden in changed.items():
            _confirm(office, identifier, find, hidden, actor)
        return len(changed)


def _confirm(office: Office, consultation: int, find: Doubtful, hidden: bool, actor: str) -> None:
    """Write one decision and its event: the place, never the words."""
    db, now = office.store.db, office.clock()
    place = find.find
    masking = Masking(find.comment, place.start, place.end, hidden, actor)
    maskings.put(db, masking, at=codec.to_text(now))
    before = {"hidden": find.masking.hidden} if find.masking else {}
    after = {"hidden": hidden, "start": place.start, "end": place.end, "doubt": place.doubt.value}
    events.add(
        db, at=now, actor=actor, verb="masking-confirmed", subject=f"comment:{find.comment}",
        before=before, after=after, consultation=consultation,
    )  # fmt: skip
