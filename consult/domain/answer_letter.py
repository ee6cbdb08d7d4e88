"""Letters of answer (答复信): what a submitter is told about each of their comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.triage import Disposition


class Reach(StrEnum):
    """How a submitter can be reached: by e-mail, by another contact they gave, or not at all."""

    EMAIL = "email"
    POST = "post"
    NONE = "none"


class LetterState(StrEnum):
    """Where a letter by mail stands.

    ``sending`` is written before a letter goes out; found after a crash it becomes ``doubtful``
    and is never sent again by itself. ``void`` ones count as never sent.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELAYED = "delayed"
    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    BOUNCED = "bounced"
    VOID = "void"


# With one of these a letter has done its work, or has to be looked at by a person first.
SETTLED = frozenset(
    {LetterState.QUEUED, LetterState.SENDING, LetterState.SENT, LetterState.REFUSED,
     LetterState.DOUBTFUL, LetterState.BOUNCED}
)  # fmt: skip
FAILED = frozenset({LetterState.REFUSED, LetterState.BOUNCED})


@dataclass(frozen=True, slots=True)
class AnsweredComment:
    """One comment and what was decided on it, approved. ``heading`` cites its section."""

    number: int
    decision: int
    text: str
    heading: str
    disposition: Disposition
    reason: str = ""
    answer: str = ""
    office: str = ""
    changed: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLetter:
    """What one submitter is told: the receipts it concerns, each comment with its answer.

    ``waiting`` comments have no approved answer yet. Name and contact are not in it.
    """

    submissions: tuple[int, ...]
    receipts: tuple[str, ...]
    reach: Reach
    items: tuple[AnsweredComment, ...]
    waiting: int = 0

    @property
    def covers(self) -> frozenset[tuple[int, int]]:
        """Comment and decision of everything that is answered."""
        return frozenset((item.number, item.decision) for item in self.items)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, about what, when; ``rehearsal`` letters say so."""

    office: str
    plan_title: str
    as_of: datetime
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A line of the log: to whom (masked), about which receipts, what became of it.

    ``reply`` holds the other server's codes or the kind of error, ``why`` what staff noted.
    """

    id: int
    state: LetterState
    address: str
    receipts: tuple[str, ...]
    comments: int
    at: datetime
    job: int
    message_id: str
    reply: str = ""
    actor: str = ""
    why: str = ""
