"""Change the section of a comment: a person decides, the machine's proposal is kept beside it."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.comment import Comment, Link, Origin
from consult.domain.consultation import GENERAL, OFFPLAN
from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.place import MOST_PROPOSALS
from consult.store import comments, consultations, events, themes

_MAX_WHY = 500


def relink(
    office: Office, *, slug: str, number: int, section: str, why: str, actor: str, seen: str
) -> None:
    """Put a comment under another section (or confirm the one it has).

    ``seen`` is the stamp the person saw; raises ``Conflict("comment.changed")`` when somebody was
    faster, ``InputRefused`` for an unknown section, ``NotFound`` for an unknown comment.
    """
    why = single_line(why)[:_MAX_WHY]
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        comment, stamp = comments.one(db, identifier, number)
        if str(stamp) != seen:
            raise Conflict("comment.changed", number=number, section=comment.section)
        plan = consultations.plan(db, identifier)
        if section not in (GENERAL, OFFPLAN) and plan.find(section) is None:
            raise InputRefused("submission.section", field="section", section=section[:40])
        changed = replace(
            comment, links=(Link(section, Origin.STAFF, 1.0),), runners_up=_proposals(comment)
        )
        comments.set_links(db, changed, run=0)
        if section != comment.section:
            themes.leave(db, number, section=section)  # themes are asks inside one section
        events.add(
            db,
            at=office.clock(),
            actor=actor,
            verb="relinked",
            subject=f"comment:{number}",
            why=why,
            before={"section": comment.section},
            after={"section": section},
            consultation=identifier,
        )


def _proposals(comment: Comment) -> tuple[Link, ...]:
    """Return what the machine and the citizen proposed, with their reasons, each section once.

    What is decided stays among them: otherwise a confirmed proposal would lose its reasons.
    """
    others = [link for link in comment.links if link.origin is not Origin.STAFF]
    every = [*others, *comment.runners_up]
    kept = {link.section: link for link in reversed(every)}
    return tuple(link for link in every if link is kept[link.section])[:MOST_PROPOSALS]
