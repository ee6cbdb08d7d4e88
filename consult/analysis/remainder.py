"""What a copy adds to its base text: the words its signer put in, as spans of the copy.

Read clause by clause: a clause that the base does not have is added. Neighbours belong together;
greeting, name, place, date and what only signs the letter are no additions, nor are words put in
the place of others (the blanks of a form letter).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

from consult.analysis.asks import asks_plainly
from consult.analysis.collection import collection_paused
from consult.analysis.diff import Block, blocks, in_order
from consult.analysis.families_letter import Clause, Letter, pairs_of
from consult.analysis.folding import CLAUSE, cut
from consult.analysis.normalise import align, fold
from consult.analysis.remainder_phrases import FORMULA
from consult.analysis.split_frame import is_closing, is_signature
from consult.analysis.split_letters import DATE

_NEW: Final = 0.5  # of a clause is found in the base at most
_CHANCE: Final = 3  # common characters up to this many are words that many use
# Folded characters of an addition: whole sentences; words inside a sentence of the base.
_SHORTEST_SENTENCE: Final = 8
_SHORTEST_INSIDE: Final = 10
_SHORTEST_STORY: Final = 14  # a sentence in the place of others of the base
_BLANK: Final = 0.5  # what is put for at least half as many characters fills in a blank
_AGAIN: Final = 0.6  # of its character pairs: it says the same in other words
_DATED: Final = re.compile(f"{DATE.pattern}$")
_OPENING: Final = "（(“‘「『【"
_ENDING: Final = "。！？；…，,!?;.~～”’」』）)】、：:"
_SENTENCE_END: Final = frozenset("。！？；…!?;\n")
_FEW: Final = 4  # clauses that are compared one by one; more are another text

Span = tuple[int, int]


def remainders(base: str, copy: str) -> tuple[Span, ...]:
    """Return the spans of a copy that it adds to its base text; disjoint, in order, often none."""
    return _remainders(_Base(cut(base)), copy, cut(copy))


def with_new_clauses(bases: Sequence[str], copies: Sequence[str]) -> list[int]:
    """Return which of these pairs of cut texts (see ``cut_many``) have a clause in the copy alone.

    Quickest where one base's copies come together. The others add nothing.
    """
    found = []
    last, known = "", frozenset({""})
    for place, (base, copy) in enumerate(zip(bases, copies, strict=True)):
        if base is not last:
            last, known = base, frozenset(base.split(CLAUSE))
        if not known.issuperset(copy.split(CLAUSE)):
            found.append(place)
    return found


def remainders_of(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """Return ``remainders`` of pairs; quickest where one base's copies come together.

    Of each pair three texts stand behind each other: the base, cut (see ``cut_many``), the copy,
    and the copy cut.
    """
    found = []
    last, known = "", _Base("")
    with collection_paused():
        for base, copy, words in zip(texts[::3], texts[1::3], texts[2::3], strict=True):
            if base != last:
                last, known = base, _Base(base)
            found.append(_remainders(known, copy, words))
    return found


def _remainders(known: _Base, copy: str, words: str) -> tuple[Span, ...]:
    if _adds_no_clause(known, words.split(CLAUSE)):
        return ()
    letter = Letter(copy, words.replace(CLAUSE, ""))
    found = [b for b in blocks(known.folded, letter.folded) if b.size > _CHANCE]
    if len(letter.folded) - sum(block.size for block in found) < _SHORTEST_SENTENCE // 2:
        return ()
    return tuple(
        _span(letter, own)
        for run in _runs(letter, found)
        if run[-1].end - run[0].start >= _SHORTEST_SENTENCE
        and (own := _own(letter, run))
        and _adds(letter, own, blank=_fills_blank(found, own))
        and not _says_again(letter, own, known.pairs)
    )


class _Base:
    """A base text: its clauses, its folded form and its pairs of neighbouring characters."""

    def __init__(self, words: str) -> None:
        self.clauses = frozenset(words.split(CLAUSE))
        self.folded = words.replace(CLAUSE, "")

    @cached_property
    def pairs(self) -> frozenset[str]:
        return pairs_of(self.folded)


def _adds_no_clause(known: _Base, clauses: Sequence[str]) -> bool:
    """Tell at a look that a copy has no clause that the base has not, but what signs the letter.

    A clause of the base that is mistyped, or filled in differently, is the base's.
    """
    new = [clause for clause in clauses if clause not in known.clauses]
    if not new:
        return True
    if len(new) > _FEW:
        return False
    gone = known.clauses.difference(clauses)
    return all(
        is_formula(clause)
        or (len(gone) <= _FEW and any(_is_edited(other, clause) for other in gone))
        for clause in new
    )


@lru_cache(maxsize=1 << 14)
def _is_edited(clause: str, other: str) -> bool:
    """Tell whether most of a folded clause stands in another one, in stretches."""
    common = sum(block.size for block in in_order(clause, other) if block.size > _CHANCE)
    return common > _NEW * len(other)


def _runs(letter: Letter, found: Sequence[Block]) -> Iterator[list[Clause]]:
    """Yield neighbouring clauses that the base does not have."""
    run: list[Clause] = []
    known = [(at, at + size) for _, at, size, _ in found]
    near = 0
    for start, end, first, last in letter.sentences():
        common, near = _covered(known, near, first, last)
        if common < last - first:
            inside = near
            for clause in letter.clauses_of(start, end, first):
                common, inside = _covered(known, inside, clause.start, clause.end)
                if common <= _NEW * (clause.end - clause.start):
                    run.append(clause)
                elif run:
                    yield run
                    run = []
        elif run and first < last:  # all of the sentence stands in the base
            yield run
            run = []
    if run:
        yield run


def _covered(known: Sequence[Span], near: int, first: int, last: int) -> tuple[int, int]:
    """Return how much of a span disjoint spans cover, and the first of them that may matter next.

    ``near`` is the first that may matter now; both the spans and what is asked go forwards.
    """
    spans = len(known)
    while near < spans and known[near][1] <= first:
        near += 1
    common, at = 0, near
    while at < spans and known[at][0] < last:
        start, end = known[at]
        common += (end if end < last else last) - (start if start > first else first)
        at += 1
    return common, near


def _own(letter: Letter, run: list[Clause]) -> list[Clause]:
    """Leave out sentences at both ends that add nothing, and a signature."""
    own = list(run)
    while own and _is_signed(letter, own[-1]):
        own.pop()
    sentences = _sentences(letter, own)
    while sentences and all(is_formula(clause.words) for clause in sentences[0]):
        sentences.pop(0)
    while sentences and all(is_formula(clause.words) for clause in sentences[-1]):
        sentences.pop()
    return [clause for sentence in sentences for clause in sentence]


def _sentences(letter: Letter, run: Sequence[Clause]) -> list[list[Clause]]:
    found: list[list[Clause]] = []
    for clause in run:
        if not found or _opens(letter, clause.start):
            found.append([])
        found[-1].append(clause)
    return found


def _is_signed(letter: Letter, clause: Clause) -> bool:
    """Tell whether a clause is a line at the end of the text that names a writer."""
    line = letter.text.rfind("\n", 0, letter.place(clause.start)) + 1
    if line == 0:
        return False
    foot = [align(part).strip() for part in letter.text[line:].splitlines() if part.strip()]
    names = [_DATED.sub("", part) for part in foot]
    dated = names[-1] != foot[-1]
    return all(not name or is_signature(name, dated=dated) for name in names)


@lru_cache(maxsize=1 << 14)
def is_formula(words: str) -> bool:
    """Tell whether an aligned clause only signs, greets, names or asks to be heeded."""
    bare = words.strip(" \t\u3000\n,.;:!?。…~()（）“”\"'、")
    return not fold(bare) or FORMULA.fullmatch(bare) is not None or is_closing(bare)


def _adds(letter: Letter, run: Sequence[Clause], *, blank: bool) -> bool:
    said = sum(c.end - c.start for c in run if not is_formula(c.words))
    whole = _opens(letter, run[0].start) and _opens(letter, run[-1].end)
    if any(asks_plainly(c.words) and not is_formula(c.words) for c in run):
        return said >= _SHORTEST_SENTENCE
    if blank:
        return whole and said >= _SHORTEST_STORY
    return said >= (_SHORTEST_SENTENCE if whole else _SHORTEST_INSIDE)


def _fills_blank(found: Sequence[Block], run: Sequence[Clause]) -> bool:
    """Tell whether the base has words of its own, about as many, between the same neighbours."""
    start, end = run[0].start, run[-1].end
    before = [b for b in found if b.copy + b.size <= start][-1:]
    behind = next((b for b in found if b.copy >= end), None)
    low = before[0].base + before[0].size if before else 0
    return behind is not None and behind.base - low >= _BLANK * (end - start)


def _says_again(letter: Letter, run: Sequence[Clause], known: frozenset[str]) -> bool:
    """Tell whether most of what a run says stands somewhere in the base."""
    pairs = pairs_of(letter.folded[run[0].start : run[-1].end])
    return len(pairs & known) > _AGAIN * len(pairs)


def _opens(letter: Letter, place: int) -> bool:
    """Tell whether a sentence starts at a folded position (or the text ends there)."""
    return not letter.inside(place) or not _SENTENCE_END.isdisjoint(letter.between(place))


def _span(letter: Letter, run: Sequence[Clause]) -> Span:
    """Return the span of clauses with the marks that belong to them."""
    text = letter.text
    start, end = letter.place(run[0].start), letter.place(run[-1].end - 1) + 1
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _ENDING:
        end += 1
    return start, end


def remainder(base: str, copy: str) -> str:
    """Return the words that a copy adds to its base text, stretches on lines of their own."""
    return "\n".join(copy[start:end] for start, end in remainders(base, copy))
