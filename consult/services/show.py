"""Show (生效) what a run has staged: the one short transaction in which all of it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consult.domain.comment import Comment
from consult.services.keep_families import Kept
from consult.services.lift import Span
from consult.services.office import Office
from consult.services.resplit import acted_on, frozen, key
from consult.store import comments, run_comments, run_present
from consult.store.run_comments import Columns, Grouped

_Key = tuple[int, tuple[int, int, tuple[Span, ...]]]  # a submission, and where in it


class Showing:
    """Makes the comments of a run visible; used inside of the caller's transaction.

    ``points`` have their numbers; ``columns`` are what is written about each, None where the links
    of an earlier run hold.
    """

    def __init__(
        self,
        office: Office,
        consultation: int,
        run: int,
        points: Sequence[Comment],
        columns: Sequence[Columns | None],
    ) -> None:
        self.points = list(points)
        self.changed = False
        self._office = office
        self._run = run
        self._columns = columns
        self._touched = run_present.touched(office.store.db, consultation, all_kept=True)

    def make_way(self, superseded: Sequence[int]) -> None:
        """Take out of the lists what the run has superseded, and what came meanwhile.

        What was placed on arrival since the run began keeps its numbers, or makes way; what staff
        acted on meanwhile stays.
        """
        db = self._office.store.db
        fixed = {c.number for c in self._touched if frozen(c)}
        known = {p.number for p in self.points}
        fresh = {
            (c.submission, key(c)): c.number
            for c in self._touched
            if c.provisional and c.number not in known
        }
        overtaken: list[int] = []
        if fresh:
            read = {p.submission for p in self.points}
            same = {(p.submission, key(p)) for p in self.points}
            gone = [own for own in fresh if own[0] in read and own not in same]
            overtaken = [fresh[own] for own in gone]
            self._take_over(fresh)
        comments.supersede(db, [n for n in (*superseded, *overtaken) if n not in fixed])

    def _take_over(self, fresh: Mapping[_Key, int]) -> None:
        pairs = []
        for place, point in enumerate(self.points):
            number = fresh.get((point.submission, key(point)))
            if number is not None:
                pairs.append((number, point.number))
                self.points[place] = replace(point, number=number)
        self.changed = bool(pairs)
        run_comments.take_over(self._office.store.db, pairs, run=self._run)

    def show(self, kept: Kept, theme: Mapping[int, int]) -> None:
        """Let all of it count; a comment that staff placed keeps what they decided."""
        db = self._office.store.db
        placed = {c.number for c in self._touched if acted_on(c)}
        family, added_to = kept.family, kept.added_to
        found = [
            Grouped(p.number, self._columns[i], family.get(i), added_to.get(i), theme.get(i))
            for i, p in enumerate(self.points)
        ]
        run_comments.show(db, (g for g in found if g.number not in placed), run=self._run)
        run_comments.regroup(db, (g for g in found if g.number in placed))
