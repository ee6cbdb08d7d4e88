"""What staff see and do: sign in, read by section, check the links, take the documents."""

from __future__ import annotations

from consult.web.staff import (
    accepting,
    account,
    accounts,
    deciding,
    documents,
    families,
    histories,
    jobs,
    judging,
    learning,
    reading,
    reasons,
    releasing,
    relinking,
    signing_in,
    taking_in,
    theming,
    verbs,
    versions,
)
from consult.web.staff.blueprint import staff

__all__ = [
    "accepting",
    "account",
    "accounts",
    "deciding",
    "documents",
    "families",
    "histories",
    "jobs",
    "judging",
    "learning",
    "reading",
    "reasons",
    "releasing",
    "relinking",
    "signing_in",
    "staff",
    "taking_in",
    "theming",
    "verbs",
    "versions",
]
