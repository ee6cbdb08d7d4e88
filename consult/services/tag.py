"""Tag (标签) a comment, or take a tag off."""

from __future__ import annotations

from consult.domain.act import Deed
from consult.domain.decision import Target
from consult.domain.errors import InputRefused
from consult.domain.text import single_line
from consult.services.deeds import Doing, tag_one, untag_one
from consult.services.note_act import note_act
from consult.services.office import Office
from consult.store import comments, consultations

LONGEST_TAG = 20  # characters


def checked_tag(name: str) -> str:
    """Return a tag on one line; raises ``InputRefused`` (``tag.name``, ``line.too-long``)."""
    name = single_line(name)
    if not name:
        raise InputRefused("tag.name", field="tag")
    if len(name) > LONGEST_TAG:
        raise InputRefused("line.too-long", field="tag", length=len(name), limit=LONGEST_TAG)
    return name


def tag_comment(
    office: Office, *, slug: str, number: int, name: str, off: bool, actor: str
) -> None:
    """Put a tag on a comment or take it ``off``; raises ``Conflict`` where nothing would change."""
    name = checked_tag(name)
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        comments.one(db, identifier, number)
        plan = consultations.plan(db, identifier)
        doing = Doing(office, identifier, plan, actor, {"tag": name})
        before, after = (untag_one if off else tag_one)(doing, Target(comment=number))
        note_act(
            office, identifier, Deed.UNTAG if off else Deed.TAG, f"comment:{number}", actor=actor,
            before=before, after=after, values={"tag": name},
        )  # fmt: skip
