"""The order in which reports list comments: that of the plan, then general, offplan, unassigned."""

from __future__ import annotations

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED, Plan
from consult.domain.terms import CODES


def ordered_codes(plan: Plan) -> tuple[str, ...]:
    """Return every code a comment can be counted under."""
    return (*(node.code for node in plan.walk()), GENERAL, OFFPLAN, UNASSIGNED)


def label_and_title(plan: Plan, code: str) -> tuple[str, str]:
    """Return the citation of a code in the plan's numbering, and its title."""
    node = plan.find(code) if code else None
    if node is None:
        return "", CODES.get(code, code)
    return plan.label(code), node.title
