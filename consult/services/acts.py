"""Acts on many comments: begin one, carry it on in short steps, stop it, undo it.

Each step is one short transaction, so that nobody waits for a large act; what a process left
undone when it died, the next one that looks carries on, since every item knows its state.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from consult.domain.act import Act, ActItem, ActState, Deed, ItemState
from consult.domain.decision import Target
from consult.domain.errors import Conflict, ConsultError, InputRefused
from consult.domain.text import single_line
from consult.services.deeds import DOING, Doing
from consult.services.office import Office
from consult.services.reopen import MAX_WHY
from consult.services.take_back import take_back
from consult.store import acts, chosen, consultations

STEP: Final = 250  # items a transaction: about a tenth of a second
STALE: Final = timedelta(seconds=20)  # without a sign of life, after which another process goes on


def begin(
    office: Office,
    *,
    slug: str,
    deed: Deed,
    numbers: Sequence[int],
    values: Mapping[str, str],
    query: str,
    actor: str,
) -> int:
    """Store an act on comments, nothing of it done yet; returns its number.

    An approval is of the answers that wait for it: one for all comments of a family or theme.
    Raises ``InputRefused("act.nothing")`` without a comment, or without an answer to approve.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        subjects = [f"comment:{number}" for number in numbers]
        if deed is Deed.APPROVE:
            subjects = [target.subject for target in chosen.waiting(db, numbers)]
        if not subjects:
            raise InputRefused("act.nothing", field="numbers")
        return acts.add(
            db, identifier, deed=deed, actor=actor, at=office.clock(), state=ActState.RUNNING,
            subjects=subjects, query=query, details=values,
        )  # fmt: skip


def carry_on(office: Office, *, consultation: int, number: int, steps: int = 0) -> Act:
    """Do what is left of an act (at most so many steps; 0: all) unless another process does.

    Returns the act as it stands then. Raises ``NotFound``.
    """
    owner = f"{os.getpid()}-{threading.get_ident()}"
    done = 0
    while not steps or done < steps:
        with office.store.write() as db:
            act = acts.one(db, consultation, number)
            now = office.clock()
            mine = act.state.moving and acts.take(
                db, number, owner=owner, now=now, stale=now - STALE
            )
            if not mine or _step(office, consultation, act):
                break
        done += 1
    if done and done == steps:
        with office.store.write() as db:
            acts.release(db, number, owner=owner)
    return acts.one(office.store.db, consultation, number)


def _step(office: Office, consultation: int, act: Act) -> bool:
    """Do some items; True when none was left, and the act has come to its end."""
    back = act.state is ActState.UNDOING
    wanted = ItemState.DONE if back else ItemState.WAITING
    found = acts.items(office.store.db, act.id, wanted, limit=STEP, backwards=back)
    handle = _back if back else _forth
    acts.settle(office.store.db, act.id, handle(office, consultation, act, found))
    if len(found) < STEP:
        end = ActState.UNDONE if back else ActState.DONE
        acts.set_state(office.store.db, act.id, end, now=office.clock())
        return True
    return False


def _forth(office: Office, consultation: int, act: Act, found: Sequence[ActItem]) -> list[ActItem]:
    plan = consultations.plan(office.store.db, consultation)
    doing = Doing(office, consultation, plan, act.actor, act.values)
    settled = []
    for item in found:
        try:
            before, after = DOING[act.deed](doing, Target.named(item.subject))
        except ConsultError as error:
            settled.append(replace(item, state=ItemState.SKIPPED, why=error.code))
        else:
            settled.append(replace(item, state=ItemState.DONE, before=before, after=after))
    return settled


def _back(office: Office, consultation: int, act: Act, found: Sequence[ActItem]) -> list[ActItem]:
    settled = []
    for item in found:
        try:
            take_back(office, consultation, act, item, actor=act.undone_by)
        except ConsultError as error:
            settled.append(replace(item, state=ItemState.KEPT, why=error.code))
        else:
            settled.append(replace(item, state=ItemState.UNDONE))
    return settled


def halt(office: Office, *, slug: str, number: int, actor: str) -> None:
    """Stop an act where it is; what it did can be undone. Raises ``Conflict("act.over")``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        act = acts.one(db, identifier, number)
        if act.state is not ActState.RUNNING:
            raise Conflict("act.over", act=number)
        acts.set_state(db, number, ActState.HALTED, now=office.clock(), by="")


def undo(office: Office, *, slug: str, number: int, actor: str, why: str = "") -> Act:
    """Begin to take an act back; ``carry_on`` does it. A single one is taken back at once.

    What was approved is frozen: taking an approval back needs a reason, as reopening one answer
    does (``InputRefused("act.why")``). Raises ``Conflict``: ``act.unready`` for an act that is
    under way or undone already, ``act.followed`` when the single thing it was about has been
    changed since.
    """
    why = single_line(why)[:MAX_WHY]
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        act = acts.one(db, identifier, number)
        if act.state not in {ActState.DONE, ActState.HALTED}:
            raise Conflict("act.unready", act=number)
        if act.deed is Deed.APPROVE and not why:
            raise InputRefused("act.why", field="why")
        acts.note_why(db, act, why)
        acts.set_state(db, number, ActState.UNDOING, now=office.clock(), by=actor)
        act = acts.one(db, identifier, number)
        if act.total == 1:
            _step(office, identifier, act)
            settled = acts.one(db, identifier, number)
            if settled.counts.get(ItemState.KEPT):
                raise Conflict("act.followed", act=number)  # and nothing has happened
            return settled
    return act


def going_on(office: Office) -> tuple[tuple[int, int], ...]:
    """Return consultation and number of acts that are under way, maybe in a process that died."""
    return acts.moving(office.store.db)


def left_behind(office: Office) -> tuple[tuple[int, int], ...]:
    """Return those that no process has shown any life for: who looks may go on with them."""
    return acts.moving(office.store.db, unseen_since=office.clock() - STALE)
