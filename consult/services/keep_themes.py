"""Store the groups of a run: themes keep their ids, decisions of staff win, changes are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.comment import Comment
from consult.domain.family import Family
from consult.domain.theme import Facing, Theme, ThemeChange, ThemeState
from consult.services.decided_themes import Decided
from consult.services.group import Groups
from consult.services.keep_families import Kept, KnownFamilies, known_families
from consult.services.lineage import compare, inherit
from consult.services.office import Office
from consult.store import families, theme_decisions, theme_opposites, themes


@dataclass(frozen=True, slots=True)
class KnownGroups:
    """The groups of a run with the ids they keep (0: a new theme), before anything is written."""

    families: KnownFamilies
    themes: Sequence[Theme]


def known_groups(
    before: Sequence[Family], points: Sequence[Comment], groups: Groups, decided: Decided
) -> KnownGroups:
    """Find out which groups go on with which of the run before; ``points`` have their numbers.

    ``decided`` is what the run knew of decisions when it began, ``before`` the families then.
    """
    return KnownGroups(
        families=known_families(before, points, groups.families, groups.letters),
        themes=_named(groups.themes, points, decided),
    )


def write_groups(
    office: Office,
    identifier: int,
    run: int,
    points: Sequence[Comment],
    groups: Groups,
    known: KnownGroups,
    show: Callable[[Kept, Mapping[int, int]], None],
    decided: Decided,
) -> tuple[ThemeChange, ...]:
    """Write families and themes of numbered comments inside the caller's transaction.

    ``show`` then makes the comments visible, given what became of their groups, by position.
    Returns what happened to themes since the run before; nothing where there was none.
    """
    db = office.store.db
    kept = known.families.write(office, identifier, run=run)
    stored = _stored(office, identifier, run, known.themes)
    theme = {
        position: own
        for own, item in zip(stored, groups.themes, strict=True)
        for position in item.members
    }
    theme_opposites.replace_all(
        db,
        identifier,
        (
            Facing(theme[one], theme[other], points[one].number, points[other].number)
            for one, other in groups.opposed
        ),
    )
    show(kept, theme)
    _settle(office, identifier, decided)
    themes.forget(db, identifier)
    families.forget(db, identifier, before=run)
    if not decided.before:
        return ()
    changes = compare(decided.before, themes.every(db, identifier))
    theme_decisions.add_changes(db, run, changes)
    return changes


def _named(found: Sequence[Theme], points: Sequence[Comment], decided: Decided) -> list[Theme]:
    """Return the themes with comment numbers, and the ids they keep (0: a new one)."""
    numbered = [_numbered(theme, points) for theme in found]
    home = [_home(theme, points, decided) for theme in found]
    free = [place for place, theme in enumerate(home) if theme is None]
    proposed = {t.id: t for t in decided.before if t.state is ThemeState.PROPOSED}
    kept = inherit(proposed, [(numbered[i].section, numbered[i].members) for i in free])
    for place, theme in zip(free, kept, strict=True):
        home[place] = theme
    return [replace(theme, id=own or 0) for theme, own in zip(numbered, home, strict=True)]


def _home(theme: Theme, points: Sequence[Comment], decided: Decided) -> int | None:
    """Return the adopted theme whose confirmed members stand in a group, if there is one."""
    members = (points[position] for position in theme.members)
    return next((c.pinned for c in members if c.pinned and decided.at_home(c)), None)


def _stored(office: Office, identifier: int, run: int, named: Sequence[Theme]) -> list[int]:
    """Write themes; return their ids."""
    db = office.store.db
    # What was proposed when the run began may be gone or out of lists by now.
    standing = themes.standing(db, [theme.id for theme in named if theme.id])
    themes.update_all(db, [theme for theme in named if theme.id in standing], run=run)
    new = [replace(theme, id=0) for theme in named if theme.id not in standing]
    given = iter(themes.add_all(db, identifier, new, run=run))
    return [theme.id if theme.id in standing else next(given) for theme in named]


def _settle(office: Office, identifier: int, decided: Decided) -> None:
    """Apply what staff decided while the run was computing."""
    db = office.store.db
    themes.settle(db, identifier)
    if theme_decisions.newest(db, identifier) == decided.newest:
        return
    for left, right in theme_decisions.aparts(db, identifier):
        places = themes.places(db, [*left, *right])
        lefts = {places[number][0] for number in left if number in places}
        for number in right:
            theme, pinned, _ = places.get(number, (None, None, ""))
            if theme is not None and theme in lefts and pinned is None:
                themes.set_members(db, [(None, None, number)])
        rights = {places[number][0] for number in right if number in places and places[number][1]}
        for number in left:
            theme, pinned, _ = places.get(number, (None, None, ""))
            if theme is not None and theme in rights and pinned is None:
                themes.set_members(db, [(None, None, number)])


def _numbered(theme: Theme, points: Sequence[Comment]) -> Theme:
    return replace(
        theme,
        label_from=points[theme.label_from].number,
        central=points[theme.central].number,
        members=tuple(sorted(points[i].number for i in theme.members)),
    )
