"""The name of a group of comments: the best short ask in their own words, nothing rephrased.

Class-based TF-IDF says which words set the group apart; the piece of a comment that asks and holds
most of them names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from operator import add
from typing import Final, NamedTuple

from consult.analysis.asks import CUES, clauses
from consult.analysis.asks import asks as asks_something
from consult.analysis.normalise import fold
from consult.analysis.readings import Reading, readings

SHORTEST_ASK: Final = 8
LONGEST_ASK: Final = 40
_LATIN: Final = 100  # the same in a text of Latin letters, which says less in a character
_MOSTLY_LATIN: Final = 1.5  # bytes a character in UTF-8, under which most are Latin letters
DOTS: Final = "…"  # behind what is cut
# Marks that may stand at the ends of a clause and belong to none of its words.
_EDGES: Final = " \n\r\t\u3000、,，;；:：。.!！-—~"
# Texts whose pieces are weighed against each other: more cost much and say the same.
_MOST_READ: Final = 24
_MARKS: Final = re.compile('[“”‘’《》（）()「」"]')
_MARGIN: Final = 12  # marks and a note that may fall off a piece
_LONGEST_RUN: Final = 4  # clauses of one sentence joined to a piece
# Cues by weight, the strongest first: one search a weight.
_LEVELS: Final = tuple(
    (weight, re.compile("|".join(cue.pattern for cue in CUES if cue.weight == weight)))
    for weight in sorted({cue.weight for cue in CUES}, reverse=True)
)
# A piece that begins so leans on what stands before it.
_LEANING: Final = re.compile(
    r"(?:但|而|并(?!购)|且|却|就(?!近|地|业|医|学|读)|也|都|还(?!款)|又|再|才(?!能)|则|所以|因为|因此|"
    r"然后|同时|其中|这样|那样|这|那|以(?!上|下)|的|之)"
)
# A piece that ends so breaks off.
_OPEN: Final = re.compile(
    r"(?:因为|由于|如果|例如|比如|包括|以及|和|与|及|或|但|而|的话|为了|对于|关于"
    r"|把|将|被|让|使|向|从|跟|给|比|按照|根据|通过)$"
)
# A piece that begins so waits for what follows: 凡在园区工作满两年的技术骨干, 对企业类.
_HANGING: Final = re.compile(
    r"(?:[^:]*:)?(?:凡|对(?!接|标|比|口|照)|关于|如果|要是|只要|若|当(?!地)|为了|除[了非]?|由于|因为|虽然|即使|针对|鉴于)"
)
# A note by whoever wrote the comment down: （电话记录）.
_NOTE: Final = re.compile(r"[（(][^（()）]{0,6}(?:记录|来访|来电|摘录|整理)[）)]\s*")
# Where a point stands in its letter (首先，一是，2、): it names nothing.
# 第一章, 一是否 and 五、（三） are none.
_PLACE: Final = re.compile(
    r"(?:首先|其次|再次|再者|另外|此外|最[后後]|还有(?:一点|一个请求)?(?=\s*[、,，:：])"
    r"|其[一二三四五六]|第?[一二三四五六七八九十]{1,2}(?=是(?!否|不是)|[、,，:：]"
    r"(?!\s*[（(])))是?\s*[、,，:：]?\s*"
    r"|[（(]?(?:[一二三四五六七八九十]{1,2}|[0-9０-９]{1,2})[)）]\s*[、,，:：]?\s*"
    r"|[0-9０-９]{1,2}\s*[、.．](?![0-9０-９])\s*"
    r"|[A-Ha-h]\s*[、.．]\s*(?=[\u4e00-\u9fff])|[①-⑳]\s*"
)
_WHOLE: Final = 1.2  # a whole sentence over a part of one, the same words told
_LED: Final = 0.9  # what an ask with a colon leads to, over the ask
_BROKEN: Final = 0.6  # a piece that leans on what it leaves out
MOST_PAIRS: Final = 60  # of the texts that names are weighed by
TELLING: Final = 8  # characters that any name has beside its telling words
SILENT: Final = 0.1  # strength of a piece that does not ask


class Piece(NamedTuple):
    """Words out of a text, how plainly they ask (0: not at all), how well they stand alone.

    ``start`` is where the aligned words stand in the text; dots may follow the words.
    """

    text: int
    words: str
    aligned: str
    asks: float
    stands: float
    start: int


def best_ask(texts: Sequence[str], terms: Mapping[str, float] | None = None) -> tuple[int, str]:
    """Return the index of a text and the words in it that best say what the texts ask for.

    ``terms`` weigh the words (aligned) that set these texts apart; without them pairs of characters
    do. The words are a verbatim piece of one text, at most ``LONGEST_ASK`` characters
    (``_LATIN`` in Latin letters), and dots where a sentence had to be cut. Where
    nothing is asked, what stands first speaks for all. Raises ``ValueError`` when there are no
    texts.
    """
    return best_ask_read(readings(texts), terms)


def best_ask_read(
    texts: Sequence[Reading], terms: Mapping[str, float] | None = None
) -> tuple[int, str]:
    """Return what ``best_ask`` does, of texts that are read already."""
    if not texts:
        raise ValueError("no texts")
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i].text), texts[i].text, i))
    order = order[:_MOST_READ]
    pieces = pieces_of(order, texts)
    if not pieces:
        return order[0], first_words(texts[order[0]].text)
    if len(pieces) == 1:
        return pieces[0].text, pieces[0].words
    best = _best(pieces, terms if terms else _pairs([texts[i].text for i in order]))
    return best.text, best.words


def first_words(text: str) -> str:
    """Return what stands first in a text without any piece to name it by."""
    bare = text.strip(_EDGES) or text
    return bare[: _longest(bare)]


def _best(pieces: Sequence[Piece], weights: Mapping[str, float]) -> Piece:
    """Return the worthiest piece, of equal ones the shortest, then the first that sorts.

    Looked into, by what they could be worth at most, are only those that may still be it.
    """
    most = sum(weights.values())
    ceilings = [worth(piece, most) for piece in pieces]
    found: list[tuple[float, int, str, int]] = []
    highest = 0.0
    for place in sorted(range(len(pieces)), key=ceilings.__getitem__, reverse=True):
        if ceilings[place] < highest:
            break
        piece = pieces[place]
        own = worth(piece, _told(piece.aligned, weights))
        highest = max(highest, own)
        found.append((-own, len(piece.words), piece.words, place))
    return pieces[min(found)[3]]


def _told(aligned: str, weights: Mapping[str, float]) -> float:
    """Return the weight of the terms that a piece holds, the heaviest added first."""
    return sum([weight for term, weight in weights.items() if term in aligned])


def worth(piece: Piece, told: float) -> float:
    """Return how good a name a piece is whose terms weigh ``told``."""
    length = sqrt(len(piece.words) + TELLING)
    return round((piece.asks or SILENT) * piece.stands * (told + 1e-6) / length, 12)


def _pairs(texts: Sequence[str]) -> dict[str, float]:
    """Weigh pairs of characters by how many of the texts hold them, of one text how often."""
    folded = [fold(text) for text in texts]
    if len(folded) == 1:
        counts = Counter(map(add, folded[0], folded[0][1:]))
    else:
        counts = Counter(pair for text in folded for pair in set(map(add, text, text[1:])))
    # By count, equal ones in their order: sorting twice without a key of our own is the faster.
    ranked = sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:MOST_PAIRS]
    return {pair: log(1 + counts[pair]) for pair in ranked}


def pieces_of(
    order: Sequence[int],
    texts: Sequence[Reading],
    maybe: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> list[Piece]:
    """Return the pieces that ask; where none does, all of them.

    Of a sentence in which a clause asks at least one piece does, so the others need no reading.
    ``maybe`` are, by text, the sentences that may ask at all, where a screen has told.
    """
    every = {i: texts[i].sentences for i in order}
    read = maybe or every
    pieces = [one for i in order for one in _pieces(i, texts[i], read[i], asking=True)]
    return pieces or [one for i in order for one in _pieces(i, texts[i], every[i], asking=False)]


def _pieces(
    index: int, read: Reading, sentences: Sequence[tuple[int, int]], *, asking: bool
) -> Iterator[Piece]:
    """Yield runs of clauses of fitting length; whole sentences too long give their clauses.

    Where pieces that ask are wanted alone, only runs that hold a cue are looked at; other pieces
    are wanted of sentences in which nothing asks.
    """
    longest = _longest(read.text)
    for start, end in sentences:
        spans = [(start + a, start + b) for a, b in clauses(read.aligned[start:end]) if a < b]
        if not spans:
            continue
        asks = _asking(read.aligned, spans) if asking else [0.0] * len(spans)
        most = max(asks)
        if asking and not most:
            continue
        told = False  # whether a piece holds what the sentence asks
        for piece in _runs(index, read, spans, asks, longest):
            told = True
            yield piece
        if not told and (most or len(spans) == 1):
            whole = _bare(read.text, spans[asks.index(most)][0], end)
            a, b = _bare(read.text, *_cut(read.text, *whole, longest))
            dots = DOTS if b < whole[1] else ""
            yield Piece(index, read.text[a:b] + dots, read.aligned[a:b], most, _BROKEN, a)


def _runs(
    index: int,
    read: Reading,
    spans: Sequence[tuple[int, int]],
    asks: Sequence[float],
    longest: int,
) -> Iterator[Piece]:
    """Yield the runs of clauses of one sentence that may name; where any asks, those that do."""
    text, aligned = read.text, read.aligned
    anything, count = not any(asks), len(spans)
    for first in range(count):
        asked = 0.0
        begin = spans[first][0]
        for last in range(first, min(count, first + _LONGEST_RUN)):
            asked = max(asked, asks[last])
            a, b = begin, spans[last][1]
            if b - a > longest + _MARGIN:
                break
            if b - a < SHORTEST_ASK or not (asked or anything):
                continue
            a, b = _bare(text, a, b)
            if not SHORTEST_ASK <= b - a <= longest or not _balanced(text[a:b]):
                continue
            ends = last == count - 1
            stands = _stands(aligned[a:b], whole=first == 0 and ends, ends=ends)
            yield Piece(index, text[a:b], aligned[a:b], asked, stands, a)


def _asking(aligned: str, spans: Sequence[tuple[int, int]]) -> list[float]:
    """Return how plainly each clause asks; what stands behind the colon of an ask is what it asks.

    提出一个请求：凡在园区工作的，其子女都可以就近入学.
    """
    found: list[float] = []
    led = 0.0
    for start, end in spans:
        asks = _strength(aligned[start:end])
        found.append(asks if asks > led else led)
        if asks and aligned[end : end + 1] == ":":
            led = max(led, _LED * asks)
    return found


def _stands(aligned: str, *, whole: bool, ends: bool) -> float:
    hangs = not ends and "," not in aligned and _HANGING.match(aligned) is not None
    broken = hangs or _LEANING.match(aligned) or _OPEN.search(aligned)
    return (_WHOLE if whole else 1.0) * (_BROKEN if broken else 1.0)


def _strength(clause: str) -> float:
    """Return the weight of the strongest cue: most clauses hold none, which one search tells."""
    if not asks_something(clause):
        return 0.0
    return next((weight for weight, pattern in _LEVELS if pattern.search(clause)), 0.0)


def _balanced(words: str) -> bool:
    if not _MARKS.search(words):
        return True
    marks = ("“”", "‘’", "《》", "（）", "()", "「」")
    return all(words.count(pair[0]) == words.count(pair[1]) for pair in marks) and (
        words.count('"') % 2 == 0
    )


def _longest(text: str) -> int:
    """Return how many characters of a text a name may have."""
    return _LATIN if len(text.encode(errors="replace")) < _MOSTLY_LATIN * len(text) else LONGEST_ASK


def _cut(text: str, start: int, end: int, longest: int) -> tuple[int, int]:
    """Cut a sentence that is too long: at its marks, else between words where it has blanks."""
    if end - start <= longest:
        return start, end
    stop = start + longest - len(DOTS)
    mark = max(text.rfind(mark, start + longest // 2, stop) for mark in _EDGES.strip("-—~ "))
    if mark > 0:
        return start, mark
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
