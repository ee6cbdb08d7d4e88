"""The time line of a digest: what was received day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Window
from consult.domain.masthead import Day


def days(
    submissions: Iterable[Submission], comments: Sequence[Comment], window: Window
) -> tuple[Day, ...]:
    """Return every day of the window and each other day on which something listed came in."""
    zone = ZoneInfo(window.timezone)
    received = {item.id: item.received.astimezone(zone).date() for item in submissions}
    sent = Counter(received.values())
    said = Counter(received[comment.submission] for comment in comments)
    span = (window.closes - window.opens).days + 1
    shown: set[date] = {window.opens + timedelta(days=n) for n in range(span)}
    return tuple(Day(at.isoformat(), sent[at], said[at]) for at in sorted(shown | set(sent)))
