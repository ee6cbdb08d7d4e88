"""What of earlier runs still stands (沿用): a run reads anew only what may come out otherwise.

Where a comment's words go and what they ask follows from the words, the draft, the resources, the
program and what staff have taught. While all of these are as they were, reading again gives the
same again, and reading is most of a run. Families and themes are found anew by every run: each
comment may change those of all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consult.domain.comment import Comment, Submission
from consult.services.divide import Divided
from consult.services.lift import Span
from consult.services.office import Office
from consult.services.resplit import acted_on
from consult.store import run_present, runs

Taught = tuple[tuple[int, str], ...]  # comments that a mapper learned from, and their codes


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read by runs that were made with the same versions.

    ``taught`` gives for each of these runs what it had learned from, ``reader`` for each comment
    the run that read it.
    """

    taught: Mapping[int, Taught] = field(default_factory=dict)
    reader: Mapping[int, int] = field(default_factory=dict)

    def spans(
        self, received: Mapping[int, Submission], existing: Sequence[Comment]
    ) -> dict[int, list[Span]]:
        """Return the points of the submissions that need no new split, by submission.

        Those of one comment alone: of several, some may have been lifted out of another, and the
        points that the split had found are not known any more. What staff teach does not move the
        borders of comments, so any of the runs will do.
        """
        whole = self._whole(received, existing, self.taught)
        found: dict[int, list[Span]] = {item: [] for item in whole}
        for comment in existing:
            if comment.submission in whole:
                found[comment.submission] += comment.pieces
        return {item: own for item, own in found.items() if len(own) == 1}

    def read(
        self,
        received: Mapping[int, Submission],
        existing: Sequence[Comment],
        divided: Divided,
        taught: Taught,
    ) -> frozenset[int]:
        """Return the numbers of the comments whose links hold, with what is ``taught`` now."""
        same = {run for run, known in self.taught.items() if known == taught}
        whole = self._whole(received, divided.points, same)
        gone = frozenset(divided.superseded)
        whole -= {comment.submission for comment in existing if comment.number in gone}
        return frozenset(c.number for c in divided.points if c.submission in whole)

    def _whole(
        self,
        received: Mapping[int, Submission],
        comments: Iterable[Comment],
        runs: Collection[int],
    ) -> set[int]:
        """Return the submissions whose comments all were read by one of some runs.

        None that its sender has corrected, or of which staff placed, grouped or cut a comment:
        how many comments it has, and which links they had, may have changed since. None with
        letters either: what is typed from a scan is added without a new version.
        """
        seen, changed = set(), set()
        for comment in comments:
            seen.add(comment.submission)
            if (
                self.reader.get(comment.number) not in runs
                or comment.cut
                or comment.pinned is not None
                or acted_on(comment)
            ):
                changed.add(comment.submission)
        return {item for item in seen - changed if _as_sent(received[item])}


def _as_sent(item: Submission) -> bool:
    return item.version == 1 and item.typed == len(item.text)


def standing(office: Office, consultation: int, made: Mapping[str, str]) -> Standing:
    """Return what stands of the runs that were made with these versions."""
    with office.store.read() as db:
        taught = runs.alike(db, consultation, made)
        if not taught:
            return Standing()
        return Standing(taught, run_present.readers(db, consultation, tuple(taught)))
