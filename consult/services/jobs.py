"""Ask for an analysis in the background, stop it, see how far it is.

A plain table and one worker (see ``services.worker``). The one running job is the lock: whoever
starts an analysis, at whichever place, holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from consult.domain.errors import Conflict
from consult.domain.job import Cause, Job, JobKind, JobState
from consult.services.office import Office
from consult.store import codec, consultations, events, facts, jobs

ABSENT = timedelta(seconds=90)  # a worker shows itself at least every 30 s
WORKER = "worker"  # the fact that holds when a worker was last there


@dataclass(frozen=True, slots=True)
class Jobs:
    """The newest jobs, newest first; ``attended`` tells whether a worker is there."""

    jobs: tuple[Job, ...]
    attended: bool

    @property
    def active(self) -> tuple[Job, ...]:
        """The jobs that are waiting or under way."""
        return tuple(job for job in self.jobs if not job.state.final)


def ask(office: Office, *, slug: str, actor: str, cause: Cause = Cause.BUTTON) -> int:
    """Ask for an analysis; returns the number of the job, that of one waiting already if any."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        for job in jobs.in_state(db, JobState.WAITING):
            if job.consultation == identifier:
                return job.id
        number = jobs.add(db, identifier, cause=cause, actor=actor, now=office.clock())
        _note(office, identifier, actor, "analysis-asked", number, cause.value)
        return number


def cancel(office: Office, *, slug: str, job: int, actor: str) -> None:
    """Stop a job: at once when it waits, within a second or two when it is under way.

    Raises ``NotFound("job.unknown")`` and ``Conflict("job.over")``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        found = jobs.one(db, job)
        if found.consultation != identifier or found.state.final:
            raise Conflict("job.over", job=job)
        jobs.want_cancelled(db, job, actor=actor)
        if found.state is JobState.WAITING:
            stopped = Conflict("job.cancelled")
            jobs.finish(db, job, JobState.CANCELLED, now=office.clock(), error=stopped)
        _note(office, identifier, actor, f"{found.kind.value}-cancelled", job, found.state.value)


def recent(office: Office, *, slug: str, limit: int = 20, kind: JobKind = JobKind.ANALYSIS) -> Jobs:
    """Return the newest jobs of a kind of a consultation; raises ``NotFound``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        seen = facts.read(db, WORKER)
        here = bool(seen) and office.clock() - codec.to_instant(seen) < ABSENT
        return Jobs(jobs.recent(db, identifier, limit=limit, kind=kind), here)


def job_of(office: Office, number: int) -> Job:
    """Return a job; raises ``NotFound("job.unknown")``."""
    return jobs.one(office.store.db, number)


def _note(office: Office, consultation: int, actor: str, verb: str, job: int, detail: str) -> None:
    events.add(
        office.store.db,
        at=office.clock(),
        actor=actor,
        verb=verb,
        subject=f"job:{job}",
        after={"detail": detail},
        consultation=consultation,
    )
