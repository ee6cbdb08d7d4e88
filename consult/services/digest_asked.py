"""What a section's comments want of the draft's words and figures, and what they ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consult.analysis.asks import sentences
from consult.analysis.folding import fold_many
from consult.analysis.normalise import align, fold
from consult.analysis.summarise import DOTS, LONGEST_QUOTE, shortened
from consult.domain.aim import Aim, Direction
from consult.domain.amendment import Amendment, AmendmentKind
from consult.domain.asked import DirectionLine, FigureLine, QuestionLine, WordingLine
from consult.domain.comment import Comment, Kind
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon
from consult.services.digest_counts import People, text_of, weight

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

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        self._plan = plan
        self._indicators = _indicators(plan, lexicon)

    def read(self, members: Sequence[Comment], people: People) -> Asked:
        """Return what the comments of one section ask."""
        changes = [(item, comment) for comment in members for item in comment.amendments]
        slips = [pair for pair in changes if pair[0].kind is AmendmentKind.CORRECT]
        others = [pair for pair in changes if pair[0].kind is not AmendmentKind.CORRECT]
        aims = [(aim, comment) for comment in members for aim in comment.aims]
        return Asked(
            wording=self._wording(others, people),
            corrections=self._wording(slips, people),
            figures=self._figures(aims, people),
            questions=_questions(members, people),
        )

    def _wording(self, changes: _Wording, people: People) -> tuple[WordingLine, ...]:
        """Group changes that ask for the same, whatever marks and blanks they are written with."""
        words = [text for item, _ in changes for text in (item.old, item.new)]
        folded = fold_many(words)
        groups: dict[tuple[object, ...], _Wording] = {}
        for place, (item, comment) in enumerate(changes):
            key = (item.kind, folded[2 * place], folded[2 * place + 1], item.before)
            groups.setdefault(key, []).append((item, comment))
        lines = [self._change(own, people) for own in groups.values()]
        return tuple(sorted(lines, key=lambda line: weight(line.counts, line.numbers)))

    def _change(self, own: _Wording, people: People) -> WordingLine:
        item = own[0][0]
        members = _once(comment for _, comment in own)
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

    def _figures(
        self, aims: Sequence[tuple[Aim, Comment]], people: People
    ) -> tuple[FigureLine, ...]:
        """Group aims by what they are about, the figure most texts speak of first."""
        groups: dict[tuple[str, ...], list[tuple[Aim, Comment]]] = {}
        for aim, comment in aims:
            groups.setdefault(self._about(aim), []).append((aim, comment))
        lines = []
        for key, own in groups.items():
            whole = _once(comment for _, comment in own)
            number, name = self._indicators.get(key[0], (0, own[0][0].subject))
            line = FigureLine(name, number, _directions(own, people))
            lines.append((weight(people.counts(whole), [c.number for c in whole]), line))
        return tuple(line for _, line in sorted(lines, key=lambda item: item[0]))

    def _about(self, aim: Aim) -> tuple[str, ...]:
        """Return the key of an aim's target; one that is not named is told by its figures."""
        if not aim.subject:
            return ("", fold(aim.before), fold(aim.asked))
        folded = fold(aim.subject)
        named = [name for name in self._indicators if name in folded]
        if not named:
            return (folded,)
        _, printed = self._indicators[max(named, key=lambda name: (len(name), name))]
        return (fold(printed),)


def _indicators(plan: Plan, lexicon: Lexicon) -> dict[str, tuple[int, str]]:
    """Return the names of the plan's indicators, folded, with number and printed name."""
    printed = {item.number: item.name for item in plan.indicators}
    found = {fold(name): (number, name) for number, name in printed.items()}
    for words in lexicon.figures:
        if words.number in printed:
            for name in words.names:
                found.setdefault(fold(name), (words.number, printed[words.number]))
    found.pop("", None)
    return found


def _directions(own: Sequence[tuple[Aim, Comment]], people: People) -> tuple[DirectionLine, ...]:
    lines = []
    for direction in Direction:
        mine = [(aim, comment) for aim, comment in own if aim.direction is direction]
        if mine:
            members = _once(comment for _, comment in mine)
            changes = dict.fromkeys((aim.before, aim.asked) for aim, _ in mine)
            lines.append(
                DirectionLine(
                    direction=direction,
                    changes=tuple(change for change in changes if any(change)),
                    counts=people.counts(members),
                    numbers=tuple(comment.number for comment in members),
                )
            )
    return tuple(lines)


def _questions(members: Sequence[Comment], people: People) -> tuple[QuestionLine, ...]:
    groups: dict[int, list[Comment]] = {}
    for comment in members:
        if comment.kind is Kind.QUESTION:
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


def _once(comments: Iterable[Comment]) -> list[Comment]:
    """Return comments by number, each once, though it may ask for the same thing twice."""
    found: Mapping[int, Comment] = {comment.number: comment for comment in comments}
    return [found[number] for number in sorted(found)]
