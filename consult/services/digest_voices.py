"""Who makes the ask of a theme, and what the others of it say: each voice with its comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consult.analysis.asks import sentences
from consult.analysis.naming import DOTS, LONGEST_ASK, SHORTEST_ASK, best_ask
from consult.analysis.normalise import align
from consult.analysis.opposites import Opposites
from consult.analysis.summarise import shortened
from consult.analysis.voices import Statement, makes, voices
from consult.domain.aim import Aim
from consult.domain.comment import Comment, Kind
from consult.domain.theme import Theme, ThemeState
from consult.domain.voice import Voice
from consult.services.digest_counts import People, text_of
from consult.services.digest_figures import FigureGrouper

MOST_READ: Final = 24  # texts of a theme that are compared with each other
MOST_VOICES: Final = 9  # that are told in words, the ask of the theme first
_QUESTION: Final = re.compile(r"[请想]问|\?|[吗呢]$|多少|什么时候|哪[个里些]")
_Unit = list[Comment]  # the comments of one text: a letter and its copies


class VoiceReader:
    """Reads the voices of themes of one plan."""

    def __init__(self, opposites: Opposites, figures: FigureGrouper, people: People) -> None:
        self._opposites = opposites
        self._figures = figures
        self._people = people

    def read(self, members: Sequence[Comment], theme: Theme | None) -> tuple[Voice, ...]:
        """Return the voices of some comments; the first tells what the theme is called by.

        That is the ask which most texts make, unless staff have adopted the theme: then it is its
        label, and what they put into it makes that ask. What is not among the first
        ``MOST_VOICES`` is left out. Raises ``ValueError`` when there are no comments.
        """
        units = _units(members, theme.label_from if theme else 0)
        placed = [n for n, unit in enumerate(units) if theme and _adopted(unit, theme)]
        # Of texts beyond those that are compared nobody needs the words, which cost most.
        most = MOST_READ + len(placed)
        said = [self._statement(unit, theme, n < most) for n, unit in enumerate(units)]
        groups = self._grouped(said, placed)
        label = theme.label if theme and placed else said[groups[0][0]].words
        words = [label, *(said[own[0]].words for own in groups[1:])]
        return tuple(
            self._voice(text, [comment for n in own for comment in units[n]])
            for text, own in zip(words[:MOST_VOICES], groups, strict=False)
        )

    def _grouped(self, said: Sequence[Statement], placed: Sequence[int]) -> list[tuple[int, ...]]:
        """Group the texts; of those that are too many only who makes the first ask."""
        free = [n for n in range(len(said)) if n not in set(placed)]
        read, rest = free[:MOST_READ], free[MOST_READ:]
        first = 0 if read[:1] == [0] else -1
        found = voices([said[n] for n in read], self._opposites, first)
        groups = [tuple(read[n] for n in own) for own in found]
        if 2 * sum(not one.agrees for one in said) >= len(said):  # else it is called by agreement
            groups.sort(key=lambda own: said[own[0]].agrees)
        if placed:
            groups.insert(0, tuple(placed))
        ask = said[groups[0][0]]
        groups[0] += tuple(n for n in rest if makes(said[n], ask, self._opposites))
        return groups

    def _statement(self, unit: _Unit, theme: Theme | None, told: bool) -> Statement:
        comment = unit[0]
        text = comment.text
        named = (
            theme is not None
            and comment.number == theme.label_from
            and _verbatim(theme.label, text)
        )
        words = theme.label if named and theme else _own_words(comment) if told else ""
        agrees = not asks(comment)
        if agrees and len(text.strip()) <= LONGEST_ASK:
            words = " ".join(text.split())
        start = max(0, text.find(words.rstrip(DOTS)))
        wants = [(aim, self._figures.wanted(aim, comment)) for aim in comment.aims]
        near = [want for aim, want in wants if words and _meets(aim, start, start + len(words))]
        return Statement(
            text,
            words,
            len(unit),
            aims=frozenset(filter(None, near)),
            wants=frozenset(want for _, want in wants if want),
            agrees=agrees,
        )

    def _voice(self, words: str, members: Sequence[Comment]) -> Voice:
        numbers = tuple(sorted(comment.number for comment in members))
        return Voice(words, self._people.counts(members), numbers)


def asks(comment: Comment) -> bool:
    """Tell whether a comment wants something: agreement and 无修改意见 alone are no ask."""
    return comment.kind is not Kind.SUPPORT or bool(comment.amendments or comment.aims)


def _verbatim(label: str, text: str) -> bool:
    return label.rstrip(DOTS) in text


def _own_words(comment: Comment) -> str:
    """Return what a comment asks, in few of its own words; of a question what it asks to know."""
    if comment.kind is Kind.QUESTION:
        aligned = align(comment.text)
        spans = [
            (start, end)
            for start, end in sentences(aligned)
            if end - start >= SHORTEST_ASK and _QUESTION.search(aligned, start, end)
        ]
        if spans:
            return shortened(comment.text[spans[-1][0] : spans[-1][1]], LONGEST_ASK)
    return best_ask([comment.text])[1]


def _meets(aim: Aim, start: int, end: int) -> bool:
    """Tell whether the sentence of an aim holds a part of the words that stand there."""
    return aim.start < end and start < aim.end


def _units(members: Sequence[Comment], named: int) -> list[_Unit]:
    """Return the comments by text: the one that gave the label first, then those of most copies."""
    found: dict[int, _Unit] = {}
    for comment in sorted(members, key=lambda comment: (comment.number != named, comment.number)):
        found.setdefault(text_of(comment), []).append(comment)
    return sorted(
        found.values(), key=lambda own: (own[0].number != named, -len(own), own[0].number)
    )


def _adopted(unit: _Unit, theme: Theme) -> bool:
    return theme.state is ThemeState.ADOPTED and any(c.pinned == theme.id for c in unit)
