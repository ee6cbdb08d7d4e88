from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict, NotFound
from consult.domain.job import Cause, Job, JobState
from consult.services import carry_out as carrying
from consult.services.carry_out import carry_out, new_owner, run_now, take
from consult.services.due import ask_when_due
from consult.services.jobs import ask, cancel, recent
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.worker import Worker
from consult.store import comments, events, jobs, runs
from tests.conftest import OPEN, SLUG, Clock
from tests.services.asks import FISHING, send

HERE = socket.gethostname()
DEAD = 4_000_000  # above the highest process number of Linux


def state(office: Office, job: int) -> JobState:
    return jobs.one(office.store.db, job).state


def taken(office: Office, owner: str = "") -> Job:
    job = take(office, owner=owner or new_owner())
    assert job is not None
    return job


def test_a_second_request_joins_the_one_that_waits(published: Office) -> None:
    first = ask(published, slug=SLUG, actor="li")
    assert ask(published, slug=SLUG, actor="wang") == first
    assert state(published, first) is JobState.WAITING


def test_a_command_analyses_as_a_job_like_any_other(published: Office) -> None:
    send(published, *FISHING)
    report = run_now(published, slug=SLUG, actor="cli")
    (job,) = recent(published, slug=SLUG).jobs
    assert (job.state, job.cause, job.actor) == (JobState.DONE, Cause.COMMAND, "cli")
    assert (job.result["comments"], job.result["run"]) == (report.comments, report.run) == (3, 1)


def test_one_analysis_at_a_time(published: Office) -> None:
    ask(published, slug=SLUG, actor="li")
    running = taken(published)
    with pytest.raises(Conflict) as conflict:
        run_now(published, slug=SLUG, actor="cli")
    assert (conflict.value.code, conflict.value.values["job"]) == ("job.running", running.id)
    assert take(published, owner=new_owner()) is None


def test_a_waiting_job_is_cancelled_at_once(published: Office) -> None:
    job = ask(published, slug=SLUG, actor="li")
    cancel(published, slug=SLUG, job=job, actor="wang")
    assert state(published, job) is JobState.CANCELLED
    assert take(published, owner=new_owner()) is None
    with pytest.raises(Conflict):
        cancel(published, slug=SLUG, job=job, actor="wang")
    with pytest.raises(NotFound):
        cancel(published, slug=SLUG, job=99, actor="wang")


def interfering(office: Office, at: str, act: Callable[[], None]) -> Callable[..., None]:
    """Return a progress that acts, from a connection of its own, when a stage begins."""

    def show(stage: str, done: int, _total: int) -> None:
        if stage == at and not done:
            thread = threading.Thread(target=lambda: (act(), office.store.close()))
            thread.start()
            thread.join()

    return show


def test_a_job_that_is_cancelled_under_way_stores_nothing(published: Office) -> None:
    send(published, *FISHING)
    ask(published, slug=SLUG, actor="li")
    job = taken(published, owner := new_owner())

    def stop() -> None:
        cancel(published, slug=SLUG, job=job.id, actor="wang")

    with pytest.raises(Conflict) as conflict:
        carry_out(published, job=job, owner=owner, progress=interfering(published, "group", stop))
    assert conflict.value.code == "job.cancelled"
    assert state(published, job.id) is JobState.CANCELLED
    assert (runs.latest(published.store.db, 1), comments.active(published.store.db, 1)) == (0, ())


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_a_command_is_interrupted_within_a_second_or_two(
    published: Office,
    monkeypatch: pytest.MonkeyPatch,
    handler: Callable[..., object] | signal.Handlers,
) -> None:
    """Even where the analysis reports nothing for long, or a script runs it in the background."""
    send(published, *FISHING)
    before = signal.signal(signal.SIGINT, handler)
    waited = threading.Event()

    def endless(*_: object, **__: object) -> None:
        cancel(published, slug=SLUG, job=1, actor="wang")
        assert not [waited.wait(0.1) for _ in range(300)], "nobody interrupted it"

    monkeypatch.setattr(carrying, "analyse", endless)
    try:
        with pytest.raises(Conflict) as conflict:
            run_now(published, slug=SLUG, actor="cli")
    finally:
        signal.signal(signal.SIGINT, before)
    assert conflict.value.code == "job.cancelled"
    assert state(published, 1) is JobState.CANCELLED


def test_a_process_that_lost_its_job_stores_nothing(published: Office) -> None:
    send(published, *FISHING)
    ask(published, slug=SLUG, actor="li")
    job = taken(published, owner := f"{HERE}/{DEAD}/a")

    def steal() -> None:
        assert taken(published, f"{HERE}/{os.getpid()}/b").id == job.id

    with pytest.raises(Conflict) as conflict:
        carry_out(published, job=job, owner=owner, progress=interfering(published, "group", steal))
    assert conflict.value.code == "job.lost"
    held = jobs.one(published.store.db, job.id)
    assert (held.state, held.owner, held.attempts) == (
        JobState.RUNNING, f"{HERE}/{os.getpid()}/b", 2,
    )  # fmt: skip
    assert runs.latest(published.store.db, 1) == 0


@pytest.mark.parametrize(
    "owner", ["elsewhere/1/a", f"{HERE}/{os.getpid()}/a"], ids=["elsewhere", "here"]
)
def test_a_job_without_a_sign_of_life_is_taken_over(
    published: Office, clock: Clock, owner: str
) -> None:
    ask(published, slug=SLUG, actor="li")
    job = taken(published, owner)
    clock.advance(seconds=29)
    assert take(published, owner=new_owner()) is None
    clock.advance(seconds=2)
    assert taken(published).id == job.id


def test_a_job_that_kills_its_process_is_given_up_after_three_times(published: Office) -> None:
    job = ask(published, slug=SLUG, actor="li")
    for _ in range(3):
        assert taken(published, f"{HERE}/{DEAD}/a").id == job
    assert take(published, owner=new_owner()) is None
    held = jobs.one(published.store.db, job)
    assert (held.state, held.error, held.values) == (
        JobState.FAILED, "job.died", {"attempts": "3"},
    )  # fmt: skip


def test_what_goes_wrong_is_noted_and_stores_nothing(
    published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(carrying, "analyse", broken)
    with pytest.raises(RuntimeError):
        run_now(published, slug=SLUG, actor="cli")
    (job,) = recent(published, slug=SLUG).jobs
    assert (job.state, job.error) == (JobState.FAILED, "job.failed")


def test_the_timer_asks_when_it_is_time_and_something_new_came(
    published: Office, clock: Clock
) -> None:
    send(published, *FISHING)
    assert ask_when_due(published, every=0) == ()
    assert ask_when_due(published, every=60) == (1,)
    assert ask_when_due(published, every=60) == ()  # it waits already
    run_now(published, slug=SLUG, actor="timer")
    clock.advance(minutes=61)
    assert ask_when_due(published, every=60) == ()  # nothing came
    receive(published, slug=SLUG, new=NewSubmission(text="步道太窄，请加宽。"), now=OPEN)
    assert ask_when_due(published, every=60) == (2,)
    run_now(published, slug=SLUG, actor="timer")
    receive(published, slug=SLUG, new=NewSubmission(text="步道太暗，请装灯。"), now=OPEN)
    clock.advance(minutes=59)
    assert ask_when_due(published, every=60) == ()  # too early


class Process:
    """A child that ends when it is told to."""

    def __init__(self, end: Callable[[], None] = lambda: None) -> None:
        self.code: int | None = None
        self.end = end

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.code = -signal.SIGTERM

    def wait(self) -> int:
        return self.code or 0


def worked(office: Office, clock: Clock) -> tuple[Worker, list[tuple[Job, Process]]]:
    spawned: list[tuple[Job, Process]] = []

    def spawn(job: Job, _owner: str) -> Process:
        spawned.append((job, Process()))
        return spawned[-1][1]

    seconds = [0.0]

    def tick() -> float:
        seconds[0] += 6
        clock.advance(seconds=6)
        return seconds[0]

    return Worker(office, spawn=spawn, clock=tick), spawned


def test_the_worker_stops_what_is_cancelled(published: Office, clock: Clock) -> None:
    worker, spawned = worked(published, clock)
    worker.step()
    assert spawned == []
    job = ask(published, slug=SLUG, actor="li")
    worker.step()
    assert [own.id for own, _ in spawned] == [job]
    cancel(published, slug=SLUG, job=job, actor="wang")
    worker.step()
    assert spawned[0][1].code == -signal.SIGTERM
    assert state(published, job) is JobState.CANCELLED


def test_a_child_whose_job_is_done_may_note_the_totals(published: Office, clock: Clock) -> None:
    worker, spawned = worked(published, clock)
    job = ask(published, slug=SLUG, actor="li")
    worker.step()
    with published.store.write() as db:
        jobs.finish(db, job, JobState.DONE, now=clock())
    worker.step()
    assert spawned[0][1].code is None
    spawned[0][1].code = 0
    worker.step()
    assert (worker.busy, state(published, job)) == (False, JobState.DONE)


def test_the_worker_shows_life_for_a_job_and_itself(published: Office, clock: Clock) -> None:
    worker, spawned = worked(published, clock)
    assert not recent(published, slug=SLUG).attended
    job = ask(published, slug=SLUG, actor="li")
    for _ in range(12):  # more than a minute without news from the analysis
        worker.step()
    assert state(published, job) is JobState.RUNNING
    assert len(spawned) == 1
    assert recent(published, slug=SLUG).attended


def test_a_child_that_died_is_tried_again_and_a_told_one_costs_no_attempt(
    published: Office, clock: Clock
) -> None:
    worker, spawned = worked(published, clock)
    job = ask(published, slug=SLUG, actor="li")
    worker.step()
    spawned[0][1].code = -signal.SIGKILL
    worker.step()
    assert state(published, job) is JobState.WAITING
    worker.step()
    assert len(spawned) == 2
    worker.stop()
    held = jobs.one(published.store.db, job)
    assert (held.state, held.attempts) == (JobState.WAITING, 1)


def test_asking_and_cancelling_are_on_record(published: Office) -> None:
    job = ask(published, slug=SLUG, actor="li")
    cancel(published, slug=SLUG, job=job, actor="wang")
    found = [(e.verb, e.actor) for e in events.of(published.store.db, [f"job:{job}"])]
    assert found == [("analysis-asked", "li"), ("analysis-cancelled", "wang")]


def test_the_share_of_a_stage_is_never_above_one(published: Office) -> None:
    job = jobs.one(published.store.db, ask(published, slug=SLUG, actor="li"))
    assert [replace(job, done=d, total=t).share for d, t in ((0, 0), (1, 4), (5, 4))] == [
        0,
        0.25,
        1,
    ]
