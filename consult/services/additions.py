"""Which comments were added to which letter: lifted out of it, or points of their own beside it."""

from __future__ import annotations

from collections import Counter
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
    sender = [point.submission for point in points]
    family = {place: number for number, members in enumerate(families) for place in members}
    base = [sender[members[0]] for members in families]
    known: dict[int, set[int]] = {submission: set() for submission in base}
    for place, number in family.items():
        if sender[place] in known:
            known[sender[place]].add(number)
    found = dict(lifted)
    for together in _by_submission(sender):
        letter = max(together, key=lambda place: (len(points[place].text), -place))
        own = family.get(letter, -1)
        if own < 0 or len(points[letter].text) < _SHORTEST_LETTER:
            continue
        if base[own] == sender[letter]:
            continue
        for place in together:
            if place != letter and family.get(place, -1) not in known[base[own]]:
                found.setdefault(place, letter)
    return found


def _by_submission(senders: Sequence[int]) -> Iterator[list[int]]:
    """Yield the positions of the comments of submissions that have several."""
    several = {sender for sender, comments in Counter(senders).items() if comments > 1}
    found: dict[int, list[int]] = {}
    for place, sender in enumerate(senders):
        if sender in several:
            found.setdefault(sender, []).append(place)
    return iter(found.values())
