"""Reconcile a new split of a submission with the comments it has already (DESIGN §4.11).

Comment numbers are stable: a span that comes out the same keeps its number, a span that staff have
acted on is frozen, others that the new split changes are superseded. Where a frozen span bars a new
one, the comments that stood there stay: no words drop out of all lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.domain.comment import Comment, Origin
from consult.services.lift import Region, Span


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Comments that stay, regions that become new comments, numbers that are superseded."""

    kept: tuple[Comment, ...]
    added: tuple[Region, ...]
    superseded: tuple[int, ...]


def acted_on(comment: Comment) -> bool:
    """Tell whether a person has put this comment where it is."""
    return any(link.origin is Origin.STAFF for link in comment.links)


def frozen(comment: Comment) -> bool:
    """Tell whether its span must stay: a person placed, cut, grouped or decided on it."""
    return comment.decided or comment.cut or comment.pinned is not None or acted_on(comment)


def key(comment: Comment) -> tuple[int, int, tuple[Span, ...]]:
    """Return what tells comments of one text apart, as ``Region.key`` does."""
    return comment.start, comment.end, comment.without


def reconcile(existing: Sequence[Comment], regions: Sequence[Region]) -> Reconciled:
    """Match the comments of one submission with the regions of a new split of its text."""
    if not existing:
        return Reconciled((), tuple(regions), ())
    wanted = {region.key for region in regions}
    fixed = [c for c in existing if frozen(c)]
    same = [c for c in existing if not frozen(c) and key(c) in wanted]
    taken = {key(c) for c in (*fixed, *same)}
    new = [region for region in regions if region.key not in taken]
    barred = [region for region in new if _meets(region.pieces, fixed)]
    added = [region for region in new if region not in barred]
    stay = [
        c
        for c in existing
        if c not in fixed
        and c not in same
        and any(_overlap(c.pieces, region.pieces) for region in barred)
        and not _meets(c.pieces, (*fixed, *same, *added))
    ]
    kept = sorted([*fixed, *same, *stay], key=lambda c: c.start)
    numbers = {c.number for c in kept}
    gone = tuple(c.number for c in existing if c.number not in numbers)
    return Reconciled(tuple(kept), tuple(added), gone)


def _meets(pieces: Sequence[Span], others: Iterable[Comment | Region]) -> bool:
    return any(_overlap(pieces, other.pieces) for other in others)


def _overlap(ours: Iterable[Span], theirs: Sequence[Span]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in ours for b in theirs)
