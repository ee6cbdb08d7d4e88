"""Merge a theme into another of its section: a person says that both make the same ask."""

from __future__ import annotations

from consult.domain.errors import InputRefused
from consult.domain.theme import ThemeState
from consult.services.office import Office
from consult.services.theme_decision import deciding, parted


def merge_themes(
    office: Office, *, slug: str, theme: int, into: int, why: str, actor: str, seen: str
) -> None:
    """Put all comments of a theme into another one, which is adopted thereby.

    Raises ``NotFound``, ``Conflict``, ``InputRefused``: ``theme.same``, ``theme.target``,
    ``theme.other-section``, ``theme.parted`` (a standing decision keeps them apart), ``theme.why``.
    """
    with deciding(
        office, slug=slug, verb="theme-merged", actor=actor, why=why, needs_why=True
    ) as decision:
        source = decision.look(theme, seen)
        if into == theme:
            raise InputRefused("theme.same", field="target")
        target = decision.target(into)
        if target.section != source.section:
            raise InputRefused("theme.other-section", field="target", theme=into)
        if parted(office, decision.consultation, source.members, target.members):
            raise InputRefused("theme.parted", field="target", theme=theme, other=into)
        decision.adopt(target)
        decision.place(source.members, into)
        decision.stand(theme, ThemeState.MERGED)
        decision.values["into"] = into
