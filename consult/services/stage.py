"""Stage (暂存) what a run finds, in short steps that nobody sees, and sweep up what is left of it.

DESIGN §4.12: a citizen never waits for an analysis. Reasons are most of what a run writes, and they
are known long before its end: they go to the database while it computes, and out of memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from consult.domain.comment import Comment
from consult.domain.errors import Conflict
from consult.services.office import Office
from consult.services.owner import new_owner
from consult.store import facts, run_comments, runs
from consult.store.run_comments import Prepared

ANALYSING: Final = "analysing"  # the fact that names the run that began last
_CHUNK: Final = 500  # comments written in one transaction: other writers wait some milliseconds


class Stage:
    """What one run has staged; ``versions`` are those of the submissions that it reads."""

    def __init__(
        self, office: Office, consultation: int, *, slug: str, versions: Mapping[int, int]
    ) -> None:
        self._office = office
        self._consultation = consultation
        self._slug = slug
        self._versions = versions
        self._owner = new_owner()
        with office.store.write() as db:
            self.run = runs.following(db)
            facts.write(db, ANALYSING, self._owner)

    def alone(self) -> bool:
        """Tell whether no other run has begun since: it would have swept away what is staged."""
        return facts.read(self._office.store.db, ANALYSING) == self._owner

    def put(self, points: Sequence[Comment], prepared: Sequence[Prepared]) -> list[int]:
        """Write new comments and the links of all of these; return their numbers.

        Raises ``Conflict("analysis.overtaken")`` when a submission was corrected or erased
        meanwhile: nothing that is derived of it is written any more.
        """
        found: list[int] = []
        for begin in range(0, len(points), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            found += self._put(points[part], prepared[part])
        return found

    def _put(self, points: Sequence[Comment], prepared: Sequence[Prepared]) -> list[int]:
        with self._office.store.write() as db:
            read = {point.submission: self._versions[point.submission] for point in points}
            if not run_comments.standing(db, read):
                raise Conflict("analysis.overtaken", slug=self._slug)
            new = [point for point in points if not point.number]
            given = iter(run_comments.stage(db, self._consultation, new, run=self.run))
            numbers = [point.number or next(given) for point in points]
            run_comments.stage_links(db, zip(numbers, prepared, strict=True), run=self.run)
        return numbers


def sweep(office: Office, consultation: int) -> None:
    """Delete what no list shows: of the runs before, and of one that was stopped.

    Only while no run of the consultation is under way.
    """
    with office.store.read() as db:
        links, staged = run_comments.left_over(db, consultation)
    for begin in range(0, len(links), _CHUNK):
        with office.store.write() as db:
            run_comments.drop_links(db, links[begin : begin + _CHUNK])
    for begin in range(0, len(staged), _CHUNK):
        with office.store.write() as db:
            run_comments.drop_staged(db, staged[begin : begin + _CHUNK])
