"""What an act would do, before it is done: how much it concerns and what it would leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.act import Deed
from consult.domain.digest import Counts
from consult.domain.queue import Progress
from consult.services.browse import CommentRow, rows
from consult.services.office import Office
from consult.store import chosen, comments, consultations

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """The four counts of what was chosen; how many stand at which stage and in which section.

    ``skipped`` would be left alone, ``replaced`` have a draft of their own that would be replaced;
    ``first`` are shown to tell what it is about.
    """

    counts: Counts
    by_progress: tuple[tuple[Progress, int], ...]
    by_section: tuple[tuple[str, int], ...]
    skipped: int
    replaced: int
    first: tuple[CommentRow, ...]


def preview(office: Office, *, slug: str, numbers: Sequence[int], deed: Deed | None) -> Preview:
    """Return what an act on comments would do; no deed yet: what was chosen alone."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        first = comments.by_numbers(db, identifier, list(numbers[:SHOWN]))
        stages = chosen.stages(db, numbers)
        own = chosen.own_stages(db, numbers)
        approved = own.get("approved", 0)
        skipped = {
            Deed.DECIDE: approved,
            Deed.APPROVE: len(numbers) - own.get("review", 0),
        }.get(deed or Deed.TAG, 0)
        return Preview(
            counts=chosen.counts(db, numbers),
            by_progress=tuple((Progress(s or Progress.OPEN), n) for s, n in stages.items()),
            by_section=tuple(chosen.sections(db, numbers).items()),
            skipped=skipped,
            replaced=sum(own.values()) - approved if deed is Deed.DECIDE else 0,
            first=rows(office, identifier, first) if first else (),
        )


def sections_among(office: Office, numbers: Sequence[int]) -> frozenset[str]:
    """Return the sections that chosen comments are counted under."""
    return frozenset(chosen.sections(office.store.db, numbers))
