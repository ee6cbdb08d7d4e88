"""The names of many texts, each by itself: what ``best_ask`` says of one, thousands at a time.

Which pieces a text has is read one by one; what they tell is counted for all texts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.asks import ANY_CUE
from consult.analysis.naming import (
    MOST_PAIRS,
    SILENT,
    TELLING,
    Piece,
    first_words,
    pieces_of,
    worth,
)
from consult.analysis.readings import Reading
from consult.analysis.screen import Screen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consult.analysis.normalise_batch import Batch

CODE_BITS: Final = 21  # of a code point; a pair of them fits twice
_COUNT_BITS: Final = 32  # of how often a pair stands in a text
# More than what is added to words that tell nothing, and what rounding takes away, make out.
_SLACK: Final = 1e-5
_SCREEN: Final = Screen((ANY_CUE,))
_NEEDED: Final = _SCREEN.need(ANY_CUE)


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
    maybe = _maybe(texts, wanted)
    pieces = [pieces_of([index], texts, maybe) for index in wanted]
    best = iter(_best(batch, [own for own in pieces if len(own) > 1]))
    found = []
    for index, own in zip(wanted, pieces, strict=True):
        if len(own) > 1:
            found.append(next(best))
        else:
            found.append(own[0].words if own else first_words(texts[index].text))
    return found


def _maybe(texts: Sequence[Reading], wanted: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Return by text the sentences that may ask: half of them hold no word of any cue."""
    found: dict[int, list[tuple[int, int]]] = {index: [] for index in wanted}
    spans = [(index, *span) for index in wanted for span in texts[index].sentences]
    seen = _SCREEN.look([texts[index].aligned[start:end] for index, start, end in spans])
    for (index, start, end), shown in zip(spans, seen, strict=True):
        if shown & _NEEDED == _NEEDED:
            found[index].append((start, end))
    return found


def _best(batch: Batch, texts: Sequence[Sequence[Piece]]) -> list[str]:
    """Return the words of the worthiest piece of each text, ranked as ``best_ask`` ranks them.

    What a piece is worth is taken exactly, and its words are looked at, only where it may be best.
    """
    import numpy as np

    if not texts:
        return []
    pieces = [piece for own in texts for piece in own]
    _, words, _, asks, stands, _ = zip(*pieces, strict=True)
    told = _told(batch, pieces)
    plain = np.array([asked or SILENT for asked in asks]) * np.array(stands)
    about = plain * told / np.sqrt(np.array([*map(len, words)]) + TELLING)
    size = [*map(len, texts)]
    highest = np.maximum.reduceat(about, np.cumsum([0, *size[:-1]]))
    close = np.flatnonzero(about >= np.repeat(highest, size) - _SLACK)
    owner = np.repeat(np.arange(len(size)), size)[close]
    best: dict[int, tuple[float, int, str]] = {}
    for text, place, own in zip(owner.tolist(), close.tolist(), told[close].tolist(), strict=True):
        rank = (-worth(pieces[place], own), len(words[place]), words[place])
        best[text] = min(rank, best.get(text, rank))
    return [best[text][2] for text in range(len(size))]


def _told(batch: Batch, pieces: Sequence[Piece]) -> NDArray[Any]:
    """Return the weight of the pairs that each piece holds, of each pair once."""
    import numpy as np

    text, _, aligned, _, _, start = zip(*pieces, strict=True)
    owner = np.array(text)
    offsets = np.cumsum([0, *map(len, batch.texts)])
    begin = offsets[owner] + np.array(start)
    end = begin + np.array([*map(len, aligned)])
    pairs = _weighed(batch, offsets, owner)
    low = np.searchsorted(pairs.place, begin)
    size = np.maximum(np.searchsorted(pairs.place, end - 1) - low, 0)
    piece = np.repeat(np.arange(size.size), size)
    nth = np.arange(piece.size) - np.repeat(np.cumsum(size) - size - low, size)
    once = pairs.before[nth] < low[piece]
    weight = np.where(once, pairs.weight[nth], 0.0)
    found: NDArray[Any] = np.bincount(piece, weight, minlength=size.size)
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
    # They lie text by text. Stable: of a text, equally common ones stay in their order.
    ranked = np.argsort((text << _COUNT_BITS) - count, kind="stable")
    size = np.bincount(text)
    rank = np.arange(ranked.size) - (np.cumsum(size) - size)[text]
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
