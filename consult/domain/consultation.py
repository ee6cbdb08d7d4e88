"""A consultation (征求意见), its window, and the plan (征求意见稿) with its tree of sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

GENERAL = "general"  # 总体: the plan as a whole, or the consultation itself
OFFPLAN = "offplan"  # 与规划无关
UNASSIGNED = ""  # not mapped yet
LEAD = "0"  # the paragraphs before chapter 1
_CLOSED = ("）", ")", ".", "、", "．")  # a heading's number that needs no mark behind it


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the plan's table of indicators (指标). Figures are kept as printed."""

    number: int
    name: str
    unit: str = ""
    base_year: int | None = None
    base: str = ""
    target_year: int | None = None
    target: str = ""
    growth: str = ""
    section: str = ""
    plain: str = ""
    unit_note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the plan: a chapter (章), a section (节), an article (条) or a deeper level.

    ``code`` is ``chapter.section`` (``3.2`` for 三、（二）); ``paragraphs`` is the official text
    under the heading itself, without that of the nodes below it; ``summary`` is ours.
    """

    code: str
    number: str
    title: str
    page: int | None = None
    summary: str = ""
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def heading(self) -> str:
        """Number and title as people write them, e.g. ``（二）大力培育青年科技人才``."""
        if not self.number or self.number.endswith(_CLOSED):
            return f"{self.number}{self.title}"
        mark = " " if self.number.startswith("第") or "." in self.number else "、"
        return f"{self.number}{mark}{self.title}"

    def walk(self) -> Iterator[Section]:
        """Yield this node and all below it, in the order of the plan."""
        yield self
        for child in self.sections:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """The draft: its title, lead paragraphs, tree and indicators."""

    title: str
    chapters: tuple[Section, ...]
    lead: tuple[str, ...] = ()
    lead_summary: str = ""
    indicators: tuple[Indicator, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield every node in the order of the plan."""
        for chapter in self.chapters:
            yield from chapter.walk()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The nodes without nodes below them: what comments are mapped to."""
        return tuple(node for node in self.walk() if not node.sections)

    @property
    def official(self) -> bool:
        """Whether the official text is here, not only summaries of it."""
        return any(node.paragraphs for node in self.walk())

    def find(self, code: str) -> Section | None:
        """Return the node with this code, or None; a code begins with those of the nodes above."""
        level = self.chapters
        while level:
            above = next((node for node in level if _holds(node.code, code)), None)
            if above is None or above.code == code:
                return above
            level = above.sections
        return None

    def chapter_of(self, code: str) -> Section | None:
        """Return the chapter that holds the code, or None (``general``, ``offplan``, unknown)."""
        top = code.split(".", maxsplit=1)[0]
        return next((chapter for chapter in self.chapters if chapter.code == top), None)

    def label(self, code: str) -> str:
        """Return the citation of a code in the plan's own numbering, e.g. ``三、（二）``."""
        marks = [node.number for node in self.walk() if _holds(node.code, code) and node.number]
        if not marks or "." in marks[-1].rstrip("."):
            return marks[-1] if marks else code  # a decimal number holds those above it
        outer = (m if m.startswith("第") or m.endswith(_CLOSED) else f"{m}、" for m in marks[:-1])
        return "".join(outer) + marks[-1]


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")


@dataclass(frozen=True, slots=True)
class Window:
    """The period in which the public may comment; both days are included.

    Opens at 00:00:00 of the first day and closes at 24:00 of the last, or at ``until`` on it, in
    the time zone.
    """

    opens: date
    closes: date
    timezone: str = "Asia/Shanghai"
    until: time | None = None

    @property
    def start(self) -> datetime:
        """The first instant, in UTC."""
        return self._midnight(self.opens)

    @property
    def end(self) -> datetime:
        """The first instant that no longer belongs to the window, in UTC."""
        if self.until is not None:
            zone = ZoneInfo(self.timezone)
            return datetime.combine(self.closes, self.until, zone).astimezone(UTC)
        return self._midnight(self.closes + timedelta(days=1))

    @property
    def clock(self) -> str:
        """The time at which it closes on the last day, as ``24:00`` or ``15:30``."""
        return f"{self.until:%H:%M}" if self.until is not None else "24:00"

    @property
    def last(self) -> str:
        """The last day, with the time where it is not the day's end (``2024-05-20T15:30``)."""
        return self.closes.isoformat() + (f"T{self.clock}" if self.until is not None else "")

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.closes - self.opens).days + 1

    def state(self, now: datetime) -> str:
        """Return ``before``, ``open`` or ``closed`` at an aware instant."""
        if now < self.start:
            return "before"
        return "open" if now < self.end else "closed"

    def days_left(self, now: datetime) -> int:
        """Count the days left, today included; 0 outside of the window."""
        if self.state(now) != "open":
            return 0
        return (self.closes - now.astimezone(ZoneInfo(self.timezone)).date()).days + 1

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, ZoneInfo(self.timezone)).astimezone(UTC)


# Days that a draft stands open at least (国务院令第713号《重大行政决策程序暂行条例》第十五条);
# a shorter window needs a reason that is published.
SHORTEST: Final = 30


class Stage(StrEnum):
    """How far a consultation is: prepared and rehearsed ones are seen by staff alone."""

    PREPARING = "preparing"
    REHEARSAL = "rehearsal"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Consultation:
    """One draft, one window, one office. ``texts`` holds what the office words itself:

    ``summary``, ``next_steps``, ``privacy``, ``privacy_version``, ``answer_by`` (an ISO date),
    ``window_reason`` (why the window is shorter than 30 days), ``closes_at`` (the time at which it
    ends on its last day, where that is not the day's end) and one ``channel.NAME`` for each
    further way to comment. ``rehearsal`` marks a run on a simulated date or without official text.
    """

    slug: str
    title: str
    office: str
    window: Window
    texts: dict[str, str] = field(default_factory=dict)
    rehearsal: bool = False
    version: int = 1
    stage: Stage = Stage.PUBLISHED
    simulated: datetime | None = None  # the date a rehearsal goes by

    @property
    def lawful(self) -> bool:
        """Whether the window is as long as it has to be, or the reason is published."""
        reason = self.texts.get("window_reason", "").strip()
        return self.window.days >= SHORTEST or bool(reason)

    @property
    def answer_by(self) -> date | None:
        """The day by which the office has promised to publish the results, if it has."""
        day = self.texts.get("answer_by", "")
        return date.fromisoformat(day) if day else None
