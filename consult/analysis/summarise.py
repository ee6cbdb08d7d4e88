"""Words out of the comments themselves that tell what a group says; nothing is rephrased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from consult.analysis.asks import ask_start, clauses, sentences, strength
from consult.analysis.normalise import align, fold

SHORTEST_ASK: Final = 8
LONGEST_ASK: Final = 40
LONGEST_QUOTE: Final = 120  # characters, the dots included
DOTS: Final = "…"
# The first sentence of a comment tells most (lead beats all but centroid times position): the
# weight falls with the place, to a third at the tenth sentence.
_FALL: Final = 0.2
# Of a quote's worth, the part that likeness to quotes already chosen takes away.
_REPEATED: Final = 0.5
# Marks that may stand at the ends of a clause and belong to none of its words.
_EDGES: Final = " \t\u3000、,，;；:：。.!！-—~"
# Texts whose sentences are compared: more cost much and say the same.
_MOST_READ: Final = 400

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: int
    place: int
    words: str


def central(texts: Sequence[Sequence[str]]) -> int:
    """Return the index of the text (a list of words) most like all of them together.

    Of equally central ones the shorter, then the one that sorts first. Raises ``ValueError`` when
    there are none.
    """
    if not texts:
        raise ValueError("no texts")
    vectors = _vectors(texts)
    middle = _sum(vectors)
    return min(
        range(len(texts)),
        key=lambda i: (-round(_cosine(vectors[i], middle), 9), len(texts[i]), list(texts[i])),
    )


def furthest(texts: Sequence[Sequence[str]], middle: int) -> tuple[int, ...]:
    """Return up to two indices: the text least like ``middle``, then the one least like that.

    Texts (lists of words) are compared with these two alone, so the cost is linear.
    """
    vectors = _vectors(texts)
    chosen: list[int] = []
    for seen in range(min(2, len(texts) - 1)):
        against = chosen[-1] if seen else middle
        left = [i for i in range(len(texts)) if i != middle and i not in chosen]
        chosen.append(
            min(
                left,
                key=lambda i: (round(_cosine(vectors[i], vectors[against]), 9), list(texts[i]), i),
            )
        )
    return tuple(chosen)


def best_ask(texts: Sequence[str]) -> tuple[int, str]:
    """Return the index of a text and the words in it that best say what the texts ask for.

    The words are a verbatim piece of one text, at most ``LONGEST_ASK`` characters. Where nothing
    is asked, a first clause stands for all. Raises ``ValueError`` when there are no texts.
    """
    if not texts:
        raise ValueError("no texts")
    order = sorted(range(len(texts)), key=lambda i: (texts[i], i))[:_MOST_READ]
    vectors = dict(zip(order, _vectors([_grams(texts[i]) for i in order]), strict=True))
    middle = _sum(list(vectors.values()))
    candidates = [(index, *found) for index in order for found in _asks(texts[index])]
    if not candidates:
        index = min(order, key=lambda i: (-round(_cosine(vectors[i], middle), 9), texts[i]))
        return index, _first_clause(texts[index])
    weighed = _vectors([_grams(words) for _, words, _ in candidates])
    best = min(
        range(len(candidates)),
        key=lambda n: (
            -round(candidates[n][2] * _cosine(weighed[n], middle), 9),
            len(candidates[n][1]),
            candidates[n][1],
        ),
    )
    return candidates[best][0], candidates[best][1]


def quotes(texts: Sequence[str], top: int = 3) -> list[tuple[int, str]]:
    """Return up to ``top`` sentences, each from another text, that tell most and repeat least.

    Verbatim; a long sentence is cut at ``LONGEST_QUOTE`` characters with dots. Chosen by maximal
    marginal relevance over likeness to all sentences times place in the text.
    """
    order = sorted(range(len(texts)), key=lambda i: (texts[i], i))[:_MOST_READ]
    pool = [sentence for index in order for sentence in _sentences(index, texts[index])]
    vectors = _vectors([_grams(sentence.words) for sentence in pool])
    middle = _sum(vectors)
    worth = [_cosine(v, middle) / (1 + _FALL * s.place) for v, s in zip(vectors, pool, strict=True)]
    chosen: list[int] = []
    likest = [0.0] * len(pool)
    while len(chosen) < top and (left := _left(pool, chosen)):
        gain = [round(one - _REPEATED * near, 9) for one, near in zip(worth, likest, strict=True)]
        best = min(left, key=lambda n: (-gain[n], pool[n].words, pool[n].text))
        chosen.append(best)
        near = [_cosine(vector, vectors[best]) for vector in vectors]
        likest = list(map(max, likest, near))
    return [(pool[n].text, shortened(pool[n].words)) for n in chosen]


def shortened(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Return the words, cut with dots when they are longer than ``longest`` characters."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + DOTS


def _left(pool: Sequence[_Sentence], chosen: Sequence[int]) -> list[int]:
    """Return the sentences of texts not quoted yet that say something else."""
    texts = {pool[n].text for n in chosen}
    said = {fold(pool[n].words) for n in chosen}
    return [n for n, s in enumerate(pool) if s.text not in texts and fold(s.words) not in said]


def _sentences(index: int, text: str) -> Iterator[_Sentence]:
    spans = [(a, b) for a, b in sentences(align(text)) if fold(text[a:b])]
    telling = [(a, b) for a, b in spans if len(fold(text[a:b])) >= SHORTEST_ASK] or spans
    for place, (a, b) in enumerate(telling):
        yield _Sentence(index, place, text[a:b])


def _asks(text: str) -> Iterator[tuple[str, float]]:
    """Yield the pieces of a text that ask, of fitting length, with the strength of their cue."""
    aligned = align(text)
    for a, b in sentences(aligned):
        start = ask_start(aligned[a:b])
        for piece in _pieces(aligned, a, b, max(0, start)):
            words = _bare(text, *piece)
            weight = strength(align(words))
            fits = SHORTEST_ASK <= len(words) <= LONGEST_ASK
            if weight and fits and words.count("“") == words.count("”"):
                yield words, weight


def _pieces(aligned: str, start: int, end: int, cue: int) -> Iterator[tuple[int, int]]:
    """Yield from the cue on: one clause, two clauses, and so on to the sentence's end."""
    spans = [(start + a, start + b) for a, b in clauses(aligned[start:end])]
    opening = [span for span in spans if span[1] > start + cue]
    for first in opening[:1]:
        for _, stop in opening:
            yield first[0], stop
    yield from opening[1:]


def _bare(text: str, start: int, end: int) -> str:
    return text[start:end].strip(_EDGES)


def _first_clause(text: str) -> str:
    aligned = align(text)
    spans = [_bare(text, a, b) for a, b in clauses(aligned) if fold(text[a:b])]
    fitting = [words for words in spans if SHORTEST_ASK <= len(words) <= LONGEST_ASK]
    return (fitting or spans or [text.strip()])[0][:LONGEST_ASK]


def _grams(text: str) -> list[str]:
    folded = fold(text)
    return [folded[i : i + 2] for i in range(len(folded) - 1)] or [folded]


def _vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """Return unit vectors of (1 + ln count), rarer words weighing more."""
    frequency = Counter(word for words in texts for word in set(words))
    found: list[Vector] = []
    for words in texts:
        raw = {
            word: (1 + log(n)) * log(1 + len(texts) / frequency[word])
            for word, n in sorted(Counter(words).items())
        }
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        found.append({word: value / length for word, value in raw.items()})
    return found


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for word, value in vector.items():
            total[word] = total.get(word, 0.0) + value
    return total


def _cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of a unit vector to any other."""
    length = sqrt(sum(value * value for value in other.values())) or 1.0
    return sum(value * other.get(word, 0.0) for word, value in one.items()) / length
