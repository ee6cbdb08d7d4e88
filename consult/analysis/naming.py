"""The name of a group of comments: the best short ask in their own words, nothing rephrased.

Class-based TF-IDF says which words set the group apart; the piece of a comment that asks and holds
most of them names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from consult.analysis.asks import CUES, clauses, sentences
from consult.analysis.normalise import align, fold

SHORTEST_ASK: Final = 8
LONGEST_ASK: Final = 40
# Marks that may stand at the ends of a clause and belong to none of its words.
_EDGES: Final = " \n\r\t\u3000、,，;；:：。.!！-—~"
# Texts whose pieces are weighed against each other: more cost much and say the same.
_MOST_READ: Final = 24
_MARKS: Final = re.compile('[“”‘’《》（）()「」"]')
_MARGIN: Final = 12  # marks and a note that may fall off a piece
_LONGEST_RUN: Final = 4  # clauses of one sentence joined to a piece
# Cues by weight, the strongest first: one search a weight.
_LEVELS: Final = tuple(
    (weight, re.compile("|".join(f"(?:{cue.pattern})" for cue in CUES if cue.weight == weight)))
    for weight in sorted({cue.weight for cue in CUES}, reverse=True)
)
# A piece that begins so leans on what stands before it.
_LEANING: Final = re.compile(
    r"(?:但|而|并(?!购)|且|却|就(?!近|地|业|医|学|读)|也|都|还(?!款)|又|再|才(?!能)|则|所以|因为|因此|"
    r"然后|同时|其中|这样|那样|这|那|以(?!上|下)|的|之)"
)
# A piece that ends so breaks off.
_OPEN: Final = re.compile(
    r"(?:因为|由于|如果|例如|比如|包括|以及|和|与|及|或|但|而|的话|为了|对于|关于)$"
)
# A note by whoever wrote the comment down: （电话记录）.
_NOTE: Final = re.compile(r"[（(][^（()）]{0,6}(?:记录|来访|来电|摘录|整理)[）)]\s*")
# Where a point stands in its letter (首先，一是，2、): it names nothing.
# 第一章, 一是否 and 五、（三） are none.
_PLACE: Final = re.compile(
    r"(?:首先|其次|再次|再者|最[后後]|其[一二三四五六]|第?[一二三四五六七八九十]{1,2}(?=是(?!否|不是)|[、,，:：]"
    r"(?!\s*[（(])))是?\s*[、,，:：]?\s*"
    r"|[（(]?(?:[一二三四五六七八九十]{1,2}|[0-9０-９]{1,2})[)）]\s*[、,，:：]?\s*"
    r"|[0-9０-９]{1,2}\s*[、.．](?![0-9０-９])\s*"
)
_WHOLE: Final = 1.2  # a whole sentence over a part of one, the same words told
_BROKEN: Final = 0.6  # a piece that leans on what it leaves out
_TELLING: Final = 8  # characters that any name has beside its telling words


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words out of a text, how plainly they ask (0: not at all), how well they stand alone."""

    text: int
    words: str
    aligned: str
    asks: float
    stands: float


def best_ask(texts: Sequence[str], terms: Mapping[str, float] | None = None) -> tuple[int, str]:
    """Return the index of a text and the words in it that best say what the texts ask for.

    ``terms`` weigh the words (aligned) that set these texts apart; without them pairs of characters
    do. The words are a verbatim piece of one text, at most ``LONGEST_ASK`` characters. Where
    nothing is asked, what stands first speaks for all. Raises ``ValueError`` when there are no
    texts.
    """
    if not texts:
        raise ValueError("no texts")
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i], i))[:_MOST_READ]
    pieces = [piece for index in order for piece in _pieces(index, texts[index])]
    if not pieces:
        index = order[0]
        return index, texts[index].strip(_EDGES)[:LONGEST_ASK] or texts[index][:LONGEST_ASK]
    asking = [piece for piece in pieces if piece.asks] or pieces
    weights = terms if terms else _pairs([texts[i] for i in order])
    best = min(asking, key=lambda piece: (-_worth(piece, weights), len(piece.words), piece.words))
    return best.text, best.words


def _worth(piece: _Piece, weights: Mapping[str, float]) -> float:
    told = sum([weight for term, weight in weights.items() if term in piece.aligned])
    worth = (piece.asks or 0.1) * piece.stands * (told + 1e-6) / sqrt(len(piece.words) + _TELLING)
    return round(worth, 12)


def _pairs(texts: Sequence[str]) -> dict[str, float]:
    """Weigh pairs of characters by how many of the texts hold them."""
    counts = Counter(pair for text in texts for pair in _pairs_of(fold(text)))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:60]
    return {pair: log(1 + count) for pair, count in ranked}


def _pairs_of(folded: str) -> set[str]:
    return {folded[i : i + 2] for i in range(len(folded) - 1)}


def _pieces(index: int, text: str) -> Iterator[_Piece]:
    """Yield runs of clauses of fitting length; whole sentences too long give their clauses."""
    aligned = align(text)
    for start, end in sentences(aligned):
        spans = [(start + a, start + b) for a, b in clauses(aligned[start:end]) if a < b]
        asks = [_strength(aligned[a:b]) for a, b in spans]
        for first in range(len(spans)):
            for last in range(first, min(len(spans), first + _LONGEST_RUN)):
                a, b = spans[first][0], spans[last][1]
                if b - a < SHORTEST_ASK:
                    continue
                if b - a > LONGEST_ASK + _MARGIN:
                    break
                a, b = _bare(text, a, b)
                if not SHORTEST_ASK <= b - a <= LONGEST_ASK or not _balanced(text[a:b]):
                    continue
                stands = _stands(aligned[a:b], first == 0 and last == len(spans) - 1)
                asked = max(asks[first : last + 1])
                yield _Piece(index, text[a:b], aligned[a:b], asked, stands)
        if len(spans) == 1 and end - start > LONGEST_ASK:
            a, b = _bare(text, *_cut(text, *_bare(text, start, end)))
            yield _Piece(index, text[a:b], aligned[a:b], asks[0], _BROKEN)


def _stands(aligned: str, whole: bool) -> float:
    broken = _LEANING.match(aligned) or _OPEN.search(aligned)
    return (_WHOLE if whole else 1.0) * (_BROKEN if broken else 1.0)


def _strength(clause: str) -> float:
    return next((weight for weight, pattern in _LEVELS if pattern.search(clause)), 0.0)


def _balanced(words: str) -> bool:
    if not _MARKS.search(words):
        return True
    marks = ("“”", "‘’", "《》", "（）", "()", "「」")
    return all(words.count(pair[0]) == words.count(pair[1]) for pair in marks) and (
        words.count('"') % 2 == 0
    )


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut a sentence without marks that is too long: between words where it has blanks."""
    if end - start <= LONGEST_ASK:
        return start, end
    stop = start + LONGEST_ASK
    blank = text.rfind(" ", start, stop + 1)
    return start, (blank if blank > start + SHORTEST_ASK else stop)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without marks at its ends, a note of who wrote it down, a place in a list."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    note = _NOTE.match(text, start, end)
    start = note.end() if note else start
    place = _PLACE.match(text, start, end)
    return (place.end() if place else start), end
