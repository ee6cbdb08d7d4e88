"""Change the section of a comment: a person decides, the machine's proposal is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consult.domain.act import Deed
from consult.domain.comment import Comment, Link, Origin
from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.services.note_act import note_act
from consult.services.office import Office
from consult.services.place import MOST_PROPOSALS
from consult.store import codec, comments, consultations, events, themes

MOST_SECTIONS = 5  # of one comment: who concerns more of them concerns the plan as a whole
_MAX_WHY = 500


def relink(
    office: Office,
    *,
    slug: str,
    number: int,
    section: str,
    why: str,
    actor: str,
    seen: str,
    also: Sequence[str] = (),
) -> int:
    """Put a comment under another section (or confirm the one it has); returns the act.

    It is counted under ``section`` and referred to under ``also``. ``seen`` is the stamp the person
    saw; raises ``Conflict("comment.changed")`` when somebody was faster, ``InputRefused`` for an
    unknown section or too many of them, ``NotFound`` for an unknown comment.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        comment, stamp = comments.one(db, identifier, number)
        if str(stamp) != seen:
            raise Conflict("comment.changed", number=number, section=comment.section)
        codes = checked_sections(consultations.plan(db, identifier), section, also)
        before, after = write_links(office, identifier, comment, codes, why=why, actor=actor)
        return note_act(
            office, identifier, Deed.RELINK, f"comment:{number}", actor=actor, before=before,
            after=after, values={"section": section},
        )  # fmt: skip


def checked_sections(plan: Plan, section: str, also: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the codes, each once, the one it is counted under first; raises ``InputRefused``."""
    codes = tuple(dict.fromkeys((section, *also)))
    for code, field in ((code, "section" if code == section else "also") for code in codes):
        if code not in (GENERAL, OFFPLAN) and plan.find(code) is None:
            raise InputRefused("submission.section", field=field, section=code[:40])
    if len(codes) > MOST_SECTIONS:
        raise InputRefused("comment.many-sections", field="also", limit=MOST_SECTIONS)
    if len(codes) > 1 and OFFPLAN in codes:
        raise InputRefused("comment.offplan-alone", field="also")
    return codes


def write_links(
    office: Office,
    consultation: int,
    comment: Comment,
    codes: Sequence[str],
    *,
    why: str,
    actor: str,
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Store it inside the caller's transaction; returns the state before and after, for undoing."""
    db, number, section = office.store.db, comment.number, codes[0]
    before = snapshot(office, comment)
    changed = replace(
        comment,
        links=tuple(Link(code, Origin.STAFF, 1.0) for code in codes),
        runners_up=_proposals(comment),
    )
    comments.set_links(db, changed, run=0)
    if section != comment.section:
        themes.leave(db, number, section=section)  # themes are asks inside one section
    rest = {"also": list(codes[1:])} if len(codes) > 1 else {}
    events.add(
        db,
        at=office.clock(),
        actor=actor,
        verb="relinked",
        subject=f"comment:{number}",
        why=single_line(why)[:_MAX_WHY],
        before={"section": comment.section},
        after={"section": section, **rest},
        consultation=consultation,
    )
    return before, {"sections": list(codes)}


def snapshot(office: Office, comment: Comment) -> dict[str, object]:
    """Return the links and the theme of a comment as an act keeps them."""
    theme, pinned, _ = themes.places(office.store.db, [comment.number])[comment.number]
    return {
        "links": [_packed(link) for link in comment.links],
        "runners_up": [_packed(link) for link in comment.runners_up],
        "section": comment.section,
        "theme": theme,
        "pinned": pinned,
    }


def _packed(link: Link) -> list[object]:
    return [link.section, link.origin.value, link.confidence, codec.dump_evidence(link.evidence)]


def unpacked(packed: Sequence[Sequence[object]]) -> tuple[Link, ...]:
    """Return links out of what an act keeps."""
    return tuple(
        Link(str(code), Origin(str(origin)), float(str(sure)), codec.load_evidence(str(evidence)))
        for code, origin, sure, evidence in packed
    )


def _proposals(comment: Comment) -> tuple[Link, ...]:
    """Return what the machine and the citizen proposed, with their reasons, each section once.

    What is decided stays among them: otherwise a confirmed proposal would lose its reasons.
    """
    others = [link for link in comment.links if link.origin is not Origin.STAFF]
    every = [*others, *comment.runners_up]
    kept = {link.section: link for link in reversed(every)}
    return tuple(link for link in every if link is kept[link.section])[:MOST_PROPOSALS]
