"""Who makes the ask of a theme, and what the others of it say: each voice with its comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.analysis.naming import DOTS
from consult.analysis.opposites import Opposites
from consult.analysis.telling import Group, Teller, Told, Unit
from consult.domain.comment import Comment, Kind
from consult.domain.digest import Quote
from consult.domain.theme import Theme, ThemeState
from consult.domain.voice import Voice
from consult.services.digest_counts import People, text_of
from consult.services.digest_figures import FigureGrouper

_Unit = list[Comment]  # the comments of one text: a letter and its copies


@dataclass(frozen=True, slots=True)
class Read:
    """The comments of a theme by text, and the texts and values that tell what they say."""

    units: tuple[_Unit, ...]
    shown: tuple[Comment, ...]  # of each unit the one that may be quoted
    group: Group

    def quotes(self, told: Told) -> tuple[Quote, ...]:
        """Return the quotations with their comment numbers."""
        return tuple(Quote(self.shown[unit].number, words) for unit, words in told.quotes)


class VoiceReader:
    """Reads the voices of themes of one plan."""

    def __init__(self, opposites: Opposites, figures: FigureGrouper, people: People) -> None:
        self.teller = Teller(opposites)
        self._figures = figures
        self._people = people

    def read(self, members: Sequence[Comment], theme: Theme | None) -> tuple[Voice, ...]:
        """Return the voices of some comments; the first tells what the theme is called by.

        That is the ask which most texts make, unless staff have adopted the theme: then it is its
        label, and what they put into it makes that ask. What is not among the first
        ``MOST_VOICES`` is left out. Raises ``ValueError`` when there are no comments.
        """
        read = self.prepared(members, theme)
        return self.voices(read, self.teller([read.group])[0])

    def prepared(self, members: Sequence[Comment], theme: Theme | None, quoted: int = 0) -> Read:
        """Return what tells the voices of some comments, and so many quotations.

        Raises ``ValueError`` when there are no comments.
        """
        if not members:
            raise ValueError("no comments")
        units = _units(members, theme.label_from if theme else 0)
        placed = tuple(n for n, unit in enumerate(units) if theme and _adopted(unit, theme))
        shown = tuple(_shown(unit, theme) for unit in units)
        group = Group(
            tuple(self._unit(*pair, theme) for pair in zip(units, shown, strict=True)),
            placed,
            theme.label if theme and placed else "",
            quoted,
        )
        return Read(tuple(units), shown, group)

    def voices(self, read: Read, told: Told) -> tuple[Voice, ...]:
        """Return the voices that are told of what was prepared."""
        return tuple(
            self._voice(words, [comment for n in own for comment in read.units[n]])
            for words, own in told.voices
        )

    def _unit(self, unit: _Unit, shown: Comment, theme: Theme | None) -> Unit:
        comment = unit[0]
        named = theme is not None and comment.number == theme.label_from
        aims = [(aim.start, aim.end, self._figures.wanted(aim, comment)) for aim in comment.aims]
        return Unit(
            text=comment.text,
            copies=len(unit),
            asks=asks(comment),
            question=comment.kind is Kind.QUESTION,
            aims=tuple(aims),
            label=theme.label if named and theme and _verbatim(theme.label, comment.text) else "",
            shown=shown.text if shown.text != comment.text else "",
            rank=-1 if theme and shown.number == theme.central else shown.number,
        )

    def _voice(self, words: str, members: Sequence[Comment]) -> Voice:
        numbers = tuple(sorted(comment.number for comment in members))
        return Voice(words, self._people.counts(members), numbers)


def asks(comment: Comment) -> bool:
    """Tell whether a comment wants something: agreement and 无修改意见 alone are no ask."""
    return comment.kind is not Kind.SUPPORT or bool(comment.amendments or comment.aims)


def _verbatim(label: str, text: str) -> bool:
    return label.rstrip(DOTS) in text


def _units(members: Sequence[Comment], named: int) -> list[_Unit]:
    """Return the comments by text: the one that gave the label first, then those of most copies."""
    found: dict[int, _Unit] = {}
    for comment in sorted(members, key=lambda comment: (comment.number != named, comment.number)):
        found.setdefault(text_of(comment), []).append(comment)
    return sorted(
        found.values(), key=lambda own: (own[0].number != named, -len(own), own[0].number)
    )


def _shown(unit: _Unit, theme: Theme | None) -> Comment:
    """Return the comment that is quoted of a text: the central one of the theme, or the first."""
    central = theme.central if theme else 0
    return min(unit, key=lambda comment: (comment.number != central, comment.number))


def _adopted(unit: _Unit, theme: Theme) -> bool:
    return theme.state is ThemeState.ADOPTED and any(c.pinned == theme.id for c in unit)
