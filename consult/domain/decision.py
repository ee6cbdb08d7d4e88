"""Decisions: what an office makes of a comment or of a theme, from the draft to the approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.triage import Disposition

# Only what changes the plan can name the change: the other four leave the plan as it is.
CHANGING = frozenset({Disposition.ADOPTED, Disposition.PARTLY})


class Stage(StrEnum):
    """How far a decision is; only an approved one is shown outside, and it is frozen."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The words of a decision (采纳情况), all written by staff.

    ``reason`` is needed by every disposition but 采纳; ``office`` is who gets what is 转办;
    ``section`` (a code of the plan) and ``change`` say what changed because of the comment;
    ``gist`` puts the comment or theme into the office's words, for those who may not be quoted.
    ``phrase`` is the reusable reason the words came from (0: none).
    """

    disposition: Disposition
    reason: str = ""
    answer: str = ""
    office: str = ""
    section: str = ""
    change: str = ""
    gist: str = ""
    phrase: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What is decided on: one comment, family or theme by its number; the others are 0."""

    comment: int = 0
    theme: int = 0
    family: int = 0

    @property
    def kind(self) -> str:
        """Which of the three it is: ``comment``, ``family`` or ``theme``."""
        return next((k for k in ("comment", "family") if getattr(self, k)), "theme")

    @property
    def number(self) -> int:
        """The number of the comment, family or theme."""
        return int(getattr(self, self.kind))

    @classmethod
    def named(cls, subject: str) -> Target:
        """Return the target that events call so (``theme:5``)."""
        kind, _, number = subject.partition(":")
        return cls(**{kind: int(number)})

    @property
    def subject(self) -> str:
        """How events name it."""
        return f"{self.kind}:{self.number}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One version of a decision; ``id`` is its stamp, ``covers`` the comments it answers.

    A decision on a theme or family covers the comments that made it up then, but for its
    ``exceptions``: it follows them, wherever a later run or a person puts them.
    """

    id: int
    target: Target
    stage: Stage
    ruling: Ruling
    actor: str
    at: datetime
    covers: tuple[int, ...] = ()
    exceptions: tuple[int, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether it is valid outside."""
        return self.stage is Stage.APPROVED

    @property
    def words(self) -> str:
        """Reason and answer as one text, what the register prints as 答复."""
        return "\n".join(dict.fromkeys(w for w in (self.ruling.reason, self.ruling.answer) if w))
