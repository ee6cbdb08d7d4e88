"""Submissions (来件), the comments (意见) in them, and their links (归属) to sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.attachment import Enclosure
from consult.domain.quick import quickly_made


class Channel(StrEnum):
    """The way a submission came in (渠道)."""

    WEB = "web"
    EMAIL = "email"
    LETTER = "letter"
    TELEPHONE = "telephone"
    VISIT = "visit"
    WECHAT = "wechat"
    MEETING = "meeting"
    DEPARTMENT = "department"  # the form that a department was sent comes back
    TABLE = "table"
    API = "api"


class Speaker(StrEnum):
    """Who speaks (提出主体)."""

    UNKNOWN = ""
    INDIVIDUAL = "individual"
    COMPANY = "company"
    ACADEMIA = "academia"
    MEDICAL = "medical"
    ASSOCIATION = "association"
    AGENCY = "agency"


class Kind(StrEnum):
    """What a comment does (意见类型)."""

    SUGGESTION = "suggestion"
    SUPPORT = "support"
    OPPOSE = "oppose"
    QUESTION = "question"
    EXPERIENCE = "experience"
    OFFTOPIC = "offtopic"


class Origin(StrEnum):
    """Where a link comes from (归属来源); ``staff`` beats ``chosen`` beats the machine."""

    CHOSEN = "chosen"
    CITED = "cited"
    INFERRED = "inferred"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a submitter says about a span of the text: its section, or "" to leave it open.

    ``start`` and ``end`` count characters of the submission's text.
    """

    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a submission that was written for itself and is split for itself.

    ``source`` is "" for what was typed, else the name of the attachment it was read from.
    """

    start: int
    end: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """A submission as it comes in, before it has a number.

    ``key`` makes a repeated send store once (form token, Message-ID, file and row). ``received`` is
    when it reached the office, None for now; ``source`` says which file and row it was read from.
    ``chosen`` are sections for the whole of it, ``choices`` for spans of it; ``spans`` are the
    pieces (start, end) that were written one by one, none where it is one piece. ``form`` names the
    form whose uploaded files belong to it. ``held`` says why it is to wait until staff release it.
    ``enclosures`` are files that came with it (a letter's), ``original`` is the letter itself, byte
    for byte; both are kept sealed.
    """

    text: str
    channel: Channel = Channel.WEB
    speaker: Speaker = Speaker.UNKNOWN
    name: str = ""
    contact: str = ""
    chosen: tuple[str, ...] = ()
    publish: bool = False
    privacy_version: str = ""
    received: datetime | None = None
    key: str = ""
    source: str = ""
    choices: tuple[Choice, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    form: str = ""
    held: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    original: bytes = default(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that was not taken: where it stands, which field, why. Nothing is lost silently.

    ``place`` is unique in its source. What is kept for staff, sealed, to look at, correct and send
    again: ``fields`` are values that could be read (names of ``NewSubmission``), ``row`` is what
    stood there (label, words), ``original`` the bytes of a file called ``file``. ``key`` is that
    under which the item is stored once it has been corrected; without one, digest and place.
    """

    place: str
    field: str
    code: str
    values: Mapping[str, object] = default(default_factory=dict)
    fields: Mapping[str, str] = default(default_factory=dict, compare=False)
    row: tuple[tuple[str, str], ...] = default(default=(), compare=False)
    original: bytes = default(default=b"", compare=False, repr=False)
    file: str = default(default="", compare=False)
    key: str = default(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a submitter keeps (回执): the public number and the secret code.

    ``code`` is empty when a repeated send found its submission already stored.
    """

    number: str
    code: str
    received: datetime
    late: bool = False
    repeated: bool = False
    head: str = ""
    held: bool = False


class Evidence(NamedTuple):
    """One reason for a link.

    ``kind`` is ``citation``, ``title``, ``quote``, ``page``, ``indicator``, ``target``, ``terms``,
    ``lexicon``, ``concept``, ``general``, ``offplan``, ``exemplar`` (示例说法, the nearest one),
    ``precedent`` (an earlier decision of staff) or ``conflict``; ``text`` is the place in it,
    ``start``/``end`` its span there (-1 unknown), ``counterpart`` what it answers to in the plan,
    ``weight`` its share of the decision, 0 to 1. A comment has nine of them on the average, and a
    named tuple is made in a third of the time of a frozen dataclass.
    """

    kind: str
    text: str
    counterpart: str = ""
    start: int = -1
    end: int = -1
    weight: float = 0.0


class Link(NamedTuple):
    """Comment → section, with origin, confidence (0 to 1) and the reasons for it."""

    section: str
    origin: Origin
    confidence: float
    evidence: tuple[Evidence, ...] = ()


def spans_without(
    start: int, end: int, taken: Iterable[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return what is left of a span when others inside it are taken out."""
    edges = [start, *(place for span in sorted(taken) for place in span), end]
    return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


@quickly_made
@dataclass(frozen=True, slots=True)
class Comment:
    """One point made in a submission: a span of its text.

    ``without`` are stretches inside the span that are comments of their own: what a signer added
    to a letter. ``added_to`` is the family such an addition was found in (its lineage).
    ``number`` is stable and never reused; ``links`` come best first, the first one is where the
    comment is counted; ``runners_up`` are the machine's next proposals, not links. ``decided``
    tells that a decision of staff covers it, ``pinned`` is the theme that staff put it into,
    ``provisional`` is what was placed on arrival (暂归) and no run has looked at yet.
    ``amendments`` and ``aims`` are what it asks of the draft's words and of its figures. ``cut``
    tells that staff drew its borders: no later run moves them.
    """

    number: int
    submission: int
    start: int
    end: int
    text: str
    links: tuple[Link, ...] = ()
    kind: Kind = Kind.SUGGESTION
    family: int | None = None
    theme: int | None = None
    runners_up: tuple[Link, ...] = ()
    decided: bool = False
    pinned: int | None = None
    provisional: bool = False
    without: tuple[tuple[int, int], ...] = ()
    added_to: int | None = None
    amendments: tuple[Amendment, ...] = ()
    aims: tuple[Aim, ...] = ()
    cut: bool = False

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the submission's text that are this comment, in order."""
        return spans_without(self.start, self.end, self.without)

    @property
    def section(self) -> str:
        """The code under which the comment is counted; empty when unassigned."""
        return self.links[0].section if self.links else ""


@dataclass(frozen=True, slots=True)
class Sender:
    """What a document tells of a submission: no word of it, and nothing about whose it is."""

    channel: Channel
    speaker: Speaker
    received: datetime
    identified: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Submission:
    """One act of one submitter through one channel, as stored; contact data are elsewhere.

    ``text`` is what was typed (its first ``typed`` characters) and what attachments said, in
    ``parts``. ``version`` counts corrections by the submitter from 1; ``held`` says why it waits.
    """

    id: int
    number: str
    channel: Channel
    speaker: Speaker
    received: datetime
    stored: datetime
    text: str
    late: bool = False
    publish: bool = False
    identified: bool = False
    state: str = "active"
    chosen: tuple[str, ...] = ()
    source: str = ""
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()
    typed: int = 0
    version: int = 1
    held: str = ""
