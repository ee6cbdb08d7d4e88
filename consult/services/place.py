"""Turn the machine's placement into the links of a comment, beside the citizen's own choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consult.analysis.point_screen import Look
from consult.analysis.sections import Placement
from consult.analysis.stance import kinds_in
from consult.domain.comment import Kind, Link, Origin, Submission
from consult.domain.consultation import OFFPLAN

# A citizen who picked a section from a list is right more often than a guess that was unsure of
# itself, but many pick the first entry; the value puts such comments among those to look at first.
_CHOSEN = 0.6
MOST_PROPOSALS = 4  # kept of a comment beside its links
Linked = tuple[tuple[Link, ...], tuple[Link, ...]]  # links and runners-up


def choice_for(submission: Submission, start: int, end: int) -> tuple[str, ...]:
    """Return what the submitter chose for a span: the choice on the shortest piece that holds it.

    A piece holds a span when it covers at least half of it; a later split may cut differently.
    """
    holding = [
        choice
        for choice in submission.choices
        if 2 * (min(end, choice.end) - max(start, choice.start)) >= end - start
    ]
    if not holding:
        return ()
    nearest = min(holding, key=lambda choice: (choice.end - choice.start, choice.start))
    return (nearest.section,) if nearest.section else ()


class Proposed(NamedTuple):
    """What becomes of a comment: links, runners-up and kind."""

    links: tuple[Link, ...]
    runners_up: tuple[Link, ...]
    kind: Kind

    @property
    def section(self) -> str:
        """The code under which the comment is counted; empty when unassigned."""
        return self.links[0].section if self.links else ""


def linked(
    known: Sequence[Link], placement: Placement, *, chosen: tuple[str, ...], alone: bool
) -> Linked:
    """Return links and runners-up of a comment that has some links already.

    A decision by staff stays first; the citizen's choice leads when the comment is the only one of
    its submission (``alone``) and is offered as a runner-up otherwise.
    """
    if not known and not chosen:  # as of most
        return placement.links, placement.runners_up[:MOST_PROPOSALS]
    staff = tuple(link for link in known if link.origin is Origin.STAFF)
    links, runners_up = _with_choice(placement, chosen, alone=alone)
    if staff:
        links, runners_up = staff, (*links, *runners_up)  # the same section too, for its reasons
    return links, runners_up[:MOST_PROPOSALS]


def proposed(looks: Sequence[Look], every: Sequence[Linked]) -> list[Proposed]:
    """Return what becomes of comments with these links and runners-up: their kinds are read."""
    off = [bool(links) and links[0].section == OFFPLAN for links, _ in every]
    kinds = iter(kinds_in([look for look, is_off in zip(looks, off, strict=True) if not is_off]))
    return [
        Proposed(links, runners_up, Kind.OFFTOPIC if is_off else next(kinds))
        for (links, runners_up), is_off in zip(every, off, strict=True)
    ]


def _with_choice(
    placement: Placement, chosen: tuple[str, ...], *, alone: bool
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    links, runners_up = placement.links, placement.runners_up
    if not chosen:
        return links, runners_up
    if links and links[0].section in chosen:
        return (links[0]._replace(origin=Origin.CHOSEN), *links[1:]), runners_up
    own = tuple(Link(code, Origin.CHOSEN, _CHOSEN) for code in chosen)
    rest = tuple(link for link in (*links, *runners_up) if link.section not in chosen)
    if alone:
        return own, rest
    return links, (*own, *(link for link in runners_up if link.section not in chosen))
