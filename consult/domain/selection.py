"""A selection (筛选): which comments a partial digest or register is made of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from consult.domain.comment import Channel, Kind, Sender, Speaker, Submission


@dataclass(frozen=True, slots=True)
class Selection:
    """What comments must have in common; an empty part leaves it open.

    ``places`` are codes: that of a chapter holds its sections, ``general``, ``offplan`` and "" are
    those that are none. ``first`` and ``last`` are days of receipt in the consultation's zone, both
    included; ``identified`` wants known submitters, or (False) only unknown ones.
    """

    speakers: tuple[Speaker, ...] = ()
    channels: tuple[Channel, ...] = ()
    kinds: tuple[Kind, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    identified: bool | None = None

    @property
    def everything(self) -> bool:
        """Whether it leaves nothing out."""
        return all(getattr(self, own.name) in ((), None) for own in fields(self))

    def holds(self, section: str, kind: Kind, sender: Sender | Submission, zone: ZoneInfo) -> bool:
        """Tell whether a comment is meant, by where it is counted and who sent it."""
        return (
            (not self.speakers or sender.speaker in self.speakers)
            and (not self.channels or sender.channel in self.channels)
            and (not self.kinds or kind in self.kinds)
            and (not self.places or any(_under(section, code) for code in self.places))
            and (self.identified is None or sender.identified is self.identified)
            and self._in_time(sender.received.astimezone(zone))
        )

    def _in_time(self, at: datetime) -> bool:
        day = at.date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def _under(section: str, code: str) -> bool:
    return section == code or (code != "" and section.startswith(f"{code}."))
