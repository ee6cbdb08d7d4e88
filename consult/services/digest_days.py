"""The time line of a digest: what was received day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consult.domain.consultation import Window
from consult.domain.masthead import Day


def days(submissions: Iterable[tuple[datetime, int]], window: Window) -> tuple[Day, ...]:
    """Return every day of the window and each other day on which something listed came in.

    ``submissions`` are given by when each was received and how many comments it holds.
    """
    zone = ZoneInfo(window.timezone)
    sent: Counter[date] = Counter()
    said: Counter[date] = Counter()
    for received, comments in submissions:
        day = received.astimezone(zone).date()
        sent[day] += 1
        said[day] += comments
    span = (window.closes - window.opens).days + 1
    shown: set[date] = {window.opens + timedelta(days=n) for n in range(span)}
    return tuple(Day(at.isoformat(), sent[at], said[at]) for at in sorted(shown | set(sent)))
