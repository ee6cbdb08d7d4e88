"""How one item of an act is taken back: things stand as before, and an event says so.

Nothing is taken back from under a later change: such an item raises ``Conflict("act.followed")``
and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from consult.domain.act import Act, ActItem, Deed
from consult.domain.comment import Origin
from consult.domain.decision import Target
from consult.domain.errors import Conflict
from consult.services.office import Office
from consult.services.record_decision import record
from consult.services.relink import unpacked
from consult.services.rulings import trace
from consult.store import comments, cuts, decisions, desk, events, themes


def take_back(office: Office, consultation: int, act: Act, item: ActItem, *, actor: str) -> None:
    """Undo one item inside the caller's transaction; raises ``Conflict`` and ``NotFound``."""
    _UNDOING[act.deed](office, consultation, act, item, actor)


def _decision(office: Office, consultation: int, act: Act, item: ActItem, actor: str) -> None:
    """Bring back the version before, as a version of its own, or have none again."""
    db = office.store.db
    target = Target.named(item.subject)
    now = decisions.current(db, target)
    if now is None or now.id != item.after["decision"]:
        raise Conflict("act.followed", subject=item.subject)
    before = decisions.version(db, int(str(item.before["decision"])))
    if before is None:
        decisions.retire(db, target)
        _tell(office, consultation, act, item, actor, before=trace(now))
        return
    record(
        office, consultation, target=target, ruling=before.ruling, stage=before.stage,
        verb="undone", actor=actor, covers=now.covers, before=now, exceptions=before.exceptions,
        why=act.values.get("undone_why", ""),
    )  # fmt: skip


def _links(office: Office, consultation: int, act: Act, item: ActItem, actor: str) -> None:
    """Bring back links and theme; a theme that is gone meanwhile is left."""
    db = office.store.db
    comment, _ = comments.one(db, consultation, item.number)
    present = [link.section for link in comment.links if link.origin is Origin.STAFF]
    if present != list(_sequence(item.after["sections"])):
        raise Conflict("act.followed", subject=item.subject)
    was: Mapping[str, Any] = item.before
    comments.set_links(
        db,
        replace(comment, links=unpacked(was["links"]), runners_up=unpacked(was["runners_up"])),
        run=0,
    )
    themes.bring_back(db, item.number, theme=was["theme"], pinned=was["pinned"])
    _tell(
        office, consultation, act, item, actor,
        before={"section": comment.section}, after={"section": was["section"]},
    )  # fmt: skip


def _tag(office: Office, consultation: int, act: Act, item: ActItem, actor: str) -> None:
    change = desk.tag if item.before["tagged"] else desk.untag
    if not change(office.store.db, consultation, item.number, act.values["tag"]):
        raise Conflict("act.followed", subject=item.subject)
    _tell(office, consultation, act, item, actor)


def _cut(office: Office, consultation: int, act: Act, item: ActItem, actor: str) -> None:
    """List the old comments again and supersede the new ones, unless these were worked with."""
    db = office.store.db
    new = [int(str(number)) for number in _sequence(item.after["numbers"])]
    stamps = comments.stamps(db, new)
    listed = comments.by_numbers(db, consultation, new)
    untouched = [stamps.get(number) for number in new] == list(_sequence(item.after["stamps"]))
    if len(listed) < len(new) or not untouched or any(comment.decided for comment in listed):
        raise Conflict("act.followed", subject=item.subject)
    old = [int(str(number)) for number in _sequence(item.before["numbers"])]
    comments.supersede(db, new)
    cuts.revive(db, old)
    for number in (*old, *new):
        events.add(
            db, at=office.clock(), actor=actor, verb="undone", subject=f"comment:{number}",
            before={"comments": new}, after={"comments": old, "act": act.id},
            consultation=consultation,
        )  # fmt: skip


def _tell(
    office: Office,
    consultation: int,
    act: Act,
    item: ActItem,
    actor: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb="undone", subject=item.subject,
        before=before, after={"act": act.id, "deed": act.deed.value, **(after or {})},
        consultation=consultation,
    )  # fmt: skip


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


_UNDOING: Final[dict[Deed, Callable[[Office, int, Act, ActItem, str], None]]] = {
    Deed.DECIDE: _decision,
    Deed.APPROVE: _decision,
    Deed.RELINK: _links,
    Deed.TAG: _tag,
    Deed.UNTAG: _tag,
    Deed.SPLIT: _cut,
    Deed.JOIN: _cut,
}
