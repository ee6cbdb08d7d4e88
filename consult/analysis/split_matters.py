"""Points that nothing marks: the matter changes between sentences, and their sections say so.

Only texts with several sentences that ask for something are shown to the scorer. A cut is made
where two neighbouring runs of sentences, each with an ask of its own, hardly can concern the same
section; everything else stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, Protocol

from consult.analysis.asks import asks, is_long
from consult.analysis.split_look import Look
from consult.analysis.split_runs import runs
from consult.analysis.split_votes import SectionVotes
from consult.domain.consultation import GENERAL
from consult.domain.lexicon import SectionWords

if TYPE_CHECKING:
    from consult.analysis.sections_scores import Reader
    from consult.domain.knowledge import Exemplar
    from consult.domain.lexicon import Lexicon

# For each text, how likely each section is: code -> confidence, 0 to 1. What is left out is 0.
Views = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]
Points = list[tuple[int, int]]  # spans in a text

# Largest product of the likelihoods of one section, summed over all, at which two runs disagree
# clearly. In the labelled letters of tests/analysis 32 of 37 true changes lie below.
MOST_AGREED: Final = 0.1
# A run whose own section is less likely than this says nothing about a change.
LEAST_SURE: Final = 0.45
_LONG_ITEM: Final = 13  # folded characters; less is a keyword or two
_WORDS_TIMES: Final = 3  # a word of the lexicon stands for many texts
MANY: Final = 1000  # parts of texts from which asking a mapper twice, for fewer, is worth it
MOST_RUNS: Final = 100  # a text that asks more often is no letter and stays whole
_LONGEST_LEAD: Final = 60  # characters in front of a list that its items may be read with
_NAMES_MATTER: Final = re.compile(r"关于|对于|至于|有关|“|围绕|针对")


@dataclass(frozen=True, slots=True)
class Scorer:
    """What tells matters apart: views of sections, and a cheap look which texts are worth it.

    ``worth`` takes the parts of several texts and tells of each whether they may differ.
    """

    views: Views
    worth: Callable[[Sequence[Sequence[str]]], Sequence[bool]] = lambda texts: [True] * len(texts)


@dataclass(frozen=True, slots=True)
class Question:
    """What must be known of a text before it is split: which sections its parts concern.

    ``whole`` are the points where the parts are of one matter, ``decide`` gives them by the views.
    """

    parts: Sequence[str]
    whole: Points
    decide: Callable[[Sequence[Mapping[str, float]]], Points]


class Mapper(Protocol):
    """What brings texts to sections."""

    exemplars: Sequence[Exemplar]
    lexicon: Lexicon
    reader_: Reader

    def confidences(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]: ...  # noqa: D102


def votes_of(mapper: Mapper) -> SectionVotes:
    """Return the votes of what a fitted mapper knows; takes a tenth of a second, so keep them."""
    return SectionVotes(_said(mapper))


def scorer_of(mapper: Mapper, votes: SectionVotes | None = None) -> Scorer:
    """Return the scorer of a fitted mapper: its links and runners-up with their confidence."""
    worth = (votes or votes_of(mapper)).differ
    return Scorer(mapper.confidences, worth)


def _said(mapper: Mapper) -> Iterator[tuple[str, str]]:
    """Yield what the plan and the resources say of each section."""
    for section in mapper.reader_.plan.sections:
        yield section.code, "".join((section.title, section.summary, *section.paragraphs))
        words = mapper.lexicon.sections.get(section.code, SectionWords())
        yield section.code, "".join((*words.terms, *words.everyday)) * _WORDS_TIMES
    for exemplar in mapper.exemplars:
        yield exemplar.section, exemplar.text


def by_matter(look: Look, start: int, end: int) -> Question | None:
    """Ask whether the runs of sentences concern different matters; None where there is one run."""
    found = runs(look.aligned, start, end, opens=look.may_open)
    if not 2 <= len(found) <= MOST_RUNS:
        return None

    def decide(views: Sequence[Mapping[str, float]]) -> Points:
        points = [found[0]]
        for run, (one, other) in zip(found[1:], pairwise(views), strict=True):
            if disagree(one, other):
                points.append(run)
            else:
                points[-1] = (points[-1][0], run[1])
        return points if len(points) > 1 else [(start, end)]

    text = look.text
    return Question([text[a:b] for a, b in found], [(start, end)], decide)


def of_one_matter(
    text: str, aligned: str, span: tuple[int, int], items: Points, points: Points
) -> Question | None:
    """Ask whether the items of a list are details of one matter; None where each is a point.

    Most of them ask for nothing, or all are short, and no two neighbours are of different matters
    when each is read behind the words that name the matter of the list. ``span`` is what the text
    says, ``points`` what it is split into otherwise.
    """
    asking = sum(asks(aligned[a:b]) for a, b in items)
    if 2 * asking >= len(items) and any(is_long(aligned[a:b], _LONG_ITEM) for a, b in items):
        return None
    lead = text[max(span[0], items[0][0] - _LONGEST_LEAD) : items[0][0]]
    lead = lead if _NAMES_MATTER.search(lead) else ""

    def decide(views: Sequence[Mapping[str, float]]) -> Points:
        differ = any(disagree(one, other) for one, other in pairwise(views))
        return points if differ else [span]

    return Question([lead + text[a:b] for a, b in items], [span], decide)


def views_of(
    asked: Sequence[Sequence[str]], scorer: Scorer, many: int = MANY
) -> dict[str, Mapping[str, float]]:
    """Return the views of those parts of texts that can matter.

    Neighbours disagree only where both say something. So where parts are ``many``, every other
    part of each text is scored first, beginning where there are fewer characters, and of the rest
    what lies beside one that says something: one part in twelve is spared. A few are scored at
    once, since scorers like them together.
    """
    if sum(map(len, asked)) < many:
        return _scored(dict.fromkeys(chain.from_iterable(asked)), scorer)
    every = [(parts, int(_size(parts[1::2]) < _size(parts[::2]))) for parts in asked]
    first = (part for parts, begin in every for part in parts[begin::2])
    views = _scored(dict.fromkeys(first), scorer)
    rest = (
        parts[place]
        for parts, begin in every
        for place in range(1 - begin, len(parts), 2)
        if any(_says_something(views[near]) for near in parts[abs(place - 1) : place + 2 : 2])
    )
    return views | _scored(dict.fromkeys(part for part in rest if part not in views), scorer)


def _size(parts: Sequence[str]) -> int:
    return sum(map(len, parts))


def _scored(parts: Iterable[str], scorer: Scorer) -> dict[str, Mapping[str, float]]:
    asked = list(parts)
    return dict(zip(asked, scorer.views(asked), strict=True)) if asked else {}


def disagree(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Tell whether two views of sections can hardly be of one matter."""
    sure = _says_something(one) and _says_something(other)
    return sure and sum(one[code] * other.get(code, 0.0) for code in one) <= MOST_AGREED


def _says_something(view: Mapping[str, float]) -> bool:
    """Tell whether a run has a matter of its own; 请写清楚 and the like (general) fit every one."""
    code = max(view, key=lambda code: view[code], default=GENERAL)
    return code != GENERAL and view[code] >= LEAST_SURE
