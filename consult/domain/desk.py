"""What staff keep beside the comments: saved views, reusable reasons, matters handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.triage import Disposition


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter of the queue under a name; ``query`` is that of the page's address."""

    id: int
    owner: str
    name: str
    query: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A reusable reason (常用理由), for one disposition or for any; ``uses`` in current decisions.

    Names in braces (``{诉求}``) are filled in where it is used.
    """

    id: int
    title: str
    disposition: Disposition | None
    text: str
    actor: str = ""
    retired: bool = False
    uses: int = 0


class ReferralState(StrEnum):
    """How far a matter is that was handed to another office (转办)."""

    DECIDED = "decided"
    SENT = "sent"
    REPLIED = "replied"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Referral:
    """What is noted of a matter handed on; ``at`` is None where nothing was noted yet."""

    state: ReferralState = ReferralState.DECIDED
    note: str = ""
    actor: str = ""
    at: datetime | None = None
