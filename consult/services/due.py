"""The timer: ask for an analysis when the last one is old enough and something new came."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from consult.domain.job import Cause
from consult.services.jobs import ask
from consult.services.office import Office
from consult.store import consultations, events, jobs

TIMER: Final = "timer"
# Events after which an analysis would say something else.
_NEWS: Final = frozenset(
    {
        "received", "transcribed", "released", "corrected", "withdrawn", "erased", "relinked",
        "published", "comment-split", "theme-adopted", "theme-renamed", "theme-merged",
        "theme-split", "theme-moved", "members-confirmed", "members-refused", "themes-parted",
        "theme-undone",
        "comments-joined", "undone",
    }
)  # fmt: skip


def ask_when_due(office: Office, *, every: int) -> tuple[int, ...]:
    """Ask for what is due, ``every`` so many minutes (0: never); returns the numbers of the jobs.

    An hour after an analysis that failed or was cancelled counts as one after any other.
    """
    if not every:
        return ()
    found = []
    for consultation in consultations.every(office.store.db):
        identifier, _ = consultations.find(office.store.db, consultation.slug)
        latest = jobs.recent(office.store.db, identifier, limit=1)
        since = (latest[0].finished or latest[0].created) if latest else None
        if latest and not latest[0].state.final:
            continue
        if since is not None and office.clock() - since < timedelta(minutes=every):
            continue
        if anything_new(office, identifier):
            found.append(ask(office, slug=consultation.slug, actor=TIMER, cause=Cause.TIMER))
    return tuple(found)


def anything_new(office: Office, consultation: int) -> bool:
    """Tell whether something came, or was decided, since the newest analysis began."""
    db = office.store.db
    last = events.newest(db, consultation, {"analysed"})
    seen = int(str(last.after.get("seen", last.number))) if last else 0
    news = events.newest(db, consultation, _NEWS)
    return news is not None and news.number > seen
