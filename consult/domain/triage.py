"""What staff do: dispositions (采纳情况) and the append-only events that record every act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Disposition(StrEnum):
    """What became of a comment; every one but ``adopted`` needs a reason."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"
    NOTED = "noted"
    OUT_OF_SCOPE = "out-of-scope"
    FORWARDED = "forwarded"


class Role(StrEnum):
    """What a member of staff may do; each role may do what the ones before it may."""

    VIEWER = "viewer"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    def allows(self, needed: Role) -> bool:
        """Tell whether this role includes the needed one."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Event:
    """One act: who, when (UTC), what on what, why, and the state before and after.

    ``hash`` chains the event to the one before it (SHA-256), ``number`` is its place in the chain.
    """

    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    why: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    hash: str
