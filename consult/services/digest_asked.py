"""What a section's comments want of the draft's words and figures, and what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consult.analysis.asks import sentences
from consult.analysis.naming import DOTS
from consult.analysis.normalise import align
from consult.analysis.normalise_batch import folded
from consult.analysis.summarise import LONGEST_QUOTE, shortened
from consult.domain.amendment import Amendment, AmendmentKind
from consult.domain.asked import FigureLine, QuestionLine, WordingLine
from consult.domain.comment import Comment, Kind
from consult.domain.consultation import Plan
from consult.services.digest_counts import People, once, text_of, weight
from consult.services.digest_figures import FigureGrouper, Targets

_ASKS: Final = re.compile(r"\?|[吗呢嘛么]$")
_Wording = list[tuple[Amendment, Comment]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines of one section."""

    wording: tuple[WordingLine, ...]
    corrections: tuple[WordingLine, ...]
    figures: tuple[FigureLine, ...]
    questions: tuple[QuestionLine, ...]


class AskGrouper:
    """Groups what a run has read out of comments on one plan."""

    def __init__(self, plan: Plan, figures: FigureGrouper) -> None:
        self._plan = plan
        self._figures = figures

    def read(
        self, members: Sequence[Comment], people: People, targets: Targets | None = None
    ) -> Asked:
        """Return what the comments of one section ask; ``targets`` of their aims, if known."""
        targets = self._figures.targets(members) if targets is None else targets
        aiming = [comment for comment in members if comment.aims]
        changing = [comment for comment in members if comment.amendments]
        changes = [(item, comment) for comment in changing for item in comment.amendments]
        slips = [pair for pair in changes if pair[0].kind is AmendmentKind.CORRECT]
        others = [pair for pair in changes if pair[0].kind is not AmendmentKind.CORRECT]
        return Asked(
            wording=self._wording(others, people),
            corrections=self._wording(slips, people),
            figures=self._figures.read(aiming, targets, people),
            questions=_questions(members, people),
        )

    def _wording(self, changes: _Wording, people: People) -> tuple[WordingLine, ...]:
        """Group changes that ask for the same, whatever marks and blanks they are written with."""
        words = [text for item, _ in changes for text in (item.old, item.new)]
        said = folded(words)
        groups: dict[tuple[object, ...], _Wording] = {}
        for place, (item, comment) in enumerate(changes):
            key = (item.kind, said[2 * place], said[2 * place + 1], item.before)
            groups.setdefault(key, []).append((item, comment))
        lines = [self._change(own, people) for own in groups.values()]
        return tuple(sorted(lines, key=lambda line: weight(line.counts, line.numbers)))

    def _change(self, own: _Wording, people: People) -> WordingLine:
        item = own[0][0]
        members = once(comment for _, comment in own)
        return WordingLine(
            kind=item.kind,
            old=item.old,
            new=item.new,
            where=next((one.where for one, _ in own if one.where), ""),
            before=item.before,
            lookup=item.lookup,
            label=self._plan.label(item.section) if item.section else "",
            counts=people.counts(members),
            numbers=tuple(comment.number for comment in members),
        )


def _questions(members: Sequence[Comment], people: People) -> tuple[QuestionLine, ...]:
    groups: dict[int, list[Comment]] = {}
    question = Kind.QUESTION
    for comment in members:
        if comment.kind is question:
            groups.setdefault(text_of(comment), []).append(comment)
    lines = [
        QuestionLine(_asked(own[0].text), people.counts(own), tuple(c.number for c in own))
        for own in groups.values()
    ]
    return tuple(sorted(lines, key=lambda line: weight(line.counts, line.numbers)))


def _asked(text: str) -> str:
    """Return a comment that asks verbatim; of a long one the sentences that end in 问号 or 吗."""
    if len(text) <= LONGEST_QUOTE:
        return text
    aligned = align(text)
    spans = [span for span in sentences(aligned) if _ASKS.search(aligned, *span)]
    return shortened(DOTS.join(text[a:b] for a, b in spans) or text)
