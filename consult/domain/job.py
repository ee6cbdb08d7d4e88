"""Jobs (后台任务): long work that goes on in the background, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing will happen to the job any more."""
        return self not in {JobState.WAITING, JobState.RUNNING}


class JobKind(StrEnum):
    """What is done; one job of a kind runs at a time, so letters do not wait for an analysis."""

    ANALYSIS = "analysis"
    LETTERS = "letters"


class Cause(StrEnum):
    """What a job was begun by."""

    BUTTON = "button"
    TIMER = "timer"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Job:
    """Long work on one consultation (``kind``), asked for, under way or over.

    ``owner`` is the process that works on it, ``heartbeat`` when that last showed life; ``done`` of
    ``total`` units of ``stage``; ``cancelled_by`` who wants it stopped. ``result`` are the totals
    of the run, ``error`` a code (empty: none) with ``values``.
    """

    id: int
    consultation: int
    slug: str
    state: JobState
    cause: Cause
    actor: str
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    heartbeat: datetime | None = None
    owner: str = ""
    attempts: int = 0
    stage: str = ""
    done: int = 0
    total: int = 0
    cancelled_by: str = ""
    result: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    kind: JobKind = JobKind.ANALYSIS

    @property
    def share(self) -> float:
        """How far the stage is, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0
