"""Reconcile a new split of a submission with the comments it has already (DESIGN §4.11).

Comment numbers are stable: a span that comes out the same keeps its number, a span that staff have
acted on is frozen, others that the new split changes are superseded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.comment import Comment, Origin


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Comments that stay, spans that become new comments, numbers that are superseded."""

    kept: tuple[Comment, ...]
    added: tuple[tuple[int, int], ...]
    superseded: tuple[int, ...]


def acted_on(comment: Comment) -> bool:
    """Tell whether a person has put this comment where it is."""
    return any(link.origin is Origin.STAFF for link in comment.links)


def frozen(comment: Comment) -> bool:
    """Tell whether its span must stay: a person has placed it, grouped it, or decided on it."""
    return comment.decided or comment.pinned is not None or acted_on(comment)


def reconcile(existing: Sequence[Comment], spans: Sequence[tuple[int, int]]) -> Reconciled:
    """Match the comments of one submission with the spans of a new split of its text."""
    wanted = set(spans)
    fixed = [c for c in existing if frozen(c)]
    same = [c for c in existing if not frozen(c) and (c.start, c.end) in wanted]
    kept = sorted([*fixed, *same], key=lambda c: c.start)
    taken = {(c.start, c.end) for c in kept}
    added = tuple(
        span
        for span in spans
        if span not in taken and not any(_overlap(span, (c.start, c.end)) for c in fixed)
    )
    numbers = {c.number for c in kept}
    gone = tuple(c.number for c in existing if c.number not in numbers)
    return Reconciled(tuple(kept), added, gone)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
