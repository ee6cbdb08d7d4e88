"""The deeds that can be done to many comments: how each is done to one, and how it is taken back.

Each is a function of its target inside the caller's transaction: a comment, and for approvals also
the family or theme that is answered as one. It returns what was there before and what is there now;
what cannot be done raises, and the item is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from consult.domain.act import Deed
from consult.domain.consultation import Plan
from consult.domain.decision import Ruling, Target
from consult.domain.errors import Conflict
from consult.domain.triage import Disposition
from consult.services.approve import write_approval
from consult.services.decide import write_decision
from consult.services.office import Office
from consult.services.relink import checked_sections, write_links
from consult.services.rulings import checked
from consult.store import comments, decisions, desk, events, themes

State = Mapping[str, object]
WORDS: Final = ("reason", "answer", "office", "section", "change", "gist")
# What a template may name, in either language; filled in from the theme of each comment.
PLACES: Final = {"诉求": "ask", "关键词": "keywords", "编号": "number", "章节": "section"}
_NAMED: Final = re.compile(r"\{(" + "|".join((*PLACES, *PLACES.values())) + r")\}")


@dataclass(frozen=True, slots=True)
class Doing:
    """What a deed is done with: by whom, and the words and codes that were chosen."""

    office: Office
    consultation: int
    plan: Plan
    actor: str
    values: Mapping[str, str]


def decide_one(doing: Doing, target: Target) -> tuple[State, State]:
    """Write the decision on one comment; one that is there already is replaced, unless approved."""
    before = decisions.current(doing.office.store.db, target)
    ruling = checked(filled(doing, target.comment), doing.plan)
    stored = write_decision(
        doing.office, doing.consultation, target=target, ruling=ruling, actor=doing.actor,
        submit=doing.values.get("submit") == "1", before=before,
    )  # fmt: skip
    return {"decision": before.id if before else 0}, {"decision": stored.id}


def ruling_of(values: Mapping[str, str]) -> Ruling:
    """Return the ruling that values hold, with the places of its template as they are."""
    phrase = values.get("phrase", "")
    return Ruling(
        Disposition(values["disposition"]),
        **{name: values.get(name, "") for name in WORDS},
        phrase=int(phrase) if phrase.isascii() and phrase.isdigit() else 0,
    )


def filled(doing: Doing, number: int) -> Ruling:
    """Return the ruling for one comment, with the words of its theme filled in."""
    ruling = ruling_of(doing.values)
    texts = {name: getattr(ruling, name) for name in ("reason", "answer", "gist")}
    if not any(_NAMED.search(text) for text in texts.values()):
        return ruling
    places = _places(doing, number)
    put: dict[str, Any] = {
        name: _NAMED.sub(lambda m: places[m[1]], text) for name, text in texts.items()
    }
    return replace(ruling, **put)


def _places(doing: Doing, number: int) -> dict[str, str]:
    db = doing.office.store.db
    comment, _ = comments.one(db, doing.consultation, number)
    label, keywords = themes.words(db, comment.theme) if comment.theme else ("", ())
    node = doing.plan.find(comment.section)
    named = f"{doing.plan.label(comment.section)}{node.title}" if node else ""
    found = {
        "诉求": label or comment.text[:40],
        "关键词": "、".join(keywords[:5]),
        "编号": str(number),
        "章节": named,
    }
    return found | {PLACES[name]: words for name, words in found.items()}


def approve_one(doing: Doing, target: Target) -> tuple[State, State]:
    """Approve the decision on a comment, family or theme that was handed in."""
    before = decisions.current(doing.office.store.db, target)
    stored = write_approval(doing.office, doing.consultation, before, actor=doing.actor)
    return {"decision": before.id if before else 0}, {"decision": stored.id}


def relink_one(doing: Doing, target: Target) -> tuple[State, State]:
    """Put one comment under a section."""
    comment, _ = comments.one(doing.office.store.db, doing.consultation, target.comment)
    codes = checked_sections(doing.plan, doing.values.get("to", ""))
    return write_links(
        doing.office, doing.consultation, comment, codes, why=doing.values.get("why", ""),
        actor=doing.actor,
    )  # fmt: skip


def tag_one(doing: Doing, target: Target) -> tuple[State, State]:
    """Put a tag on one comment."""
    number = target.comment
    name = doing.values["tag"]
    if not desk.tag(doing.office.store.db, doing.consultation, number, name):
        raise Conflict("tag.there", number=number)
    _tell(doing, "tagged", number, name)
    return {"tagged": False}, {"tagged": True}


def untag_one(doing: Doing, target: Target) -> tuple[State, State]:
    """Take a tag off one comment."""
    number = target.comment
    name = doing.values["tag"]
    if not desk.untag(doing.office.store.db, doing.consultation, number, name):
        raise Conflict("tag.absent", number=number)
    _tell(doing, "untagged", number, name)
    return {"tagged": True}, {"tagged": False}


def _tell(doing: Doing, verb: str, number: int, name: str) -> None:
    events.add(
        doing.office.store.db, at=doing.office.clock(), actor=doing.actor, verb=verb,
        subject=f"comment:{number}", after={"tag": name}, consultation=doing.consultation,
    )  # fmt: skip


DOING: Final[dict[Deed, Callable[[Doing, Target], tuple[State, State]]]] = {
    Deed.DECIDE: decide_one,
    Deed.APPROVE: approve_one,
    Deed.RELINK: relink_one,
    Deed.TAG: tag_one,
    Deed.UNTAG: untag_one,
}
