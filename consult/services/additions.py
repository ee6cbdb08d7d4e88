"""Which comments were added to which letter: lifted out of it, or points of their own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from consult.domain.comment import Comment

# A letter is at least this long (characters): who sends 支持 and a point of his own adds nothing
# to the others who wrote 支持.
_SHORTEST_LETTER: Final = 50


def additions(
    points: Sequence[Comment], families: Sequence[Sequence[int]], lifted: Mapping[int, int]
) -> dict[int, int]:
    """Return the position of the letter for each comment that was added to one.

    ``families`` are positions, base first. Beside a letter stand the shorter comments of the same
    submission whose like the sender of the base text has not written.
    """
    family = {place: number for number, members in enumerate(families) for place in members}
    base = {number: points[members[0]].submission for number, members in enumerate(families)}
    known: dict[int, set[int]] = {}
    for place, number in family.items():
        known.setdefault(points[place].submission, set()).add(number)
    found = dict(lifted)
    for together in _by_submission(points):
        letter = max(together, key=lambda place: (len(points[place].text), -place))
        own = family.get(letter, -1)
        if own < 0 or len(points[letter].text) < _SHORTEST_LETTER:
            continue
        if base[own] == points[letter].submission:
            continue
        for place in together:
            if place != letter and family.get(place, -1) not in known[base[own]]:
                found.setdefault(place, letter)
    return found


def _by_submission(points: Sequence[Comment]) -> Iterator[list[int]]:
    """Yield the positions of the comments of submissions that have several."""
    found: dict[int, list[int]] = {}
    for place, comment in enumerate(points):
        found.setdefault(comment.submission, []).append(place)
    return (places for places in found.values() if len(places) > 1)
