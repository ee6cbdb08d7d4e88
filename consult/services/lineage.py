"""Keep the ids of themes from run to run, and tell what changed between two runs.

A theme is the one of the last run with which it has most comments in common; adopted themes are
known by their confirmed members and take no part in this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from consult.domain.theme import ChangeKind, Theme, ThemeChange

_MOST: Final = 0.5  # a theme has gone into another when more than this part of it stands there


def inherit(
    before: Mapping[int, Theme], found: Sequence[tuple[str, tuple[int, ...]]]
) -> list[int | None]:
    """Return for each new theme (section, comment numbers) the id that it keeps, or None.

    Greatest overlap first; of equal ones the older id, then the theme with the lower first number.
    Each id is kept once, inside its section only.
    """
    home = {number: theme for theme in before.values() for number in theme.members}
    claims = []
    for place, (section, numbers) in enumerate(found):
        shared = Counter(home[n].id for n in numbers if n in home and home[n].section == section)
        claims += [(-size, theme, min(numbers), place) for theme, size in shared.items()]
    kept: list[int | None] = [None] * len(found)
    taken: set[int] = set()
    for _, theme, _, place in sorted(claims):
        if theme not in taken and kept[place] is None:
            kept[place] = theme
            taken.add(theme)
    return kept


def compare(before: Sequence[Theme], after: Sequence[Theme]) -> tuple[ThemeChange, ...]:
    """Return what happened to themes between two runs, by theme.

    Appeared: its id is new. Grew: it has more comments. Merged: its id is gone and most of its
    comments stand in one other theme. Vanished: its id is gone otherwise.
    """
    old = {theme.id: theme for theme in before}
    new = {theme.id: theme for theme in after}
    came = {number: theme.id for theme in before for number in theme.members}
    went = {number: theme.id for theme in after for number in theme.members}
    found = []
    for theme in after:
        known = old.get(theme.id)
        if known is None:
            origin, _ = _most(theme.members, came)
            found.append(_change(ChangeKind.APPEARED, theme, 0, len(theme.members), origin))
        elif len(theme.members) > len(known.members):
            sizes = len(known.members), len(theme.members)
            found.append(_change(ChangeKind.GREW, theme, *sizes))
    for theme in before:
        if theme.id not in new:
            into, size = _most(theme.members, went)
            merged = size > _MOST * len(theme.members)
            kind = ChangeKind.MERGED if merged else ChangeKind.VANISHED
            found.append(_change(kind, theme, len(theme.members), 0, into if merged else 0))
    return tuple(sorted(found, key=lambda change: (change.theme, change.kind)))


def _most(numbers: Sequence[int], places: Mapping[int, int]) -> tuple[int, int]:
    """Return the theme where most of the comments stand, and how many; 0 where none does."""
    counted = Counter(places[number] for number in numbers if number in places)
    return min(counted.items(), key=lambda item: (-item[1], item[0]), default=(0, 0))


def _change(kind: ChangeKind, theme: Theme, before: int, after: int, into: int = 0) -> ThemeChange:
    return ThemeChange(kind, theme.id, theme.section, before, after, into)
