"""The results (结果) that the public reads after closing: counts, asks, decisions, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.decision import Ruling
from consult.domain.digest import Accounting, Counts
from consult.domain.masthead import Masthead
from consult.domain.triage import Disposition


@dataclass(frozen=True, slots=True)
class ResultLine:
    """Comments that ask for the same and got the same answer.

    ``words`` are the office's own, or a citizen's who agreed to be quoted (``quoted``), or empty:
    then ``keywords`` alone tell what it is about. ``ruling`` is approved, or None while the
    comments are being considered. Everything is masked. ``voice`` is the submission whose words
    are quoted, ``sole`` the only one behind the line, 0 for none: when it is erased, words go.
    """

    words: str
    quoted: bool
    keywords: tuple[str, ...]
    counts: Counts
    ruling: Ruling | None
    voice: int = 0
    sole: int = 0


@dataclass(frozen=True, slots=True)
class ResultSection:
    """One section, ``general``, ``offplan`` or the unassigned, also one nobody wrote about.

    ``chapter`` is the code of its chapter, empty outside of the plan; ``answered`` counts comments
    with an approved decision.
    """

    code: str
    label: str
    title: str
    chapter: str
    counts: Counts
    answered: int
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the plan because of comments (因您的意见而改)."""

    section: str
    label: str
    title: str
    change: str
    words: tuple[str, ...]
    comments: int


@dataclass(frozen=True, slots=True)
class Results:
    """What is published. ``dispositions`` counts comments, in the order of the vocabulary.

    ``doubtful`` counts the places that were hidden without anybody having looked (存疑的遮盖).
    """

    masthead: Masthead
    counts: Counts
    sections: tuple[ResultSection, ...]
    dispositions: tuple[tuple[Disposition, int], ...]
    changes: tuple[Change, ...]
    accounting: Accounting
    doubtful: int = 0

    @property
    def answered(self) -> int:
        """Comments with an approved decision."""
        return sum(count for _, count in self.dispositions)

    @property
    def waiting(self) -> int:
        """Comments still being considered."""
        return self.counts.comments - self.answered
