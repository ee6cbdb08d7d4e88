"""A submission into the comments it makes: one span a point, in order, never none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress
from typing import Final, NamedTuple

from consult.analysis.asks import (
    asks,
    asks_plainly,
    is_long,
    last_clause,
    says,
    sentences,
    trimmed,
)
from consult.analysis.normalise import fold
from consult.analysis.split_frame import is_closing, own_words, without_closing, without_greeting
from consult.analysis.split_look import Look, look_at, look_at_all
from consult.analysis.split_markers import Mark, lists
from consult.analysis.split_matters import (
    Points,
    Question,
    Scorer,
    by_matter,
    of_one_matter,
    views_of,
)
from consult.analysis.split_points import adds, by_addition, by_paragraph, is_about
from consult.domain.text import is_blank

# A list must make up this part of what is said. Below it, it lists the details of one point.
_LEAST_COVERED: Final = 0.5
# Words behind the last item that are no closing: few are dropped with it, more belong to the item.
_SHORT_TAIL: Final = 25
# What a list of grounds, and no list of points, is announced with: 理由有三.
_GROUNDS: Final = re.compile(r"(?:理由|原因|好处|依据|经过|过程)[^。!?;\n]{0,20}[:,]?\s*$")
_NEAR: Final = 40  # characters before a list that announce it
_SUMS_UP: Final = ("以上", "上述", "综上", "总之", "总的来说")


class Span(NamedTuple):
    """A place in a text: ``start`` inclusive, ``end`` exclusive, in characters."""

    start: int
    end: int


def split(text: str, scorer: Scorer | None = None) -> list[Span]:
    """Return the spans of the comments in a text: ordered, disjoint, without white space around.

    With a ``scorer`` (see ``split_matters``) a change of matter that nothing marks is found too.
    Numbers and bullets belong to their span. Greeting, preamble, closing, signature, date and
    quoted mail are in none, unless nothing else is there. A blank text has no span, any other at
    least one.
    """
    asked = _asked(look_at(text), scored=scorer is not None)
    if isinstance(asked, Question):
        worth = scorer is not None and all(scorer.worth([asked.parts]))
        asked = asked.decide(scorer.views(asked.parts)) if scorer and worth else asked.whole
    return [Span(a, b) for a, b in asked]


def split_all(texts: Sequence[str], scorer: Scorer) -> list[Points]:
    """Split texts as :func:`split` does, asking the scorer for all of them at once.

    A mapper reads a hundred texts four times as fast as one by one. The spans are plain pairs:
    they go from process to process by the hundred thousand, at a fifth of what named ones take.
    """
    asked = [_asked(look, scored=True) for look in look_at_all(texts)]
    questions = [own for own in asked if isinstance(own, Question)]
    worth = scorer.worth([question.parts for question in questions])
    views = views_of([question.parts for question in compress(questions, worth)], scorer)
    answers = iter(
        question.decide([views.get(part, {}) for part in question.parts]) if ask else question.whole
        for question, ask in zip(questions, worth, strict=True)
    )
    return [next(answers) if isinstance(own, Question) else own for own in asked]


def _asked(look: Look, *, scored: bool) -> Points | Question:
    """Return the points of a text or, where a scorer is at hand, the question that tells them."""
    text, aligned, _ = look
    if is_blank(text):
        return []
    start, end = own_words(aligned)
    body = without_greeting(aligned, start, end)
    body_end = without_closing(aligned, body, end)
    if not says(aligned, body, body_end):
        body, body_end = start, end
    return (
        _by_list(look, body, body_end, scored=scored)
        or by_paragraph(aligned, body, body_end)
        or (by_addition(aligned, body, body_end) if look.may_add else None)
        or (by_matter(look, body, body_end) if scored else None)
        or [(body, body_end)]
    )


def _by_list(look: Look, start: int, end: int, *, scored: bool) -> Points | Question | None:
    """Return the items of the outermost list that makes up most of the text, else nothing."""
    styles = look.styles
    if not styles:
        return None
    text, aligned, _ = look
    for _, marks in lists(text[start:end], styles):
        items = _items(aligned, start, marks, end)
        covered = len(fold(aligned[items[0][0] : items[-1][1]]))
        most = covered >= _LEAST_COVERED * len(fold(aligned[start:end]))
        if most and not _gives_reasons(aligned, start, items, end):
            points = _with_preamble(aligned, start, _with_tail(aligned, items, end))
            asked = of_one_matter(text, aligned, (start, end), items, points) if scored else None
            return asked or points
    return None


def _items(aligned: str, begin: int, marks: list[Mark], end: int) -> list[tuple[int, int]]:
    """Return the items, the last one as long as its like: a paragraph, or a sentence."""
    starts = [begin + mark.start for mark in marks]
    items = [trimmed(aligned, a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    start, stop = items[-1]
    others = [aligned[a:b] for a, b in items[:-1]]
    if marks[-1].opens_line:
        if not any("\n" in other for other in others):
            stop = aligned.find("\n", start, stop) if "\n" in aligned[start:stop] else stop
    elif all(len(sentences(other)) == 1 for other in others):
        stop = start + sentences(aligned[start:stop])[0][1]
    return [*items[:-1], trimmed(aligned, start, stop)]


def _gives_reasons(aligned: str, start: int, items: list[tuple[int, int]], end: int) -> bool:
    """Tell whether the items argue for an ask that stands outside of the list."""
    plain = sum(asks_plainly(aligned[a:b]) for a, b in items)
    if _GROUNDS.search(aligned, max(start, items[0][0] - _NEAR), items[0][0]):
        return 2 * plain < len(items)
    asking = sum(asks(aligned[a:b]) for a, b in items)
    around = _asking(aligned, start, items[0][0]) or _asking(aligned, items[-1][1], end)
    return bool(around) and 2 * asking < len(items)


def _asking(aligned: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences that ask for something in plain words, announcements left out."""
    return [
        (start + a, start + b)
        for a, b in sentences(aligned[start:end])
        if asks_plainly(aligned[start + a : start + b])
        and not _announces(aligned[start + a : start + b])
    ]


def _announces(sentence: str) -> bool:
    """Tell whether a sentence only leads to the list or is about the letter."""
    leads = sentence.endswith((":", ",", "、"))
    return leads or is_about(sentence) or is_closing(last_clause(sentence))


def _with_preamble(aligned: str, start: int, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put what the sentences before the list ask for in front of its items."""
    own = [
        span
        for span in _asking(aligned, start, items[0][0])
        if is_long(aligned[span[0] : span[1]], _SHORT_TAIL + 1)
    ]
    return [(own[0][0], own[-1][1]), *items] if own else items


def _with_tail(aligned: str, items: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Keep words behind the list: a point they add stands alone, long ones go to the last item."""
    start, stop = trimmed(aligned, items[-1][1], end)
    tail = aligned[start:stop]
    if adds(tail) and is_long(tail, _SHORT_TAIL // 2 + 1):
        return [*items, (start, stop)]
    if not is_long(tail, _SHORT_TAIL + 1) or tail.startswith(_SUMS_UP):
        return items
    return [*items[:-1], (items[-1][0], stop)]
