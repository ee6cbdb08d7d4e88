"""The different folded texts of a call, and the families that they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consult.analysis.families_alike import alike
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

    own = np.array(numbers, np.int64)
    at = np.arange(len(own))
    first = np.zeros(len(texts), np.int64)  # place of each number
    first[own[::-1]] = at[::-1]  # the first of equal places comes last
    different = own[first[own] == at]
    reading, least = _readings(texts, different)
    chosen = np.flatnonzero(reading == np.arange(len(reading)))
    place = np.zeros(len(reading), np.int64)
    place[chosen] = np.arange(len(chosen))
    place_of = np.zeros(len(texts), np.int64)
    place_of[different] = place[reading]
    known = place_of[own]
    found = Distinct(
        number=least[chosen],
        length=np.array(texts.length)[least[chosen]].astype(np.int64),
        first=first[different[chosen]],
        weight=np.bincount(known, minlength=len(chosen)),
        standing=np.zeros(len(chosen)),
        head=np.arange(len(chosen)),
    )
    return found, known


def _readings(texts: Texts, numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for each of different texts the place of the first that reads the same.

    Beside it stands, for each first one, the number of the least of those that read the same.
    """
    import numpy as np

    reading, least = np.arange(len(numbers)), numbers.copy()
    place = alike(np.array(texts.hash).view(np.uint64)[numbers])
    # A hash of its own is a reading of its own: a third of the texts is left to be compared.
    several = np.flatnonzero(np.bincount(place, minlength=len(place))[place] > 1)
    own = numbers[several].tolist()
    first: dict[str, int] = {}
    places = several.tolist()
    found = list(map(first.setdefault, texts.folded(own), places))
    best: dict[int, int] = {}
    for at, number in zip(found, own, strict=True):
        other = best.setdefault(at, number)
        if texts.text[number] < texts.text[other]:
            best[at] = number
    reading[several] = found
    least[list(best)] = list(best.values())
    return reading, least
