"""A process that dies in the middle of an act: the next one that looks brings it to its end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consult.domain.act import Act, ActState, ItemState
from consult.domain.comment import NewSubmission
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.act_view import act_view
from consult.services.acts import STALE
from consult.services.answers import answers
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.receive import receive
from consult.store import events
from tests.conftest import OPEN, SLUG, Clock
from tests.serving import environment

# Kills itself, as a failing power supply would, inside of the third transaction.
DIES = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from consult.domain.act import Deed
from consult.services import acts, deeds
from consult.services.office import open_office

office = open_office(Path(sys.argv[1]), clock=lambda: datetime.fromisoformat(sys.argv[2]))
acts.STEP = 2
inner, seen = deeds.DOING[Deed.DECIDE], []

def deed(doing, target):
    seen.append(target)
    if len(seen) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return inner(doing, target)

deeds.DOING[Deed.DECIDE] = deed
numbers = list(range(1, 10))
values = {"disposition": "noted", "reason": "参考。", "submit": "1"}
act = acts.begin(office, slug="river-2024", deed=Deed.DECIDE, numbers=numbers, values=values,
                 query="", actor="wang")
if sys.argv[3] == "undo":
    acts.carry_on(office, consultation=1, number=act, steps=2)
    acts.halt(office, slug="river-2024", number=act, actor="wang")
    acts.undo(office, slug="river-2024", number=act, actor="wang")
    acts.take_back = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
acts.carry_on(office, consultation=1, number=act)
"""


@pytest.fixture
def nine(published: Office) -> Office:
    """Nine comments; somebody has written an answer to the first."""
    from consult.services.analyse import analyse

    for place in range(9):
        new = NewSubmission(text=f"第{place}段的路灯太暗，请加装。")
        receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    decide(published, slug=SLUG, target=Target(comment=1), actor="li", seen="0",
           ruling=Ruling(Disposition.ADOPTED))  # fmt: skip
    return published


def dies(office: Office, clock: Clock, how: str) -> None:
    folder = Path(office.store.path).parent
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(folder), clock.now.isoformat(), how],
        env=environment(), timeout=120, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def at_rest(office: Office) -> Act:
    """Wait for the thread that brings the act to its end."""
    for _ in range(200):
        act = act_view(office, slug=SLUG, number=2).act
        if not act.state.moving:
            return act
        time.sleep(0.05)
    raise AssertionError("it was not gone on with")


def test_what_was_being_done_is_finished_when_somebody_opens_any_page(
    client: FlaskClient, nine: Office, clock: Clock, staff: Callable[..., FlaskClient]
) -> None:
    dies(nine, clock, "do")
    staff(client)
    client.page(f"/staff/c/{SLUG}/queue")  # nobody knows yet that the other process is dead
    assert act_view(nine, slug=SLUG, number=2).act.counts == {
        ItemState.DONE: 4, ItemState.WAITING: 5,
    }  # fmt: skip
    clock.advance(seconds=STALE.total_seconds() + 1)
    client.page(f"/staff/c/{SLUG}/queue")
    act = at_rest(nine)
    assert (act.state, act.counts) == (ActState.DONE, {ItemState.DONE: 9})
    found = answers(nine, range(1, 10), approved=False)
    assert {d.ruling.reason for d in found.values()} == {"参考。"}
    assert len(found) == 9
    assert events.verify(nine.store.db) is None


def test_what_was_being_undone_is_undone_to_the_end(
    client: FlaskClient, nine: Office, clock: Clock, staff: Callable[..., FlaskClient]
) -> None:
    dies(nine, clock, "undo")
    clock.advance(seconds=STALE.total_seconds() + 1)
    staff(client).page(f"/staff/c/{SLUG}/")
    act = at_rest(nine)
    assert (act.state, act.counts) == (
        ActState.UNDONE, {ItemState.UNDONE: 4, ItemState.WAITING: 5},
    )  # fmt: skip
    found = answers(nine, range(1, 10), approved=False)
    assert {n: d.ruling.disposition for n, d in found.items()} == {1: Disposition.ADOPTED}
    assert events.verify(nine.store.db) is None
