"""The queue (待办): which comments staff look at, in which order, from where on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.comment import Channel, Kind, Speaker
from consult.domain.triage import Disposition


class Progress(StrEnum):
    """How far the answer to a comment is (办理状态)."""

    OPEN = "open"
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"


class Certainty(StrEnum):
    """What is known of a comment's section: the machine is unsure, it is sure, a person said so."""

    UNSURE = "unsure"
    SURE = "sure"
    STAFF = "staff"


class Copies(StrEnum):
    """Whether a comment is one of several near-duplicates."""

    MANY = "many"
    SINGLE = "single"


class Order(StrEnum):
    """What comes first: the largest theme, the least certain, the newest, the lowest number."""

    THEME = "theme"
    DOUBT = "doubt"
    NEWEST = "newest"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a comment must be to stand in the queue; a part that is None or empty asks nothing.

    ``sections`` are codes ("" for the unassigned); ``since`` and ``until`` bound when it was
    received, the second one excluded; ``words`` are search tokens that all occur; ``threshold`` is
    the confidence (0 to 1) below which the machine is unsure; ``handler`` is who handles it.
    """

    sections: tuple[str, ...] = ()
    progress: Progress | None = None
    disposition: Disposition | None = None
    channel: Channel | None = None
    speaker: Speaker | None = None
    kind: Kind | None = None
    certainty: Certainty | None = None
    copies: Copies | None = None
    family: int = 0
    theme: int = 0
    handler: str = ""
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None
    attached: bool | None = None
    held: bool | None = None
    opened: bool | None = None
    words: tuple[str, ...] = ()
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue by its keys; the next page begins after it.

    ``key`` is the instant, the confidence or the size of the theme, as the order wants it;
    ``theme`` is 0 outside of themes and in the other orders.
    """

    key: str
    theme: int
    number: int
