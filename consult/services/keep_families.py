"""Store the families of a run: a family keeps its number by what it has in common with the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.domain.comment import Comment
from consult.domain.family import Family
from consult.services.additions import additions
from consult.services.office import Office
from consult.store import families


@dataclass(frozen=True, slots=True)
class Kept:
    """Ids of families by the position of a comment: of its own, and of the one it was added to."""

    family: Mapping[int, int]
    added_to: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class KnownFamilies:
    """Families as a run keeps them, before anything is written.

    ``found`` are their members by position, base first; ``rows`` the number each keeps (None: a new
    one) and the number of its base; ``added`` the letter's position for each comment added to one.
    """

    found: Sequence[Sequence[int]]
    rows: Sequence[tuple[int | None, int]]
    added: Mapping[int, int]

    def write(self, office: Office, consultation: int, *, run: int) -> Kept:
        """Write them inside the caller's transaction."""
        family: dict[int, int] = {}
        identifiers = families.put_all(office.store.db, consultation, self.rows, run=run)
        for members, row in zip(self.found, identifiers, strict=True):
            family |= dict.fromkeys(members, row)
        pairs = self.added.items()
        return Kept(family, {place: family[letter] for place, letter in pairs if letter in family})


def known_families(
    before: Sequence[Family],
    points: Sequence[Comment],
    found: Sequence[Sequence[int]],
    letters: Mapping[int, int],
) -> KnownFamilies:
    """Find out which families (positions of numbered comments, base first) go on with which.

    ``letters`` gives the position of the letter a comment was lifted out of.
    """
    numbers = [tuple(points[place].number for place in members) for members in found]
    ids = inherit(before, numbers)
    rows = [(known, own[0]) for known, own in zip(ids, numbers, strict=True)]
    return KnownFamilies(found, rows, additions(points, found, letters))


def inherit(before: Sequence[Family], found: Sequence[Sequence[int]]) -> list[int | None]:
    """Return for each new family (comment numbers) the id of the old one it goes on with.

    Greatest overlap first; of equal ones the older id, then the family with the lower number.
    """
    home = {number: family.id for family in before for number in family.members}
    claims = sorted(
        (-size, identifier, min(numbers), place)
        for place, numbers in enumerate(found)
        for identifier, size in Counter(home[n] for n in numbers if n in home).items()
    )
    kept: list[int | None] = [None] * len(found)
    taken: set[int] = set()
    for _, identifier, _, place in claims:
        if identifier not in taken and kept[place] is None:
            kept[place] = identifier
            taken.add(identifier)
    return kept
