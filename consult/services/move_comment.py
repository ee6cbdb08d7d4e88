"""Move a comment to another theme of its section, or into one of its own."""

from __future__ import annotations

from consult.domain.errors import Conflict, InputRefused
from consult.services.office import Office
from consult.services.split_theme import new_theme
from consult.services.theme_decision import deciding, parted
from consult.store import comments

ALONE = 0  # the target that stands for a theme of its own


def move_comment(
    office: Office, *, slug: str, number: int, target: int, why: str, actor: str, seen: str
) -> int:
    """Put a comment into a theme, which is adopted thereby; returns the theme.

    It never comes together again with what it was taken from. ``seen`` is the stamp of the comment
    as it was shown. Raises ``NotFound``, ``Conflict("comment.changed")``, and ``InputRefused``:
    ``theme.same``, ``theme.other-section``, ``theme.parted``, ``theme.why``.
    """
    with deciding(
        office, slug=slug, verb="theme-moved", actor=actor, why=why, needs_why=True
    ) as decision:
        comment, stamp = comments.one(office.store.db, decision.consultation, number)
        if str(stamp) != seen:
            raise Conflict("comment.changed", number=number, section=comment.section)
        if target == comment.theme and comment.pinned == comment.theme:
            raise InputRefused("theme.same", field="target")
        if target == ALONE:
            described = new_theme(office, decision.consultation, comment.section, (number,))
            into = decision.found(described)
        else:
            theme = decision.target(target)
            if theme.section != comment.section:
                raise InputRefused("theme.other-section", field="target", theme=target)
            others = [member for member in theme.members if member != number]
            if parted(office, decision.consultation, (number,), others):
                raise InputRefused("theme.parted", field="target", theme=number, other=target)
            decision.adopt(theme)
            into = target
        decision.subject = f"theme:{into}"
        if comment.theme is not None and comment.theme != into:
            source = decision.look(comment.theme, None)
            decision.keep_apart((number,), [m for m in source.members if m != number])
        decision.place((number,), into)
        decision.values |= {"comment": number, "from": comment.theme, "into": into}
    return into
