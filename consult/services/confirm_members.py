"""Answer what the machine proposes for an adopted theme: these belong to it, or these do not."""

from __future__ import annotations

from collections.abc import Iterable

from consult.domain.errors import InputRefused
from consult.domain.theme import ThemeState
from consult.services.office import Office
from consult.services.theme_decision import checked_members, deciding
from consult.store import themes


def confirm_members(
    office: Office,
    *,
    slug: str,
    theme: int,
    numbers: Iterable[int],
    belong: bool,
    actor: str,
    seen: str,
    why: str = "",
) -> None:
    """Confirm proposed comments of an adopted theme, or turn them away for good.

    One turned away stands alone until the next run finds it another theme. Raises ``NotFound``,
    ``Conflict("theme.changed")`` and ``InputRefused`` (``theme.not-adopted``, none chosen,
    strangers, comments confirmed already).
    """
    verb = "members-confirmed" if belong else "members-refused"
    with deciding(office, slug=slug, verb=verb, actor=actor, why=why) as decision:
        found = decision.look(theme, seen)
        if found.state is not ThemeState.ADOPTED:
            raise InputRefused("theme.not-adopted", field="numbers", theme=theme)
        chosen = checked_members(numbers, found)
        places = themes.places(office.store.db, found.members)
        firm = [number for number in found.members if places[number][1] == theme]
        settled = sorted({*chosen} & {*firm})
        if settled:
            raise InputRefused("theme.confirmed", field="numbers", number=settled[0], theme=theme)
        if belong:
            decision.place(chosen, theme)
        else:
            decision.place(chosen, None, pinned=False)
            decision.keep_apart(chosen, firm)
        decision.values["comments"] = list(chosen)
