"""What pages read: consultations, the comments of a section, one comment with its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Channel, Comment, Speaker, Submission
from consult.domain.consultation import (
    GENERAL,
    OFFPLAN,
    UNASSIGNED,
    Consultation,
    Plan,
    Stage,
)
from consult.domain.decision import Decision
from consult.domain.errors import NotFound
from consult.domain.queue import Progress
from consult.domain.triage import Disposition, Event
from consult.domain.twin import Twin
from consult.services import vault
from consult.services.also_sent import also_sent
from consult.services.office import Office
from consult.store import (
    comments,
    consultations,
    decisions,
    events,
    families,
    originals,
    submissions,
    tally,
    themes,
)

REST = (GENERAL, OFFPLAN, UNASSIGNED)


@dataclass(frozen=True, slots=True)
class Published:
    """A consultation with the newest version of its plan; ``released`` is when its results were."""

    consultation: Consultation
    plan: Plan
    released: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with what lists show of its submission, theme and family.

    ``seen`` is the stamp to hand back with a change; ``similar`` counts its family; ``progress``
    and ``disposition`` are those of the decision that applies to it, at any stage.
    """

    comment: Comment
    receipt: str
    channel: Channel
    speaker: Speaker
    received: datetime
    late: bool
    theme_label: str
    similar: int
    seen: str
    progress: Progress = Progress.OPEN
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; ``page`` counts from 1."""

    items: tuple[CommentRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class CommentDetail:
    """A comment, the submission it came from, its other comments, and what was done with it.

    ``answer`` is the decision that applies to it at any stage, its own or that of its theme;
    ``twins`` are other submissions of the person or with the words; ``letter`` tells whether the
    original of a letter is kept.
    """

    row: CommentRow
    submission: Submission
    siblings: tuple[CommentRow, ...]
    history: tuple[Event, ...]
    answer: Decision | None = None
    twins: tuple[Twin, ...] = ()
    letter: bool = False


def every_consultation(office: Office, *, shown: bool = False) -> tuple[Consultation, ...]:
    """Return all consultations, or those the public may see (``shown``), oldest first."""
    found = consultations.every(office.store.db)
    return tuple(c for c in found if not shown or c.stage is Stage.PUBLISHED)


def stage_of(office: Office, *, slug: str) -> tuple[Stage, datetime | None]:
    """Return how far a consultation is and its simulated date; of an unknown one, as if public."""
    return consultations.stage_of(office.store.db, slug)


def published(office: Office, *, slug: str) -> Published:
    """Return consultation and plan; raises ``NotFound("consultation.unknown")``."""
    found = consultations.opened(office.store.db, slug)
    return Published(found.consultation, found.plan, found.released, found.id)


def section_comments(
    office: Office, *, slug: str, code: str, page: int = 1, size: int = 50
) -> Page:
    """Return a page of the comments counted under a section; raises ``NotFound``."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    if code not in REST and consultations.plan(db, identifier).find(code) is None:
        raise NotFound("section.unknown", section=code)
    with office.store.read():
        total = tally.of_section(db, identifier, code)
        pages = max(1, -(-total // size))
        page = min(max(1, page), pages)
        found = comments.of_section(db, identifier, code, limit=size, offset=(page - 1) * size)
        return Page(rows(office, identifier, found), page, pages, total)


def comment_detail(office: Office, *, slug: str, number: int) -> CommentDetail:
    """Return one comment; raises ``NotFound("comment.unknown")``."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.read():
        comment, _ = comments.one(db, identifier, number)
        stored = submissions.by_id(db, comment.submission)
        siblings = comments.of_submission(db, comment.submission)
        subjects = [f"comment:{number}", f"submission:{stored.value.number}"]
        if comment.theme is not None:  # what was decided about its theme was decided about it
            subjects.append(f"theme:{comment.theme}")
        return CommentDetail(
            row=rows(office, identifier, (comment,))[0],
            submission=vault.original(office.keys, stored),
            siblings=rows(office, identifier, siblings),
            history=events.of(db, subjects),
            twins=also_sent(office, slug=slug, submission=comment.submission),
            letter=originals.size(db, comment.submission) > 0,
            answer=decisions.about(db, [number], approved=False).get(number),
        )


def rows(office: Office, consultation: int, found: tuple[Comment, ...]) -> tuple[CommentRow, ...]:
    """Join comments with what lists show of their submissions, themes and families."""
    db = office.store.db
    about = submissions.some(db, {comment.submission for comment in found})
    standing = comments.standing(db, [comment.number for comment in found])
    labels = themes.labels(db, {c.theme for c in found if c.theme is not None})
    sizes = families.sizes(db, {c.family for c in found if c.family is not None})
    return tuple(
        CommentRow(
            comment=comment,
            receipt=about[comment.submission].number,
            channel=about[comment.submission].channel,
            speaker=about[comment.submission].speaker,
            received=about[comment.submission].received,
            late=about[comment.submission].late,
            theme_label=labels.get(comment.theme or 0, ""),
            similar=sizes.get(comment.family or 0, 1),
            seen=str(standing[comment.number][0]),
            progress=Progress(standing[comment.number][1] or Progress.OPEN),
            disposition=_disposition(standing[comment.number][2]),
        )
        for comment in found
    )


def _disposition(stored: str) -> Disposition | None:
    return Disposition(stored) if stored else None
