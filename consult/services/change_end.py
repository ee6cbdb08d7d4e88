"""Change when a window ends: later or earlier, at the end of a day or at a time, even now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from consult.domain.consultation import Consultation, Window
from consult.domain.errors import InputRefused
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.prepare import checked_window
from consult.store import consultations, events

MAX_WHY = 500  # characters


def change_end(
    office: Office, *, slug: str, closes: date, why: str, now: datetime, actor: str,
    until: time | None = None,
) -> None:  # fmt: skip
    """Let the window end on a day, at its end or at a time (``until``), for a reason all can read.

    ``now`` is the instant that the window goes by. A window that becomes shorter than 30 days
    without a reason has this one from then on. Raises ``InputRefused``: ``window.why``,
    ``window.past``, ``window.same``, ``NotFound``.
    """
    with office.store.write():
        _, known = consultations.find(office.store.db, slug)
        _change(office, slug, replace(known.window, closes=closes, until=until), why, now, actor)


def close_now(office: Office, *, slug: str, why: str, now: datetime, actor: str) -> None:
    """End an open window at this minute.

    Raises ``InputRefused``: ``window.why``, ``window.over`` when it is not open.
    """
    with office.store.write():
        _, known = consultations.find(office.store.db, slug)
        if known.window.state(now) != "open":
            raise InputRefused("window.over", field="why")
        local = now.astimezone(ZoneInfo(known.window.timezone))
        until = time(local.hour, local.minute)
        window = replace(known.window, closes=local.date(), until=until)
        _change(office, slug, window, why, now.replace(second=0, microsecond=0), actor)


def _change(office: Office, slug: str, window: Window, why: str, now: datetime, actor: str) -> None:
    why = single_line(why)[:MAX_WHY]
    if not why:
        raise InputRefused("window.why", field="why")
    identifier, known = consultations.find(office.store.db, slug)
    if window == known.window:
        raise InputRefused("window.same", field="closes")
    if window.closes < window.opens or window.end < now:
        raise InputRefused("window.past", field="closes")
    changed = replace(known, window=checked_window(window), texts=_texts(known, window, why))
    db = office.store.db
    consultations.change(db, changed, consultations.knowledge(db, identifier))
    later = window.end > known.window.end
    events.add(
        db, at=office.clock(), actor=actor,
        verb="window-extended" if later else "window-shortened",
        subject=f"consultation:{slug}", why=why, before={"closes": known.window.last},
        after={"closes": window.last}, consultation=identifier,
    )  # fmt: skip


def _texts(known: Consultation, window: Window, why: str) -> dict[str, str]:
    told = f"{known.window.last} {window.last} {why}"
    before = known.texts.get("window_changes", "")
    texts = {**known.texts, "window_changes": f"{before}\n{told}".strip()}
    texts.pop("closes_at", None)
    if window.until is not None:
        texts["closes_at"] = window.clock
    if known.answer_by is not None and known.answer_by <= window.closes:
        del texts["answer_by"]  # the promised day has been overtaken
    if not replace(known, window=window).lawful:
        texts["window_reason"] = why
    return texts
