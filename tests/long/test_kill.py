"""No acknowledged submission is lost and none is stored twice when the server is killed.

What this shows is ``kill -9``; a loss of power is not tested.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.services import vault
from consult.services.doctor import examine
from consult.services.office import Office
from consult.store import consultations, submissions
from tests.citizens import Crowd
from tests.conftest import SLUG
from tests.serving import NOW, Server, free_port, start

SEED = 20_220_926
LIFE = (0.1, 1.5)  # seconds a server lives
SETTINGS = {"CONSULT_NOW": NOW, "CONSULT_POSTS_PER_HOUR": "1000000"}


def kill_and_restart(folder: Path, port: int, times: int) -> Iterator[Server]:
    """Serve; kill the server at random moments; yield each in its turn, the last one alive."""
    chance = random.Random(SEED)
    args = ("--data-dir", "data", "serve", "--port", str(port))
    for _ in range(times):
        server = start(folder, *args, **SETTINGS)
        yield server
        time.sleep(chance.uniform(*LIFE))
        assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    yield start(folder, *args, **SETTINGS)


def stored(office: Office) -> list[tuple[str, str]]:
    """Return number and text of everything that is stored."""
    db = office.store.db
    identifier, _ = consultations.find(db, SLUG)
    found = submissions.active(db, identifier)
    return sorted((item.value.number, vault.original(office.keys, item).text) for item in found)


def counts(office: Office) -> tuple[int, int, int]:
    """Return how many rows, receipt numbers and keys of a send there are."""
    sql = "select count(*), count(distinct number), count(distinct key) from submissions"
    return tuple(office.store.db.execute(sql).fetchone())


def survive(office: Office, folder: Path, *, times: int) -> None:
    port = free_port()
    crowd = Crowd(f"http://127.0.0.1:{port}/", SLUG, size=4)
    lives: list[Server] = []
    try:
        crowd.during(lambda: lives.extend(kill_and_restart(folder, port, times)))
    finally:
        codes = [server.stop() for server in lives]
    assert (crowd.troubles, codes) == ([], [-signal.SIGKILL] * times + [0])
    assert len(crowd.receipts) > times
    assert crowd.failures > times
    assert stored(office) == sorted((number, text) for text, number in crowd.receipts.items())
    assert counts(office) == (len(crowd.receipts),) * 3
    assert [f for f in examine(office) if not f.ok and f.name not in ("backup", "disk")] == []


def test_ten_kills_lose_nothing_and_double_nothing(published: Office, tmp_path: Path) -> None:
    survive(published, tmp_path, times=10)


@pytest.mark.long
def test_two_hundred_kills_lose_nothing_and_double_nothing(
    published: Office, tmp_path: Path
) -> None:
    survive(published, tmp_path, times=200)
