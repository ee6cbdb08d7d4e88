"""Who makes the ask of a theme, and what the others of it say: each voice with its comments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from consult.analysis.naming import DOTS
from consult.analysis.opposites import Opposites
from consult.analysis.telling import Group, Teller, Told, Unit
from consult.analysis.voices import Wanted
from consult.domain.comment import Comment, Evidence, Kind
from consult.domain.digest import Quote
from consult.domain.theme import Theme, ThemeState
from consult.domain.voice import Voice
from consult.services.digest_counts import People, text_of
from consult.services.digest_figures import FigureGrouper, Targets

_QUOTES: Final = 2
_MORE_QUOTES: Final = 3  # of an ask that was made in many wordings
_MANY_TEXTS: Final = 5
_NUMBER = attrgetter("number")
_Unit = list[Comment]  # the comments of one text: a letter and its copies


@dataclass(frozen=True, slots=True)
class Read:
    """The comments of a theme by text, and the texts and values that tell what they say."""

    units: tuple[_Unit, ...]
    shown: tuple[Comment, ...]  # of each unit the one that may be quoted
    group: Group

    def quoted(self, told: Told) -> list[int]:
        """Return the numbers of the comments that are quoted."""
        return [self.shown[unit].number for unit, _ in told.quotes]

    def quotes(self, told: Told, reasons: Mapping[int, tuple[Evidence, ...]]) -> tuple[Quote, ...]:
        """Return the quotations with their comment numbers and reasons, where there are any."""
        return tuple(
            Quote(number, words, reasons[number] if reasons else ())
            for number, (_, words) in zip(self.quoted(told), told.quotes, strict=True)
        )

    def unanimous(self, told: Told) -> bool:
        """Tell whether all texts make the ask that the theme is called by."""
        return len(told.voices[0][1]) == len(self.units)

    def asks(self) -> bool:
        """Tell whether most texts want something: agreement and 无修改意见 alone are no ask.

        Of a letter and its copies the last one tells.
        """
        asking = [asks(max(unit[0], unit[-1], key=_NUMBER)) for unit in self.units]
        return 2 * sum(asking) >= len(asking)


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

    def targets(self, members: Iterable[Comment]) -> Targets:
        """Return what the aims of some comments are about."""
        return self._figures.targets(members)

    def prepared(
        self,
        members: Sequence[Comment],
        theme: Theme | None,
        targets: Targets | None = None,
        *,
        quoted: bool = False,
    ) -> Read:
        """Return what tells the voices of some comments, and their quotations where wanted.

        ``targets`` are those of these comments and of others, where they are known already. Raises
        ``ValueError`` when there are no comments.
        """
        if not members:
            raise ValueError("no comments")
        targets = self.targets(members) if targets is None else targets
        units, shown = _units(members, theme)
        placed: tuple[int, ...] = ()
        if theme and theme.state is ThemeState.ADOPTED:
            placed = tuple(n for n, unit in enumerate(units) if _pinned(unit, theme))
        most = _MORE_QUOTES if len(units) >= _MANY_TEXTS else _QUOTES
        group = Group(
            tuple(_unit(*pair, theme, targets) for pair in zip(units, shown, strict=True)),
            placed,
            theme.label if theme and placed else "",
            most if quoted else 0,
        )
        return Read(tuple(units), shown, group)

    def voices(self, read: Read, told: Told) -> tuple[Voice, ...]:
        """Return the voices that are told of what was prepared."""
        return tuple(self._voice(words, [read.units[n] for n in own]) for words, own in told.voices)

    def _voice(self, words: str, units: Sequence[_Unit]) -> Voice:
        members = [comment for unit in units for comment in unit]
        numbers = tuple(sorted([comment.number for comment in members]))
        return Voice(words, self._people.counts(members, len(units)), numbers)


def _unit(unit: _Unit, shown: Comment, theme: Theme | None, targets: Targets) -> Unit:
    comment = unit[0]
    label, rank = "", shown.number
    if theme:
        if comment.number == theme.label_from and _verbatim(theme.label, comment.text):
            label = theme.label
        rank = -1 if rank == theme.central else rank
    return Unit(
        comment.text,
        len(unit),
        asks(comment),
        comment.kind is Kind.QUESTION,
        _aims(comment, targets) if comment.aims else (),
        label,
        "" if shown.text == comment.text else shown.text,
        rank,
    )


def _aims(comment: Comment, targets: Targets) -> tuple[tuple[int, int, Wanted | None], ...]:
    return tuple(
        (aim.start, aim.end, target.wanted(aim))
        for aim, target in zip(comment.aims, targets[comment.number], strict=True)
    )


def asks(comment: Comment) -> bool:
    """Tell whether a comment wants something: agreement and 无修改意见 alone are no ask."""
    return comment.kind is not Kind.SUPPORT or bool(comment.amendments or comment.aims)


def _verbatim(label: str, text: str) -> bool:
    return label.rstrip(DOTS) in text


def _units(
    members: Sequence[Comment], theme: Theme | None
) -> tuple[list[_Unit], tuple[Comment, ...]]:
    """Return the comments by text, and of each text the one that is quoted.

    The one that gave the label comes first, then those of most copies, of equally many the one of
    the lowest number. Quoted is the central comment of the theme, or the first by number.
    """
    if len(members) == 1:
        return [[*members]], (members[0],)
    ordered = sorted(members, key=_NUMBER)
    found: dict[int, _Unit] = {}
    for comment in ordered:
        found.setdefault(text_of(comment), []).append(comment)
    units = sorted(found.values(), key=len, reverse=True)  # stable: by number where equal
    shown = [unit[0] for unit in units]
    if theme and (central := _held(ordered, theme.central)):
        shown[_place(units, found[text_of(central)])] = central
    if theme and (named := _held(ordered, theme.label_from)):
        place = _place(units, found[text_of(named)])
        own = units.pop(place)
        units.insert(0, [named, *(comment for comment in own if comment is not named)])
        shown.insert(0, shown.pop(place))
    return units, tuple(shown)


def _held(ordered: Sequence[Comment], number: int) -> Comment | None:
    """Return the comment of a number out of those in the order of their numbers."""
    place = bisect_left(ordered, number, key=_NUMBER)
    return next((one for one in ordered[place : place + 1] if one.number == number), None)


def _place(units: Sequence[_Unit], unit: _Unit) -> int:
    return next(n for n, own in enumerate(units) if own is unit)


def _pinned(unit: _Unit, theme: Theme) -> bool:
    return any(comment.pinned == theme.id for comment in unit)
