"""A killed worker leaves nothing half-written, and the next one finishes its job.

The worker and the process of the job are real, and so is ``kill -9``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.cli import corpora
from consult.domain.job import Job, JobState
from consult.intake.corpus import read_samples
from consult.services.doctor import examine
from consult.services.import_items import import_items
from consult.services.jobs import ask, cancel, recent
from consult.services.office import Office, open_office
from consult.services.publish import publish
from consult.store import comments, jobs, runs
from tests.serving import PROGRAM, environment, serving

SLUG = "luzhou-2022"
PATIENCE = 90  # seconds; on an idle machine everything here takes two


@pytest.fixture
def crowded(tmp_path: Path) -> Office:
    """An office, on real time, with enough comments that an analysis takes a few seconds."""
    office = open_office(tmp_path / "data", create=True)
    corpus = corpora.load(SLUG)
    publish(office, consultation=replace(corpus.about.consultation, rehearsal=True),
            plan=corpus.plan, knowledge=corpus.knowledge, source=corpus.source, data=corpus.data,
            actor="test")  # fmt: skip
    import_items(office, slug=SLUG, items=read_samples(corpus.folder),
                 now=datetime(2022, 10, 20, tzinfo=UTC), actor="test")  # fmt: skip
    return office


@contextmanager
def working(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "work.log").open("ab") as log:
        process = subprocess.Popen(
            [*PROGRAM, "--data-dir", "data", "work"], cwd=folder, env=environment(), stderr=log,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait_for(office: Office, job: int, reached: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        held = jobs.one(office.store.db, job)
        if reached(held):
            return held
        time.sleep(0.02)
    raise AssertionError(f"never reached: {held}")


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in listed.split()]


def gone(process: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text(encoding="ascii").rsplit(") ")[1][0] == "Z":
            return True
        time.sleep(0.05)
    return False


def stored(office: Office) -> tuple[int, int]:
    db = office.store.db
    return runs.latest(db, 1), len(comments.active(db, 1))


@pytest.mark.parametrize("victim", ["worker", "child"])
def test_a_killed_worker_leaves_nothing_half_written_and_the_next_one_finishes(
    crowded: Office, tmp_path: Path, victim: str
) -> None:
    job = ask(crowded, slug=SLUG, actor="li")
    with working(tmp_path) as first:
        wait_for(crowded, job, lambda held: held.stage in {"map", "group"})
        (child,) = children(first.pid)
        if victim == "child":
            os.kill(child, signal.SIGKILL)
        else:
            first.kill()
            first.wait()
            assert gone(child)
            assert stored(crowded) == (0, 0)
            assert jobs.one(crowded.store.db, job).state is JobState.RUNNING
            with working(tmp_path):
                wait_for(crowded, job, lambda held: held.state.final)
        held = wait_for(crowded, job, lambda held: bool(held.result) or held.state.final)
    assert (held.state, held.attempts) == (JobState.DONE, 2)
    assert stored(crowded)[0] == 1
    assert stored(crowded)[1] > 390
    assert [f for f in examine(crowded) if not f.ok and f.name not in ("backup", "disk")] == []


def test_a_job_under_way_is_cancelled_and_stores_nothing(crowded: Office, tmp_path: Path) -> None:
    job = ask(crowded, slug=SLUG, actor="li")
    with working(tmp_path) as worker:
        wait_for(crowded, job, lambda held: bool(held.stage))
        (child,) = children(worker.pid)
        cancel(crowded, slug=SLUG, job=job, actor="wang")
        held = wait_for(crowded, job, lambda held: held.state.final)
        assert gone(child)
    assert held.state is JobState.CANCELLED
    assert stored(crowded) == (0, 0)


def test_serving_starts_a_worker_that_ends_with_it(crowded: Office, tmp_path: Path) -> None:
    with serving(tmp_path, "--data-dir", "data", "serve", "--port", "0",
                 CONSULT_WORKER="true") as server:  # fmt: skip
        job = ask(crowded, slug=SLUG, actor="li")
        (worker,) = children(server.process.pid)
        wait_for(crowded, job, lambda held: bool(held.result))
        assert recent(crowded, slug=SLUG).attended
        server.process.kill()
        assert gone(worker)
