"""What stands at the head of a document, and on its time line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head and foot of every document of a consultation.

    ``opens``/``closes`` are ISO dates, ``as_of`` an aware instant in the consultation's zone,
    ``head`` the head hash of the event chain, ``run`` the number of the analysis run (0: none),
    ``versions`` what that run was made with, by name; ``partial`` says in words which comments the
    document is made of, empty where it is made of all.
    """

    slug: str
    title: str
    plan_title: str
    office: str
    opens: str
    closes: str
    as_of: datetime
    run: int
    head: str
    rehearsal: bool
    official: bool
    versions: Mapping[str, str] = field(default_factory=dict)
    partial: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What was received on one day (ISO date, in the consultation's zone) and is listed."""

    date: str
    submissions: int
    comments: int
