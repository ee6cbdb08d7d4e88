"""Adopt a theme, or give it a name: from then on id, label and members stay."""

from __future__ import annotations

from consult.services.office import Office
from consult.services.theme_decision import checked_label, deciding


def adopt_theme(
    office: Office, *, slug: str, theme: int, actor: str, seen: str, label: str = "", why: str = ""
) -> None:
    """Adopt a theme with the comments it has now; ``label``, if any, replaces the machine's.

    Raises ``NotFound("theme.unknown")``, ``Conflict("theme.changed")`` and ``InputRefused``.
    """
    named = checked_label(label) if label else None
    verb = "theme-renamed" if named else "theme-adopted"
    with deciding(office, slug=slug, verb=verb, actor=actor, why=why) as decision:
        found = decision.look(theme, seen)
        decision.adopt(found, named)
        if named:
            decision.values["label"] = named
