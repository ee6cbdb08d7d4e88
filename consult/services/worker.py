"""The worker: one process that attends to the jobs and the timer.

An analysis runs in a child process: it can be stopped at any instant, and its memory goes back to
the system with it. The worker shows life for it, so a
stage without news is not taken for a death.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final, Protocol

from consult.domain.errors import ConsultError
from consult.domain.job import Job, JobKind, JobState
from consult.services.carry_out import put_back, take
from consult.services.due import ask_when_due
from consult.services.jobs import WORKER
from consult.services.office import Office
from consult.services.owner import new_owner
from consult.store import codec, facts, jobs

PAUSE: Final = 0.5  # seconds between two looks at the table
_BEAT: Final = 5.0  # seconds between two signs of life of a running job
_SHOWN: Final = 30.0  # seconds between two signs of life of the worker itself
_TIMED: Final = 20.0  # seconds between two looks at the timer
_log = logging.getLogger(__name__)


class Child(Protocol):
    """The process that carries out a job; ``subprocess.Popen`` is one."""

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""

    def terminate(self) -> None:
        """Stop it."""

    def wait(self) -> int:
        """Wait for its end."""


class Worker:
    """Attends to the jobs of a kind; call ``step`` every ``PAUSE`` seconds.

    ``spawn`` starts the process of a job; ``every`` are the minutes of the timer, 0 for none.
    """

    def __init__(
        self,
        office: Office,
        *,
        spawn: Callable[[Job, str], Child],
        every: int = 0,
        kind: JobKind = JobKind.ANALYSIS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._office = office
        self._spawn = spawn
        self._every = every
        self._kind = kind
        self._clock = clock
        self._owner = new_owner()
        self._job: Job | None = None
        self._child: Child | None = None
        self._last = dict.fromkeys(("beat", "shown", "timed"), -1e9)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._child is not None

    def step(self) -> None:
        """Do what there is to do now, and return at once; a full or busy database is borne."""
        try:
            if self._due("shown", _SHOWN):
                self._show()
            if self._child is None:
                self._begin()
            else:
                self._attend()
        except ConsultError as error:
            _log.warning("%s", error)

    def stop(self) -> None:
        """End the process of the job, if any; the job waits for the next worker."""
        if self._child is None or self._job is None:
            return
        self._child.terminate()
        self._child.wait()
        self._leave(told=True)

    def _begin(self) -> None:
        if self._every and self._due("timed", _TIMED):
            ask_when_due(self._office, every=self._every)
        job = take(self._office, owner=self._owner, kind=self._kind)
        if job is not None:
            self._job, self._child = job, self._spawn(job, self._owner)

    def _attend(self) -> None:
        job, child = self._job, self._child
        if job is None or child is None:
            return
        if child.poll() is not None:
            self._leave()
            return
        held = jobs.one(self._office.store.db, job.id)
        if held.state is JobState.DONE:
            return  # what is left to do is to note the totals: the process ends by itself
        if held.cancelled_by or held.owner != self._owner:
            child.terminate()
            child.wait()
            self._leave()
        elif self._due("beat", _BEAT):
            with self._office.store.write() as db:
                jobs.beat(db, job.id, owner=self._owner, now=self._office.clock())

    def _leave(self, *, told: bool = False) -> None:
        """Let go of a job whose process is over: not brought to an end, it waits again."""
        job, self._job, self._child = self._job, None, None
        if job is None:
            return
        with self._office.store.write() as db:
            held = jobs.one(db, job.id)
            if held.state is JobState.RUNNING and held.owner == self._owner:
                put_back(self._office, held, told=told)

    def _show(self) -> None:
        with self._office.store.write() as db:
            facts.write(db, WORKER, codec.to_text(self._office.clock()))

    def _due(self, name: str, seconds: float) -> bool:
        now = self._clock()
        if now - self._last[name] < seconds:
            return False
        self._last[name] = now
        return True
