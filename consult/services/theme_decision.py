"""One decision of staff about themes: what it touches is checked, noted, and can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import single_line
from consult.domain.theme import Theme, ThemeState
from consult.services.office import Office
from consult.store import consultations, events, runs, theme_decisions, themes

LONGEST_WHY = 500
LONGEST_LABEL = 80
LISTED = frozenset({ThemeState.PROPOSED, ThemeState.ADOPTED})


def seen_of(theme: Theme, stamp: int) -> str:
    """Return what a person saw of a theme: it changes with decisions, label and members."""
    content = f"{stamp}\n{theme.state}\n{theme.label}\n{theme.members}"
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


@dataclass(slots=True)
class ThemeDecision:
    """The themes looked at and the changes made so far, with what stood there before."""

    office: Office
    consultation: int
    verb: str
    why: str
    actor: str
    subject: str = ""
    values: dict[str, object] = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)
    _themes: dict[int, tuple[str, str]] = field(default_factory=dict)
    _members: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)
    _aparts: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)

    def look(self, number: int, seen: str | None) -> Theme:
        """Return a listed theme; ``seen`` None takes it as it is.

        Raises ``NotFound("theme.unknown")`` and ``Conflict("theme.changed")``.
        """
        theme, stamp = themes.one(self.office.store.db, self.consultation, number)
        if seen is not None and seen_of(theme, stamp) != seen:
            raise Conflict("theme.changed", theme=number)
        if theme.state not in LISTED:
            raise NotFound("theme.unknown", theme=number)
        self._touched.add(number)
        self.subject = self.subject or f"theme:{number}"
        return theme

    def target(self, number: int) -> Theme:
        """Return a listed theme that was chosen; raises ``InputRefused("theme.target")``."""
        try:
            return self.look(number, None)
        except NotFound as unknown:
            raise InputRefused("theme.target", field="target") from unknown

    def stand(self, theme: int, state: ThemeState, own_label: str | None = None) -> None:
        """Set the state of a theme, and the label staff give it unless None."""
        db = self.office.store.db
        was, label, _ = themes.standing(db, [theme])[theme]
        self._themes.setdefault(theme, (was.value, label))
        themes.set_standing(db, theme, state, label if own_label is None else own_label)
        self._touched.add(theme)

    def adopt(self, theme: Theme, own_label: str | None = None) -> None:
        """Adopt a theme with the comments it has."""
        self.stand(theme.id, ThemeState.ADOPTED, own_label)
        self.place(theme.members, theme.id)

    def place(self, numbers: Sequence[int], theme: int | None, *, pinned: bool = True) -> None:
        """Put comments into a theme for good, or out of any."""
        db = self.office.store.db
        for number, (was, pin, _) in themes.places(db, numbers).items():
            self._members.setdefault(number, (was, pin))
        pin = theme if pinned else None
        themes.set_members(db, [(theme, pin, number) for number in numbers])

    def found(self, theme: Theme) -> int:
        """Record a new adopted theme; undone, it is retired."""
        db = self.office.store.db
        number = themes.add(db, self.consultation, theme, run=runs.latest(db, self.consultation))
        self._themes[number] = (ThemeState.RETIRED.value, "")
        self._touched.add(number)
        self.subject = self.subject or f"theme:{number}"
        return number

    def keep_apart(self, lefts: Sequence[int], rights: Sequence[int]) -> None:
        """Never let the comments on the left share a theme with those on the right."""
        if lefts and rights:
            self._aparts.append((tuple(lefts), tuple(rights)))

    def record(self) -> int:
        """Write the event and its index; returns the number of the event."""
        db = self.office.store.db
        now = themes.standing(db, self._themes)
        places = themes.places(db, sorted(self._members))
        after = {number: places[number][:2] for number in self._members if number in places}
        events.add(
            db,
            at=self.office.clock(),
            actor=self.actor,
            verb=self.verb,
            subject=self.subject,
            why=self.why,
            before=_state(self._themes, self._members),
            after={
                **_state({n: (s.value, label) for n, (s, label, _) in now.items()}, after),
                **self.values,
            },
            consultation=self.consultation,
        )
        number = events.last(db)
        themes.touch(db, self._touched - now.keys())
        theme_decisions.add(db, self.consultation, event=number, themes=self._touched)
        for lefts, rights in self._aparts:
            theme_decisions.keep_apart(
                db, self.consultation, event=number, lefts=lefts, rights=rights
            )
        return number


@contextmanager
def deciding(
    office: Office, *, slug: str, verb: str, actor: str, why: str = "", needs_why: bool = False
) -> Iterator[ThemeDecision]:
    """Make one decision in one transaction; nothing is stored when the block raises.

    Raises ``InputRefused("theme.why")`` for a missing reason where one is needed.
    """
    why = single_line(why)[:LONGEST_WHY]
    if needs_why and not why:
        raise InputRefused("theme.why", field="why")
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        decision = ThemeDecision(office, identifier, verb, why, actor)
        yield decision
        decision.record()


def checked_label(label: str, *, field: str = "label") -> str:
    """Return a label on one line; raises ``InputRefused`` when blank or too long."""
    label = single_line(label)
    if not label:
        raise InputRefused("theme.label", field=field)
    if len(label) > LONGEST_LABEL:
        raise InputRefused("line.too-long", field=field, length=len(label), limit=LONGEST_LABEL)
    return label


def checked_members(numbers: Iterable[int], theme: Theme) -> tuple[int, ...]:
    """Return numbers in order; raises ``InputRefused`` for none and for strangers to the theme."""
    chosen = tuple(sorted(set(numbers)))
    if not chosen:
        raise InputRefused("theme.none-chosen", field="numbers")
    strangers = sorted(set(chosen) - set(theme.members))
    if strangers:
        raise InputRefused("theme.stranger", field="numbers", number=strangers[0], theme=theme.id)
    return chosen


def parted(office: Office, consultation: int, lefts: Iterable[int], rights: Iterable[int]) -> bool:
    """Tell whether a standing decision keeps any of these comments from any of those."""
    mine, yours = set(lefts), set(rights)
    return any(
        (mine & {*left} and yours & {*right}) or (mine & {*right} and yours & {*left})
        for left, right in theme_decisions.aparts(office.store.db, consultation)
    )


def _state(
    standing: Mapping[int, tuple[str, str]],
    members: Mapping[int, tuple[int | None, int | None]],
) -> dict[str, object]:
    """Put states and places into the values of an event; numbers alone, no received text."""
    groups: dict[tuple[int | None, int | None], list[int]] = {}
    for number in sorted(members):
        groups.setdefault(members[number], []).append(number)
    return {
        "themes": {str(number): list(values) for number, values in sorted(standing.items())},
        "members": [
            [theme, pin, numbers]
            for (theme, pin), numbers in sorted(groups.items(), key=lambda item: item[1])
        ],
    }
