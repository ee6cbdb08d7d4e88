"""Never together (不再合并): no later run may put the comments of two themes into one."""

from __future__ import annotations

from consult.domain.errors import InputRefused
from consult.services.office import Office
from consult.services.theme_decision import deciding, parted


def keep_apart(
    office: Office, *, slug: str, theme: int, other: int, why: str, actor: str, seen: str
) -> None:
    """Keep the comments that two themes of a section have now from ever sharing one.

    Neither theme is adopted by it. Raises ``NotFound``, ``Conflict``, and ``InputRefused``:
    ``theme.same``, ``theme.other-section``, ``theme.parted-already``, ``theme.why``.
    """
    with deciding(
        office, slug=slug, verb="themes-parted", actor=actor, why=why, needs_why=True
    ) as decision:
        one = decision.look(theme, seen)
        if other == theme:
            raise InputRefused("theme.same", field="target")
        two = decision.target(other)
        if one.section != two.section:
            raise InputRefused("theme.other-section", field="target", theme=other)
        if parted(office, decision.consultation, one.members, two.members):
            raise InputRefused("theme.parted-already", field="target", theme=theme, other=other)
        decision.keep_apart(one.members, two.members)
        decision.values["other"] = other
