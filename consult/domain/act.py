"""Acts (处理): what staff did to one or many comments at once, kept so that it can be undone.

The event chain tells what happened; an act holds what is needed to take it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done to each comment."""

    DECIDE = "decide"
    APPROVE = "approve"
    RELINK = "relink"
    TAG = "tag"
    UNTAG = "untag"
    SPLIT = "split"
    JOIN = "join"


class ActState(StrEnum):
    """Where an act stands; ``halted`` is one that was stopped by a person."""

    RUNNING = "running"
    DONE = "done"
    HALTED = "halted"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def moving(self) -> bool:
        """Whether there is still something to do."""
        return self in {ActState.RUNNING, ActState.UNDOING}


class ItemState(StrEnum):
    """Where one item of an act stands; ``kept`` was changed again since and is not taken back."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    UNDONE = "undone"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``total`` items, of which ``counts`` says how many are in which state.

    ``values`` are the words and codes it was done with; ``query`` the filter it was chosen by
    (empty: by hand); ``heartbeat`` when a process last worked on it.
    """

    id: int
    deed: Deed
    actor: str
    at: datetime
    state: ActState
    total: int
    heartbeat: datetime
    query: str = ""
    undone_by: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[ItemState, int] = field(default_factory=dict)

    @property
    def handled(self) -> int:
        """Items that are through, forwards or on the way back."""
        waiting = ItemState.DONE if self.state is ActState.UNDOING else ItemState.WAITING
        return self.total - self.counts.get(waiting, 0)

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        return self.handled / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class ActItem:
    """One comment (or theme, or family) of an act: its state before and after, by values.

    ``subject`` is what events call it (``comment:12``); ``why`` is the code of a skip.
    """

    place: int
    subject: str
    state: ItemState
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    why: str = ""

    @property
    def number(self) -> int:
        """The number of what it is about."""
        return int(self.subject.split(":")[1])
