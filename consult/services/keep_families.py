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


def write_families(
    office: Office,
    identifier: int,
    run: int,
    points: Sequence[Comment],
    found: Sequence[Sequence[int]],
    letters: Mapping[int, int],
) -> Kept:
    """Write families (positions of comments, base first) inside the caller's transaction.

    ``letters`` gives the position of the letter a comment was lifted out of.
    """
    db = office.store.db
    numbers = [tuple(points[place].number for place in members) for members in found]
    ids = inherit(families.every(db, identifier), numbers)
    family: dict[int, int] = {}
    for members, own, known in zip(found, numbers, ids, strict=True):
        row = families.put(db, identifier, run=run, base=own[0], identifier=known or 0)
        family |= dict.fromkeys(members, row)
    added = additions(points, found, letters).items()
    return Kept(family, {place: family[letter] for place, letter in added if letter in family})


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
