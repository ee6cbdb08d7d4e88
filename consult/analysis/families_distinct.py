"""The different folded texts of a call, and the families that they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consult.analysis.families_texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(slots=True)
class Distinct:
    """Different folded texts, an array for each of their properties (a million of them fit)."""

    number: NDArray[Any]  # of the least of the texts that read the same
    length: NDArray[Any]  # folded characters
    first: NDArray[Any]  # where the first of them stands
    weight: NDArray[Any]  # how many there are
    standing: NDArray[Any]  # how many it met
    head: NDArray[Any]  # the representative of its family

    def families(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return for each text the first position in its family, and its base text's."""
        import numpy as np

        order = np.lexsort((self.first, -self.weight, -self.standing))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        # A representative that joined another family in a later round is not of its own any more.
        first, best = np.full((2, len(order)), np.iinfo(np.int64).max)
        np.minimum.at(first, self.head, self.first)
        np.minimum.at(best, self.head, rank)
        return first[self.head], self.first[order[best[self.head]]]


def distinct(texts: Texts, numbers: Sequence[int]) -> tuple[Distinct, NDArray[Any]]:
    """Return the different folded texts as they come, and the place of each text among them."""
    import numpy as np

    different = list(dict.fromkeys(numbers))
    place: dict[str, int] = {}
    chosen: list[int] = []
    place_of = np.zeros(len(texts), np.int64)
    for number, said in zip(different, texts.folded(different), strict=True):
        place_of[number] = at = place.setdefault(said, len(chosen))
        if at == len(chosen):
            chosen.append(number)
        elif texts.text[number] < texts.text[chosen[at]]:
            chosen[at] = number
    known = place_of[np.array(numbers, np.int64)]
    first = np.zeros(len(chosen), np.int64)
    first[known[::-1]] = np.arange(len(known))[::-1]  # the first of equal places comes last
    found = Distinct(
        number=np.array(chosen, np.int64),
        length=np.fromiter(map(len, place), np.int64, len(place)),
        first=first,
        weight=np.bincount(known, minlength=len(chosen)),
        standing=np.zeros(len(chosen)),
        head=np.arange(len(chosen)),
    )
    return found, known
