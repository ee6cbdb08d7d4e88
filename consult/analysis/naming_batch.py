"""The names of many texts, each by itself: what ``best_ask`` says of one, thousands at a time.

Which pieces a text has is read one by one; what they tell is counted for all texts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.naming import MOST_PAIRS, Piece, first_words, pieces_of, worth
from consult.analysis.readings import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consult.analysis.normalise_batch import Batch

CODE_BITS: Final = 21  # of a code point; a pair of them fits twice


class _Weighed(NamedTuple):
    """The pairs of neighbouring characters that the pieces of texts may hold, in order.

    ``place`` is the position of each in all texts one after the other, ``weight`` what it tells,
    ``before`` the number of the one before that is the same pair of the same text, -1 for none.
    """

    place: NDArray[Any]
    weight: NDArray[Any]
    before: NDArray[Any]


def own_asks(batch: Batch, texts: Sequence[Reading], wanted: Sequence[int]) -> list[str]:
    """Return the words of ``best_ask([text])`` for the texts wanted, which are indices."""
    pieces = [pieces_of([index], texts) for index in wanted]
    several = [own for own in pieces if len(own) > 1]
    told = iter(_told(batch, [piece for own in several for piece in own]))
    found = []
    for index, own in zip(wanted, pieces, strict=True):
        if len(own) > 1:
            ranked = [(-worth(piece, next(told)), len(piece.words), piece.words) for piece in own]
            found.append(min(ranked)[2])
        else:
            found.append(own[0].words if own else first_words(texts[index].text))
    return found


def _told(batch: Batch, pieces: Sequence[Piece]) -> list[float]:
    """Return the weight of the pairs that each piece holds, of each pair once."""
    import numpy as np

    if not pieces:
        return []
    owner = np.array([piece.text for piece in pieces])
    offsets = np.cumsum([0, *map(len, batch.texts)])
    begin = offsets[owner] + [piece.start for piece in pieces]
    end = begin + [len(piece.aligned) for piece in pieces]
    pairs = _weighed(batch, offsets, owner)
    low = np.searchsorted(pairs.place, begin)
    size = np.maximum(np.searchsorted(pairs.place, end - 1) - low, 0)
    piece = np.repeat(np.arange(size.size), size)
    nth = np.arange(piece.size) - np.repeat(np.cumsum(size) - size - low, size)
    once = pairs.before[nth] < low[piece]
    weight = np.where(once, pairs.weight[nth], 0.0)
    found: list[float] = np.bincount(piece, weight, minlength=size.size).tolist()
    return found


def _weighed(batch: Batch, offsets: NDArray[Any], wanted: NDArray[Any]) -> _Weighed:
    """Weigh the pairs of the texts wanted: of each its commonest ones, by how often they stand."""
    import numpy as np

    read = np.zeros(len(batch.texts), dtype=bool)
    read[wanted] = True
    owners = batch.owners
    first = np.flatnonzero((owners[1:] == owners[:-1]) & read[owners[:-1]])
    own = owners[first]
    keys = pair_keys(batch.codes, first) | (own << (2 * CODE_BITS))
    order = np.argsort(keys, kind="stable")
    number, count = distinct(keys[order])
    inverse = np.empty(keys.size, dtype=np.int64)
    inverse[order] = np.repeat(np.arange(number.size), count)
    text = own[order[number]]
    ranked = np.lexsort((-count, text))  # stable: equal ones stay in their order
    text = text[ranked]
    rank = np.arange(ranked.size) - np.searchsorted(text, text)
    table = np.array([log(1 + n) for n in range(int(count.max(initial=0)) + 1)])
    weight = np.zeros(ranked.size)
    top = ranked[rank < MOST_PAIRS]
    weight[top] = table[count[top]]
    # A piece holds a pair where its characters are neighbours in the text itself.
    beside = batch.places[first + 1] == batch.places[first] + 1
    kept = np.flatnonzero(beside & (weight[inverse] > 0))
    return _Weighed(
        place=batch.places[first[kept]] + offsets[own[kept]],
        weight=weight[inverse[kept]],
        before=_before(inverse[kept]),
    )


def distinct(ordered: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where each value of sorted ones stands first, and how often it stands there.

    What ``numpy.unique`` does, several times faster on numbers that are nearly in order.
    """
    import numpy as np

    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    first = first[: ordered.size]
    return first, np.diff(first, append=ordered.size)


def pair_keys(codes: NDArray[Any], first: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each pair of neighbouring characters, given where it begins."""
    import numpy as np

    wide = codes.astype(np.int64)
    found: NDArray[Any] = (wide[first] << CODE_BITS) | wide[first + 1]
    return found


def _before(values: NDArray[Any]) -> NDArray[Any]:
    """Return for each value where the same stood last, -1 where it did not."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    found = np.full(values.size, -1)
    again = np.flatnonzero(np.diff(values[order]) == 0)
    found[order[again + 1]] = order[again]
    return found
