"""Words out of the comments themselves that tell what a group says; nothing is rephrased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from operator import add
from typing import Final

from consult.analysis.naming import DOTS, SHORTEST_ASK
from consult.analysis.normalise import fold
from consult.analysis.readings import Reading, readings

LONGEST_QUOTE: Final = 120  # characters, the dots included
# The first sentence of a comment tells most (lead beats all but centroid times position): the
# weight falls with the place, to a third at the tenth sentence.
FALL: Final = 0.2
# Of a quote's worth, the part that likeness to quotes already chosen takes away.
_REPEATED: Final = 0.5
# Texts whose sentences are compared: more cost much and say the same.
_MOST_READ: Final = 40

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, and how many that tell something stand before it."""

    text: int
    place: int
    words: str
    folded: str


def central(texts: Sequence[Sequence[str]]) -> int:
    """Return the index of the text (a list of words) most like all of them together.

    Of equally central ones the shorter, then the one that sorts first. Raises ``ValueError`` when
    there are none.
    """
    if not texts:
        raise ValueError("no texts")
    vectors = _vectors(texts)
    middle = _unit(_sum(vectors))
    return min(
        range(len(texts)),
        key=lambda i: (-round(_cosine(vectors[i], middle), 9), len(texts[i]), list(texts[i])),
    )


def furthest(texts: Sequence[Sequence[str]], middle: int) -> tuple[int, ...]:
    """Return up to two indices: the text least like ``middle``, then the one least like that.

    Texts (lists of words) are compared with these two alone, so the cost is linear.
    """
    vectors = _vectors(texts)
    found: list[int] = []
    for seen in range(min(2, len(texts) - 1)):
        against = found[-1] if seen else middle
        left = [i for i in range(len(texts)) if i != middle and i not in found]
        found.append(
            min(
                left,
                key=lambda i: (round(_cosine(vectors[i], vectors[against]), 9), list(texts[i]), i),
            )
        )
    return tuple(found)


def quotes(texts: Sequence[str], top: int = 3) -> list[tuple[int, str]]:
    """Return up to ``top`` sentences, each from another text, that tell most and repeat least.

    Verbatim; a long sentence is cut at ``LONGEST_QUOTE`` characters with dots. Chosen by maximal
    marginal relevance over likeness to all sentences times place in the text.
    """
    return quotes_read(readings(texts), top)


def quotes_read(texts: Sequence[Reading], top: int = 3) -> list[tuple[int, str]]:
    """Return what ``quotes`` does, of texts that are read already."""
    order = most_read([read.text for read in texts])
    pool = [sentence for index in order for sentence in _sentences(index, texts[index])]
    if len(pool) < 2:
        return [(one.text, shortened(one.words)) for one in pool[:top]]
    vectors = _vectors([_grams(sentence.folded) for sentence in pool])
    middle = _unit(_sum(vectors))
    worth = [_cosine(v, middle) / (1 + FALL * s.place) for v, s in zip(vectors, pool, strict=True)]
    picked = chosen(
        pool, worth, lambda best: [_cosine(vector, vectors[best]) for vector in vectors], top
    )
    return [(pool[n].text, shortened(pool[n].words)) for n in picked]


def most_read(texts: Sequence[str]) -> list[int]:
    """Return the texts whose sentences are compared, in the order in which they are."""
    return sorted(range(len(texts)), key=lambda i: (texts[i], i))[:_MOST_READ]


def chosen(
    pool: Sequence[Sentence],
    worth: Sequence[float],
    near: Callable[[int], Sequence[float]],
    top: int,
) -> list[int]:
    """Return up to ``top`` sentences of the pool: the worthiest that repeat least.

    ``near`` tells how like each sentence is to one of them.
    """
    found: list[int] = []
    likest = [0.0] * len(pool)
    while len(found) < top and (left := _left(pool, found)):
        gain = [round(one - _REPEATED * like, 9) for one, like in zip(worth, likest, strict=True)]
        best = min(left, key=lambda n: (-gain[n], pool[n].words, pool[n].text))
        found.append(best)
        if len(found) < top:
            likest = list(map(max, likest, near(best)))
    return found


def shortened(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Return the words, cut with dots when they are longer than ``longest`` characters."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + DOTS


def _left(pool: Sequence[Sentence], found: Sequence[int]) -> list[int]:
    """Return the sentences of texts not quoted yet that say something else."""
    texts = {pool[n].text for n in found}
    said = {pool[n].folded for n in found}
    return [n for n, s in enumerate(pool) if s.text not in texts and s.folded not in said]


def _sentences(index: int, read: Reading) -> Iterator[Sentence]:
    said = [read.text[a:b] for a, b in read.sentences]
    own = telling([fold(words) for words in said])
    for place, (n, folded) in enumerate(own):
        yield Sentence(index, place, said[n], folded)


def telling(folded: Sequence[str]) -> list[tuple[int, str]]:
    """Return the sentences of a text that tell something; short ones where there are no others."""
    spans = [(n, words) for n, words in enumerate(folded) if words]
    return [own for own in spans if len(own[1]) >= SHORTEST_ASK] or spans


def _grams(folded: str) -> list[str]:
    return list(map(add, folded, folded[1:])) or [folded]


def _vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """Return unit vectors of (1 + ln count), rarer words weighing more."""
    counts = [Counter(words) for words in texts]
    frequency = Counter(chain.from_iterable(counts))
    rarity = {word: log(1 + len(texts) / often) for word, often in frequency.items()}
    return [
        _unit({word: (1 + log(own[word])) * rarity[word] for word in sorted(own)}) for own in counts
    ]


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum([value * value for value in vector.values()])) or 1.0
    return {word: value / length for word, value in vector.items()}


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = {}
    get = total.get
    for vector in vectors:
        for word, value in vector.items():
            total[word] = get(word, 0.0) + value
    return total


def _cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two unit vectors."""
    get = other.get
    return sum([value * get(word, 0.0) for word, value in one.items()])
