"""What the check page proposes: the points of the text, each with the section it may concern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from consult.domain.comment import Link
from consult.domain.consultation import OFFPLAN
from consult.domain.entry import BETWEEN
from consult.services.propose import Proposals
from consult.web.desk import desk
from consult.web.public.comment_form import CommentForm

MOST = 30  # points that are shown; the others are left to staff


@dataclass(frozen=True, slots=True)
class Point:
    """A point with the field that corrects it; spans count in the text as it will be stored.

    ``chosen`` is what the citizen chose for the entry, ``picked`` what was corrected here before;
    ``source`` names the file it was read from.
    """

    start: int
    end: int
    text: str
    proposed: Link | None
    chosen: str
    picked: str
    source: str

    @property
    def field(self) -> str:
        """The name of the field that corrects the section."""
        return f"pick-{self.start}-{self.end}"


def points(form: CommentForm, slug: str) -> tuple[Point, ...]:
    """Return the points of everything that was written; none where there is no proposal now."""
    found: list[Point] = []
    for start, text, chosen, source in _pieces(form):
        choice = (chosen,) if chosen else ()
        proposals = desk().proposer.propose(slug=slug, text=text, chosen=choice)
        if proposals is None:
            return ()
        found += _shifted(proposals, start, chosen, source)
    return tuple(found[:MOST])


def _shifted(proposals: Proposals, start: int, chosen: str, source: str) -> Iterator[Point]:
    for point in proposals.points:
        first = point.links[0] if point.links else None
        span = (start + point.start, start + point.end)
        picked = request.form.get(f"pick-{span[0]}-{span[1]}", "")
        proposed = None if first is None or first.section == OFFPLAN else first
        yield Point(*span, point.text, proposed, chosen, picked, source)


def _pieces(form: CommentForm) -> Iterator[tuple[int, str, str, str]]:
    """Yield where each piece starts, its text, the section chosen for it, and its file."""
    composed = form.composed()
    chosen = {choice.start: choice.section for choice in composed.choices}
    for start, end in composed.spans:
        yield start, composed.text[start:end], chosen.get(start, ""), ""
    length = len(composed.text)
    for file in form.kept:
        if file.text:
            length += len(BETWEEN) if length else 0
            yield length, file.text, "", file.name
            length += len(file.text)
