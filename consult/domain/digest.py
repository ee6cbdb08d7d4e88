"""The digest (分章节摘要), the register (意见汇总表) and the accounting both end with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.asked import FigureLine, QuestionLine, WordingLine
from consult.domain.comment import Channel, Evidence, Kind, Link, Origin, Speaker
from consult.domain.masthead import Day, Masthead
from consult.domain.partial import Partial
from consult.domain.register_theme import RegisterTheme
from consult.domain.since import Novelty, Since
from consult.domain.triage import Disposition
from consult.domain.voice import Voice, unvoiced


@dataclass(frozen=True, slots=True)
class Counts:
    """The four counts, always shown side by side: 人数, 来件数, 不同文本数, 意见条数.

    ``people`` counts identified submitters once and every anonymous submission as one person.
    """

    people: int = 0
    submissions: int = 0
    texts: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words out of a comment, with its number, and why the machine put the comment here."""

    number: int
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """How a family (雷同件) came about.

    ``base`` is the comment whose text the others vary; ``counts.texts`` are the different wordings
    (marks and blanks aside). ``peak`` is the largest share (0 to 1) of its submissions received
    within 60 minutes, the first such window starting at ``peak_from``. ``added`` are the comments
    that its signers added to it.
    """

    id: int
    base: int
    members: tuple[int, ...]
    counts: Counts
    channels: tuple[tuple[Channel, int], ...]
    first: datetime
    last: datetime
    peak: float
    peak_from: datetime
    added: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OpposedLine:
    """An ask of the same section that wants the opposite; ``position`` in its list, from 1.

    ``own`` is what a comment of this ask wants, ``against`` what one of the other does: the two
    that are opposite most plainly; None where no run has named them yet. ``counts`` and ``mine``
    count who says the same as ``against`` and as ``own``.
    """

    position: int
    label: str
    counts: Counts
    mine: Counts = Counts()
    own: Quote | None = None
    against: Quote | None = None


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One ask of a section: the words, how many, who, and the comments that support it.

    ``dispositions`` counts the comments with an approved decision (采纳情况).
    ``identified`` are those of its people whose identity is known (可确认身份). ``asks`` is False
    where most of its texts only agree or have nothing to say (无修改意见). ``theme`` is the number
    of the theme, 0 of a comment that is in none; ``novelty`` and ``fresh`` (comments that the last
    digest did not have) are told where one was issued.

    ``voices`` tell who says what where not all of its comments make the ask of the ``label``: first
    who does, then the other asks, not more than a reader can take in.
    """

    label: str
    counts: Counts
    speakers: tuple[tuple[Speaker, int], ...]
    channels: tuple[tuple[Channel, int], ...]
    quotes: tuple[Quote, ...]
    numbers: tuple[int, ...]
    keywords: tuple[str, ...] = ()
    largest_family: int = 1
    opposed: tuple[OpposedLine, ...] = ()
    dispositions: tuple[tuple[Disposition, int], ...] = ()
    identified: int = 0
    asks: bool = True
    theme: int = 0
    novelty: Novelty | None = None
    fresh: int = 0
    voices: tuple[Voice, ...] = ()

    @property
    def backing(self) -> Voice:
        """Who makes the ask of the label."""
        return self.voices[0] if self.voices else Voice(self.label, self.counts, self.numbers)

    @property
    def beside(self) -> tuple[int, ...]:
        """The numbers of comments that are in no voice: each says something else again."""
        return unvoiced(self.numbers, self.voices)

    @property
    def single(self) -> bool:
        """Whether it is a single voice (单独意见): one comment, listed like every other."""
        return len(self.numbers) == 1


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment with the number of its comment; ``label`` cites where the old words stand."""

    number: int
    amendment: Amendment
    label: str = ""


@dataclass(frozen=True, slots=True)
class AimLine:
    """An aim with the number of its comment."""

    number: int
    aim: Aim


@dataclass(frozen=True, slots=True)
class SectionDigest:
    """What was said about one section, ``general``, ``offplan`` or unassigned (code ``""``).

    ``label`` cites the section in the plan's numbering (三、（二）); ``share`` is its part of all
    comments, 0 to 1; ``also`` are numbers of comments counted elsewhere that concern it too.
    ``amendments`` and ``aims`` are what its comments ask of the words and figures of the draft.
    ``doubtful`` are numbers of comments that the program put here without being sure (请核对), and
    nobody has confirmed yet.
    """

    code: str
    label: str
    title: str
    summary: str
    counts: Counts
    share: float
    kinds: tuple[tuple[Kind, int], ...]
    themes: tuple[ThemeLine, ...]
    keywords: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    chapter: str = ""
    amendments: tuple[AmendmentLine, ...] = ()
    aims: tuple[AimLine, ...] = ()
    identified: int = 0
    wording: tuple[WordingLine, ...] = ()
    corrections: tuple[WordingLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Accounting:
    """Everything is accounted for: the sums at the end of every digest and register.

    Computed by the store with its own queries, independently of the documents' loops. ``awaiting``
    are listed submissions that no run has read yet, ``transcribing`` files that staff must type,
    ``rejected`` held submissions that staff have set aside, ``undone`` what went out again with
    the import that had brought it.
    """

    received: int
    listed: int
    withdrawn: int
    erased: int
    comments: int
    mapped: int
    general: int
    offplan: int
    unassigned: int
    refused: int = 0
    awaiting: int = 0
    held: int = 0
    transcribing: int = 0
    rejected: int = 0
    undone: int = 0

    @property
    def balanced(self) -> bool:
        """Whether both sums add up."""
        sent = self.received == self.listed + self.withdrawn + self.erased
        said = self.comments == self.mapped + self.general + self.offplan + self.unassigned
        return sent and said


@dataclass(frozen=True, slots=True)
class Digest:
    """The report for the drafters: all sections in the order of the plan, then the rest.

    ``days`` are all days of the window and those outside of it on which something came in. Of a
    ``partial`` one all but the accounting tells of the comments that were chosen. ``since``
    compares with the last digest that was issued, if there is one.
    """

    masthead: Masthead
    counts: Counts
    sections: tuple[SectionDigest, ...]
    accounting: Accounting
    families: tuple[FamilyFacts, ...] = ()
    identified: int = 0
    days: tuple[Day, ...] = ()
    partial: Partial | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One comment of the register. ``similar`` counts the comments of its family (同类件数).

    ``family`` is the number of its family, ``added_to`` that of the one to whose letter its signer
    added it. ``proposals`` are what the machine proposed, best first, with confidence and evidence,
    whoever decided since; ``chosen`` are the codes the submitter chose.
    """

    number: int
    receipt: str
    section: str
    section_label: str
    section_title: str
    text: str
    speaker: Speaker
    name: str
    channel: Channel
    received: datetime
    late: bool
    kind: Kind
    theme: str
    similar: int
    origin: Origin | None
    confidence: float
    reason: str
    also: tuple[str, ...]
    disposition: str
    answer: str
    family: int | None = None
    added_to: int | None = None
    amendments: tuple[Amendment, ...] = ()
    aims: tuple[Aim, ...] = ()
    proposals: tuple[Link, ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionTotal:
    """The four counts of one section, also of one nobody wrote about."""

    code: str
    label: str
    title: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Register:
    """The consolidated export: a row per comment, by section, and the accounting.

    ``sections`` holds the totals of every section of the plan in its order, then of ``general``,
    ``offplan`` and the unassigned; a person who wrote about two sections is counted in both.
    ``themes`` are the same comments by theme. ``columns`` names what a table of comments is to
    show, in its order; empty for all.
    """

    masthead: Masthead
    counts: Counts
    sections: tuple[SectionTotal, ...]
    rows: tuple[RegisterRow, ...]
    accounting: Accounting
    families: tuple[FamilyFacts, ...] = ()
    partial: Partial | None = None
    themes: tuple[RegisterTheme, ...] = ()
    columns: tuple[str, ...] = ()
