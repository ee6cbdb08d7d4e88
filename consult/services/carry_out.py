"""Carry out a job: the same analysis whoever asked for it, under the one lock, with progress.

Everything is computed outside of any transaction and stored in one. Inside of that one the job is
looked at once more, so a job that was cancelled or taken over by another process stores nothing;
and it is done in the same instant in which its results are stored.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from consult.domain.errors import Conflict, ConsultError
from consult.domain.job import Cause, Job, JobKind, JobState
from consult.services.analyse import RunReport, analyse
from consult.services.divide import Progress, silent
from consult.services.jobs import ask
from consult.services.office import Office
from consult.services.owner import alive, new_owner
from consult.store import jobs

_BEAT: Final = 2.0  # seconds between two signs of life
_REPORT: Final = 0.5  # seconds between two notes of progress
MOST_ATTEMPTS: Final = 3
# Interrupts a run that somebody cancels. SIGINT is ignored by what a script runs in the background.
_STOP: Final = signal.SIGUSR1


def take(
    office: Office,
    *,
    owner: str,
    job: int | None = None,
    kind: JobKind = JobKind.ANALYSIS,
) -> Job | None:
    """Start the oldest waiting job of a kind, or that one; None when one is running or none waits.

    A running job whose process is gone, or has shown no life for ``STALE``, is put back first, and
    given up after ``MOST_ATTEMPTS``.
    """
    if not jobs.in_state(office.store.db, JobState.WAITING, kind) and not abandoned(office, kind):
        return None
    with office.store.write() as db:
        for running in abandoned(office, kind):
            put_back(office, running)
        waiting = [j for j in jobs.in_state(db, JobState.WAITING, kind) if job in {None, j.id}]
        if jobs.in_state(db, JobState.RUNNING, kind) or not waiting:
            return None
        jobs.start(db, waiting[0].id, owner=owner, now=office.clock())
        return jobs.one(db, waiting[0].id)


def put_back(office: Office, job: Job, *, told: bool = False) -> None:
    """Let a job wait again, or end it: cancelled, or given up.

    ``told`` is a process that was told to stop: that is no failed attempt.
    """
    with office.store.write() as db:
        now = office.clock()
        attempts = job.attempts - 1 if told else job.attempts
        waiting = jobs.in_state(db, JobState.WAITING, job.kind)
        taken = any(other.consultation == job.consultation for other in waiting)
        if job.cancelled_by or taken:
            stopped = Conflict("job.cancelled")
            jobs.finish(db, job.id, JobState.CANCELLED, now=now, error=stopped)
        elif attempts >= MOST_ATTEMPTS:
            died = ConsultError("job.died", attempts=attempts)
            jobs.finish(db, job.id, JobState.FAILED, now=now, error=died)
        else:
            jobs.put_back(db, job.id, attempts=attempts)


def run_now(
    office: Office,
    *,
    slug: str,
    actor: str,
    threshold: float = 0.5,
    progress: Progress = silent,
    processes: int = 0,
    anew: bool = False,
) -> RunReport:
    """Analyse here and now, as a job like any other; what a command does.

    Raises ``Conflict("job.running")`` while another one is under way, ``Conflict("job.cancelled")``
    when somebody stops it, and what the analysis raises.
    """
    owner = new_owner()
    number = ask(office, slug=slug, actor=actor, cause=Cause.COMMAND)
    job = take(office, owner=owner, job=number)
    if job is None:
        raise _busy(office)
    storing = threading.Lock()  # held while results are stored: nobody interrupts that

    def show(stage: str, done: int, total: int) -> None:
        if stage == "store" and not done:
            while not storing.acquire(timeout=0.1):
                continue  # an interrupt is on its way, and is delivered between two tries
        progress(stage, done, total)

    with living(office, job, owner, storing):
        return carry_out(
            office,
            job=job,
            owner=owner,
            threshold=threshold,
            progress=show,
            processes=processes,
            anew=anew,
        )


def carry_out(
    office: Office,
    *,
    job: Job,
    owner: str,
    threshold: float = 0.5,
    progress: Progress = silent,
    processes: int = 1,
    anew: bool = False,
) -> RunReport:
    """Run the analysis of a job this process has taken, and note how it ended."""
    report = _Reporter(office, job, owner, progress)
    try:
        found = analyse(
            office,
            slug=job.slug,
            actor=job.actor,
            threshold=threshold,
            progress=report,
            processes=processes,
            anew=anew,
        )
    except KeyboardInterrupt as interrupt:
        _end(office, job, owner, JobState.CANCELLED, Conflict("job.cancelled"))
        if jobs.one(office.store.db, job.id).cancelled_by:
            raise Conflict("job.cancelled") from interrupt
        raise
    except ConsultError as error:
        cancelled = error.code == "job.cancelled"
        state = JobState.CANCELLED if cancelled else JobState.FAILED
        _end(office, job, owner, state, error)
        raise
    except Exception:
        _end(office, job, owner, JobState.FAILED, ConsultError("job.failed"))
        raise
    with office.store.write() as db:
        jobs.set_result(db, job.id, asdict(found))
    return found


class _Reporter:
    """Writes progress at most twice a second a stage; stops the work when it should not go on."""

    def __init__(self, office: Office, job: Job, owner: str, show: Progress) -> None:
        self._office = office
        self._job = job
        self._owner = owner
        self._show = show
        self._last = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._show(stage, done, total)
        now = time.monotonic()
        if now - self._last < _REPORT and stage in {self._stage} - {"store"}:
            return
        self._last, self._stage = now, stage
        with self._office.store.write() as db:
            held = jobs.one(db, self._job.id)
            if held.owner != self._owner or held.state is not JobState.RUNNING:
                raise Conflict("job.lost", job=self._job.id)
            if held.cancelled_by:
                raise Conflict("job.cancelled")
            if (stage, done) == ("store", total):
                jobs.finish(db, held.id, JobState.DONE, now=self._office.clock())
                return
            jobs.advance(
                db, held.id, owner=self._owner, stage=stage, done=done, total=total,
                now=self._office.clock(),
            )  # fmt: skip


def _end(office: Office, job: Job, owner: str, state: JobState, error: ConsultError) -> None:
    """Note the end, unless another process has the job by now."""
    with office.store.write() as db:
        held = jobs.one(db, job.id)
        if held.owner == owner and held.state is JobState.RUNNING:
            jobs.finish(db, job.id, state, now=office.clock(), error=error)


@contextmanager
def living(office: Office, job: Job, owner: str, storing: threading.Lock) -> Iterator[None]:
    """Show life from a thread of its own, and interrupt the work when somebody cancels it.

    Nobody interrupts while ``storing`` is held.
    """
    over = threading.Event()
    thread = threading.Thread(
        target=_live,
        args=(office, job, owner, over, storing),
        name="consult-heartbeat",
        daemon=True,
    )
    thread.start()
    try:
        with _interruptible():
            yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let ``_STOP`` raise ``KeyboardInterrupt`` in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(_STOP, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(_STOP, before)


def _live(
    office: Office, job: Job, owner: str, over: threading.Event, storing: threading.Lock
) -> None:
    import _thread

    last = time.monotonic()
    try:
        while not over.wait(_REPORT):
            held = jobs.one(office.store.db, job.id)
            if held.cancelled_by and storing.acquire(blocking=False):
                _thread.interrupt_main(_STOP)
                return
            if time.monotonic() - last >= _BEAT:
                last = time.monotonic()
                with office.store.write() as db:
                    jobs.beat(db, job.id, owner=owner, now=office.clock())
    finally:
        office.store.close()  # the connection of this thread


def abandoned(office: Office, kind: JobKind) -> tuple[Job, ...]:
    """Return the running jobs of a kind whose process is gone."""
    running = jobs.in_state(office.store.db, JobState.RUNNING, kind)
    return tuple(job for job in running if not alive(job.owner, job.heartbeat, office.clock()))


def _busy(office: Office) -> Conflict:
    for job in jobs.in_state(office.store.db, JobState.RUNNING):
        started = f"{job.started:%H:%M:%S}" if job.started else ""
        return Conflict("job.running", job=job.id, actor=job.actor, started=f"{started} UTC")
    return Conflict("job.cancelled")
