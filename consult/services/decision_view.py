"""What staff see of a decision: the comments it is about, its state, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.decision import Decision, Target
from consult.domain.errors import NotFound
from consult.domain.triage import Event
from consult.services.browse import CommentRow, rows
from consult.services.office import Office
from consult.services.rulings import covered
from consult.store import comments, consultations, decisions, events, themes

MOST = 200  # comments shown; a theme may have thousands


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A comment, family or theme up for decision.

    ``members`` are shown comments (at most ``MOST`` of ``total``); ``joined`` the numbers of those
    that came to it after its decision was written, ``exceptions`` of those it leaves out, ``apart``
    of those with one of their own;
    ``above`` is the decision on the theme of a single comment.
    """

    target: Target
    label: str
    members: tuple[CommentRow, ...]
    total: int
    decision: Decision | None
    joined: tuple[int, ...]
    exceptions: tuple[int, ...]
    apart: tuple[int, ...]
    above: Decision | None
    history: tuple[Event, ...]

    @property
    def seen(self) -> str:
        """The stamp to hand back with a change."""
        return str(self.decision.id if self.decision else 0)

    @property
    def section(self) -> str:
        """The code under which the first of the comments is counted."""
        return self.members[0].comment.section if self.members else ""


def decision_view(office: Office, *, slug: str, target: Target) -> DecisionView:
    """Return what is known; raises ``NotFound``."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.read():
        numbers = covered(office, identifier, target)
        found = comments.by_numbers(db, identifier, numbers[:MOST])
        if not found:
            raise NotFound("family.unknown" if target.family else "theme.unknown")
        decision = decisions.current(db, target)
        applied = decisions.about(db, numbers, approved=False)
        own = tuple(n for n, other in applied.items() if other.target.comment)
        known = {*decision.covers, *decision.exceptions} if decision else set(numbers)
        return DecisionView(
            target=target,
            label=_label(office, target),
            members=rows(office, identifier, found),
            total=len(numbers),
            decision=decision,
            joined=tuple(n for n in numbers if n not in known),
            exceptions=tuple(decision.exceptions if decision else ()),
            apart=() if target.comment else own,
            above=_above(office, target, found[0].theme),
            history=events.of(db, [target.subject]),
        )


def _label(office: Office, target: Target) -> str:
    return themes.labels(office.store.db, {target.theme}).get(target.theme, "")


def _above(office: Office, target: Target, theme: int | None) -> Decision | None:
    if not target.comment or theme is None:
        return None
    return decisions.current(office.store.db, Target(theme=theme))
