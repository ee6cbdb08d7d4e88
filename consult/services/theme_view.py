"""What pages read of themes: the themes of a section, one theme, what a run changed."""

from __future__ import annotations

from dataclasses import dataclass

from consult.analysis.segment import Segmenter
from consult.analysis.summarise import furthest
from consult.domain.comment import Comment
from consult.domain.digest import Counts
from consult.domain.theme import Membership, Theme, ThemeChange, ThemeState
from consult.domain.triage import Event
from consult.services.browse import CommentRow, rows
from consult.services.office import Office
from consult.services.theme_decision import seen_of
from consult.store import (
    comments,
    consultations,
    runs,
    theme_decisions,
    theme_opposites,
    themes,
    totals,
)

_MOST_COMPARED = 200  # members whose words are compared


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in a list; ``waiting`` counts comments of an adopted one that nobody confirmed.

    ``opposed`` are the themes of the section that want the opposite (相反诉求).
    """

    theme: Theme
    counts: Counts
    waiting: int
    provisional: int
    opposed: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One page of the themes of a section: adopted first, then by distinct texts and people."""

    lines: tuple[ThemeLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Member:
    """A comment of a theme and how it came there."""

    row: CommentRow
    membership: Membership


@dataclass(frozen=True, slots=True)
class Act:
    """A decision about a theme; only the newest that stands can be undone."""

    event: Event
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with a page of its members and what was decided about it.

    ``central`` and ``different`` are the most central comment and the two most different ones,
    ``opposite`` the themes of the section that want the opposite; ``choices`` are the other
    themes of the section.
    """

    line: ThemeLine
    seen: str
    members: tuple[Member, ...]
    page: int
    pages: int
    central: CommentRow | None
    different: tuple[CommentRow, ...]
    opposite: tuple[Theme, ...]
    choices: tuple[ThemeLine, ...]
    acts: tuple[Act, ...]

    @property
    def theme(self) -> Theme:
        """The theme itself."""
        return self.line.theme


@dataclass(frozen=True, slots=True)
class Changes:
    """What the newest run changed; ``labels`` name the themes that there still are."""

    run: int
    changes: tuple[ThemeChange, ...]
    labels: dict[int, str]


def section_themes(
    office: Office, *, slug: str, code: str, page: int = 1, size: int = 50
) -> ThemePage:
    """Return a page of the themes of a section; an unknown section has none."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        lines = theme_lines(office, identifier, code)
    pages = max(1, -(-len(lines) // size))
    page = min(max(1, page), pages)
    return ThemePage(lines[(page - 1) * size : page * size], page, pages, len(lines))


def theme_lines(office: Office, consultation: int, code: str) -> tuple[ThemeLine, ...]:
    """Return all themes of a section: adopted first, then by texts, people and number."""
    db = office.store.db
    found = themes.of_section(db, consultation, code)
    counted = totals.by_theme(db, consultation, [theme.id for theme in found])
    by_id = {theme.id: theme for theme in found}
    against = theme_opposites.every(db, consultation)
    lines = [
        _line(
            theme,
            counted.get(theme.id, (Counts(), 0, 0)),
            tuple(by_id[other] for other in against.get(theme.id, ()) if other in by_id),
        )
        for theme in found
    ]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.theme.state is not ThemeState.ADOPTED,
                -line.counts.texts,
                -line.counts.people,
                line.theme.id,
            ),
        )
    )


def theme_view(
    office: Office, *, slug: str, number: int, page: int = 1, size: int = 50
) -> ThemeView:
    """Return one theme, also one merged or retired; raises ``NotFound("theme.unknown")``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        theme, stamp = themes.one(db, identifier, number)
        pages = max(1, -(-len(theme.members) // size))
        page = min(max(1, page), pages)
        own = theme.members[(page - 1) * size : page * size]
        members = rows(office, identifier, comments.by_numbers(db, identifier, own))
        counted = totals.by_theme(db, identifier, [number])
        others = theme_lines(office, identifier, theme.section)
        central, different = _examples(office, identifier, theme)
        return ThemeView(
            line=_line(theme, counted.get(number, (Counts(), 0, 0))),
            seen=seen_of(theme, stamp),
            members=tuple(Member(row, membership(row.comment, theme)) for row in members),
            page=page,
            pages=pages,
            central=central,
            different=different,
            opposite=next((line.opposed for line in others if line.theme.id == number), ()),
            choices=tuple(line for line in others if line.theme.id != number),
            acts=_acts(office, number),
        )


def theme_changes(office: Office, *, slug: str) -> Changes:
    """Return what the newest run changed about themes."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        run = runs.latest(db, identifier)
        changes = theme_decisions.changes(db, run)
        named = {change.theme for change in changes} | {change.into for change in changes}
        return Changes(run, changes, themes.labels(db, named))


def membership(comment: Comment, theme: Theme) -> Membership:
    """Tell how a comment came into its theme."""
    if comment.pinned == theme.id:
        return Membership.CONFIRMED
    if comment.provisional:
        return Membership.PROVISIONAL
    adopted = theme.state is ThemeState.ADOPTED
    return Membership.PROPOSED if adopted else Membership.MACHINE


def _line(
    theme: Theme, counted: tuple[Counts, int, int], opposed: tuple[Theme, ...] = ()
) -> ThemeLine:
    counts, loose, provisional = counted
    waiting = loose if theme.state is ThemeState.ADOPTED else 0
    return ThemeLine(theme, counts, waiting, provisional, opposed)


def _examples(
    office: Office, identifier: int, theme: Theme
) -> tuple[CommentRow | None, tuple[CommentRow, ...]]:
    """Return the most central comment and the two most different ones."""
    db = office.store.db
    first = theme.central if theme.central in theme.members else 0
    numbers = [first] * bool(first) + [n for n in theme.members if n != first]
    found = comments.by_numbers(db, identifier, numbers[:_MOST_COMPARED])
    if not found:
        return None, ()
    segmenter = Segmenter(consultations.knowledge(db, identifier).lexicon.words)
    distinct = {comment.text: comment for comment in reversed(found)}
    texts = [found[0], *(c for c in reversed(distinct.values()) if c.text != found[0].text)]
    apart = furthest([segmenter.words(comment.text) for comment in texts], 0)
    shown = rows(office, identifier, (texts[0], *(texts[i] for i in apart)))
    return shown[0], shown[1:]


def _acts(office: Office, number: int) -> tuple[Act, ...]:
    db = office.store.db
    return tuple(
        Act(event, undone, not undone and not theme_decisions.later(db, event.number))
        for event, undone in theme_decisions.of_theme(db, number)
    )
