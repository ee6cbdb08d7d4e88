"""Points that nothing marks: the matter changes between sentences, and their sections say so.

Only texts with several sentences that ask for something are shown to the scorer. A cut is made
where two neighbouring runs of sentences, each with an ask of its own, hardly can concern the same
section; everything else stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from consult.analysis.asks import asks, is_long
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

# Largest product of the likelihoods of one section, summed over all, at which two runs disagree
# clearly. In the labelled letters of tests/analysis 32 of 37 true changes lie below.
MOST_AGREED: Final = 0.1
# A run whose own section is less likely than this says nothing about a change.
LEAST_SURE: Final = 0.45
_LONG_ITEM: Final = 13  # folded characters; less is a keyword or two
_WORDS_TIMES: Final = 3  # a word of the lexicon stands for many texts
MOST_RUNS: Final = 100  # a text that asks more often is no letter and stays whole
_LONGEST_LEAD: Final = 60  # characters in front of a list that its items may be read with
_NAMES_MATTER: Final = re.compile(r"关于|对于|至于|有关|“|围绕|针对")


@dataclass(frozen=True, slots=True)
class Scorer:
    """What tells matters apart: views of sections, and a cheap look whether they may differ."""

    views: Views
    worth: Callable[[Sequence[str]], bool] = bool


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


def by_matter(
    text: str, aligned: str, start: int, end: int, scorer: Scorer
) -> list[tuple[int, int]]:
    """Return the runs of sentences that concern different matters, or nothing."""
    found = runs(aligned, start, end)
    if not 2 <= len(found) <= MOST_RUNS:
        return []
    parts = [text[a:b] for a, b in found]
    if not scorer.worth(parts):
        return []
    views = scorer.views(parts)
    points = [found[0]]
    for run, (one, other) in zip(found[1:], pairwise(views), strict=True):
        if disagree(one, other):
            points.append(run)
        else:
            points[-1] = (points[-1][0], run[1])
    return points if len(points) > 1 else []


def of_one_matter(
    text: str, aligned: str, start: int, items: Sequence[tuple[int, int]], scorer: Scorer
) -> bool:
    """Tell whether the items of a list are details of one matter.

    Most of them ask for nothing, or all are short, and no two neighbours are of
    different matters when each is read behind the words that name the matter of the list.
    """
    asking = sum(asks(aligned[a:b]) for a, b in items)
    if 2 * asking >= len(items) and any(is_long(aligned[a:b], _LONG_ITEM) for a, b in items):
        return False
    lead = text[max(start, items[0][0] - _LONGEST_LEAD) : items[0][0]]
    lead = lead if _NAMES_MATTER.search(lead) else ""
    parts = [lead + text[a:b] for a, b in items]
    if not scorer.worth(parts):
        return True
    views = scorer.views(parts)
    return not any(disagree(one, other) for one, other in pairwise(views))


def disagree(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Tell whether two views of sections can hardly be of one matter."""
    sure = _says_something(one) and _says_something(other)
    return sure and sum(one[code] * other.get(code, 0.0) for code in one) <= MOST_AGREED


def _says_something(view: Mapping[str, float]) -> bool:
    """Tell whether a run has a matter of its own; 请写清楚 and the like (general) fit every one."""
    code = max(view, key=lambda code: view[code], default=GENERAL)
    return code != GENERAL and view[code] >= LEAST_SURE
