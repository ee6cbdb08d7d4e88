"""What an act would do, before it is done: how much it concerns and what it would leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.act import Deed
from consult.domain.digest import Counts
from consult.domain.queue import Progress
from consult.services.browse import CommentRow, rows
from consult.services.four_eyes import wrote_it
from consult.services.office import Office
from consult.store import chosen, comments, consultations

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Approvals:
    """The answers that would be approved: on comments, families and themes.

    They answer ``answered`` comments, ``beyond`` of which were not chosen, and leave ``left_out``
    out by an exception. ``written`` answers have to be approved by another person; ``unready``
    chosen comments have no answer that waits for it.
    """

    comments: int
    families: int
    themes: int
    answered: int
    beyond: int
    left_out: int
    written: int
    unready: int

    @property
    def total(self) -> int:
        """How many answers would be approved."""
        return self.comments + self.families + self.themes


@dataclass(frozen=True, slots=True)
class Preview:
    """The four counts of what was chosen; how many stand at which stage and in which section.

    ``skipped`` would be left alone, ``replaced`` have a draft of their own that would be replaced;
    ``first`` are shown to tell what it is about. ``approvals`` tells of answers to be approved.
    """

    counts: Counts
    by_progress: tuple[tuple[Progress, int], ...]
    by_section: tuple[tuple[str, int], ...]
    skipped: int
    replaced: int
    first: tuple[CommentRow, ...]
    approvals: Approvals | None = None


def preview(
    office: Office, *, slug: str, numbers: Sequence[int], deed: Deed | None, actor: str = ""
) -> Preview:
    """Return what an act on comments would do; no deed yet: what was chosen alone."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        first = comments.by_numbers(db, identifier, list(numbers[:SHOWN]))
        stages = chosen.stages(db, numbers)
        own = chosen.own_stages(db, numbers)
        approved = own.get("approved", 0)
        approvals = _approvals(office, identifier, numbers, actor) if deed is Deed.APPROVE else None
        skipped = {
            Deed.DECIDE: approved,
            Deed.APPROVE: approvals.unready if approvals else 0,
        }.get(deed or Deed.TAG, 0)
        return Preview(
            counts=chosen.counts(db, numbers),
            by_progress=tuple((Progress(s or Progress.OPEN), n) for s, n in stages.items()),
            by_section=tuple(chosen.sections(db, numbers).items()),
            skipped=skipped,
            replaced=sum(own.values()) - approved if deed is Deed.DECIDE else 0,
            first=rows(office, identifier, first) if first else (),
            approvals=approvals,
        )


def _approvals(office: Office, consultation: int, numbers: Sequence[int], actor: str) -> Approvals:
    db = office.store.db
    waiting = chosen.waiting(db, numbers)
    written = {t for t in waiting if wrote_it(office, consultation, t, actor=actor)}
    ready = [target for target in waiting if target not in written]
    answered, left_out = chosen.covered(db, ready)
    picked = set(numbers)
    return Approvals(
        comments=sum(target.kind == "comment" for target in ready),
        families=sum(target.kind == "family" for target in ready),
        themes=sum(target.kind == "theme" for target in ready),
        answered=len(answered),
        beyond=len(answered - picked),
        left_out=left_out,
        written=len(written),
        unready=len(picked - chosen.covered(db, waiting)[0]),
    )


def sections_among(office: Office, numbers: Sequence[int]) -> frozenset[str]:
    """Return the sections that chosen comments are counted under."""
    return frozenset(chosen.sections(office.store.db, numbers))
