"""The overview of staff: how long it still runs, what is to be done next, how far the answers are.

The statutory clock: a draft stands open for at least 30 days (国务院令第713号《重大行政决策程序暂行
条例》第十五条); a shorter window needs a reason that is published, ``window_reason`` of the texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consult.domain.comment import Channel
from consult.domain.consultation import Consultation, Window
from consult.domain.desk import ReferralState
from consult.domain.masthead import Day
from consult.domain.queue import Progress
from consult.services.office import Office
from consult.services.overview import Overview
from consult.services.refer import referrals
from consult.store import consultations, tally


@dataclass(frozen=True, slots=True)
class Clock:
    """The dates that bind the office; ``lawful`` tells that the window is long enough or reasoned.

    ``days_left`` counts today; ``answer_in`` are the days until the answer is due (negative: it is
    overdue), None where no day is promised.
    """

    state: str
    days: int
    days_left: int
    reason: str
    lawful: bool
    answer_by: date | None
    answer_in: int | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What waits, how far the answers are, and what came in, by day and channel."""

    clock: Clock
    progress: Mapping[Progress, int]
    comments: int
    unread: int
    unassigned: int
    overdue: int
    referred: int
    channels: tuple[tuple[Channel, int, int], ...]
    days: tuple[Day, ...]

    @property
    def answered(self) -> float:
        """The share of comments with an approved answer, 0 to 1."""
        return self.progress[Progress.APPROVED] / self.comments if self.comments else 0.0

    @property
    def drafted(self) -> float:
        """The share of comments with an answer at any stage, 0 to 1."""
        written = self.comments - self.progress[Progress.OPEN]
        return written / self.comments if self.comments else 0.0


def dashboard(office: Office, *, slug: str, now: datetime, counted: Overview) -> Dashboard:
    """Return what is to be done at an instant, of what was counted; raises ``NotFound``."""
    db, standing = office.store.db, counted.standing
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        clock = _clock(consultation, now)
        late = clock.answer_in is not None and clock.answer_in < 0
        return Dashboard(
            clock=clock,
            progress={
                Progress.OPEN: standing.comments
                - (standing.draft + standing.review + standing.approved),
                Progress.DRAFT: standing.draft,
                Progress.REVIEW: standing.review,
                Progress.APPROVED: standing.approved,
            },
            comments=standing.comments,
            unread=standing.unread,
            unassigned=counted.accounting.unassigned,
            overdue=standing.comments - standing.approved if late else 0,
            referred=sum(
                line.referral.state is not ReferralState.CLOSED
                for line in referrals(office, slug=slug)
            ),
            channels=_channels(counted.channels),
            days=_days(
                tally.days(db, "submissions", identifier, consultation.window.timezone),
                tally.days(db, "comments", identifier, consultation.window.timezone),
                consultation.window,
            ),
        )


def _clock(consultation: Consultation, now: datetime) -> Clock:
    window = consultation.window
    today = now.astimezone(ZoneInfo(window.timezone)).date()
    reason = consultation.texts.get("window_reason", "").strip()
    due = consultation.answer_by
    return Clock(
        state=window.state(now),
        days=window.days,
        days_left=window.days_left(now),
        reason=reason,
        lawful=consultation.lawful,
        answer_by=due,
        answer_in=(due - today).days if due else None,
    )


def _channels(counted: Mapping[str, tuple[int, int]]) -> tuple[tuple[Channel, int, int], ...]:
    found = [(Channel(name), *counts) for name, counts in counted.items()]
    return tuple(sorted(found, key=lambda line: (-line[1], line[0])))


def _days(sent: Mapping[date, int], said: Mapping[date, int], window: Window) -> tuple[Day, ...]:
    """Return every day of the window and each other day on which something came in."""
    every = {window.opens + timedelta(days=n) for n in range(window.days)} | sent.keys()
    return tuple(
        Day(day.isoformat(), sent.get(day, 0), said.get(day, 0))
        for day in sorted(every | said.keys())
    )
