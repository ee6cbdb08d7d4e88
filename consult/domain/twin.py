"""Submissions that have a person or words in common, whatever channel they came by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Channel


@dataclass(frozen=True, slots=True)
class Twin:
    """Another submission: its receipt number, and what it has in common with the one looked at.

    ``comment`` is the number of its first comment, 0 where no analysis has found any yet.
    """

    number: str
    channel: Channel
    received: datetime
    same_person: bool
    same_words: bool
    comment: int = 0
