"""A member of staff: the role in the house, other roles in single consultations, and sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.triage import Role

# What belongs to no chapter is everybody's work.
SHARED = frozenset({GENERAL, OFFPLAN, UNASSIGNED})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one consultation; ``chapters`` limits what a handler may change, empty: nothing."""

    role: Role
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff as others may see one.

    ``role`` holds in every consultation if ``everywhere`` is true, ``grants`` (by slug) go before
    it. ``second_factor``: signing in asks for a code from a device as well.
    """

    username: str
    role: Role
    disabled: bool = False
    everywhere: bool = True
    grants: Mapping[str, Grant] = field(default_factory=dict)
    second_factor: bool = False

    def role_in(self, slug: str | None) -> Role | None:
        """Return the role in a consultation, or in the house (None); None when there is none."""
        if slug is not None and slug in self.grants:
            return self.grants[slug].role
        return self.role if self.everywhere else None

    def chapters_in(self, slug: str) -> tuple[str, ...]:
        """Return the chapters a handler is limited to; empty: not limited."""
        grant = self.grants.get(slug)
        return grant.chapters if grant is not None and grant.role is Role.HANDLER else ()

    def answers_for(self, slug: str, sections: Collection[str]) -> bool:
        """Tell whether a handler's chapters hold every one of the sections."""
        chapters = self.chapters_in(slug)
        outside = {code for code in sections if code not in SHARED}
        return not chapters or {code.split(".")[0] for code in outside} <= set(chapters)


@dataclass(frozen=True, slots=True)
class Session:
    """An open session as its owner and administrators see it; ``handle`` names it in a form.

    ``current`` marks the one that is looking.
    """

    handle: str
    username: str
    created: datetime
    seen: datetime
    agent: str
    current: bool = False
