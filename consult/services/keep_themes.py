"""Store the groups of a run: themes keep their ids, decisions of staff win, changes are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.domain.comment import Comment
from consult.domain.theme import Facing, Theme, ThemeChange, ThemeState
from consult.services.decided_themes import Decided
from consult.services.group import Groups
from consult.services.keep_families import write_families
from consult.services.lineage import compare, inherit
from consult.services.office import Office
from consult.store import comments, families, theme_decisions, theme_opposites, themes


def write_groups(
    office: Office,
    identifier: int,
    run: int,
    points: Sequence[Comment],
    groups: Groups,
    decided: Decided,
) -> tuple[ThemeChange, ...]:
    """Write families and themes inside the caller's transaction.

    ``points`` have their numbers, ``decided`` is what the run knew of decisions when it began.
    Returns what happened to themes since the run before; nothing where there was none.
    """
    db = office.store.db
    kept = write_families(office, identifier, run, points, groups.families, groups.letters)
    named = _named(groups.themes, points, decided)
    stored = [_stored(office, identifier, run, theme) for theme in named]
    theme = {
        position: own.id
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
    family, added_to = kept.family, kept.added_to
    rows = ((family.get(i), added_to.get(i), theme.get(i), p.number) for i, p in enumerate(points))
    comments.set_groups(db, rows)
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


def _stored(office: Office, identifier: int, run: int, theme: Theme) -> Theme:
    db = office.store.db
    # What was proposed when the run began may be gone or out of lists by now.
    if theme.id and theme.id in themes.standing(db, [theme.id]):
        themes.update(db, theme, run=run)
        return theme
    return replace(theme, id=themes.add(db, identifier, replace(theme, id=0), run=run))


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
