"""What staff keep for later: views of the queue, reusable reasons, settings of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from consult.domain.decision import Decision
from consult.domain.desk import Phrase, SavedView
from consult.domain.errors import InputRefused, NotFound
from consult.domain.text import normalise, single_line
from consult.services.office import Office
from consult.services.rulings import LIMITS
from consult.store import consultations, decisions, desk, events

LONGEST_NAME = 40
LONGEST_QUERY = 1500
KEYS = "keys"  # the preference that holds whether single keys do anything


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """A reusable reason and the decisions whose words came from it, newest first."""

    phrase: Phrase
    used: tuple[Decision, ...]


def save_view(office: Office, *, slug: str, view: SavedView) -> None:
    """Keep a filter under a name; raises ``InputRefused`` (``view.name``, ``line.too-long``)."""
    name = checked_name(view.name, "view.name")
    if len(view.query) > LONGEST_QUERY:
        raise InputRefused(
            "line.too-long", field="name", length=len(view.query), limit=LONGEST_QUERY
        )
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        desk.save_view(db, identifier, replace(view, name=name))


def checked_name(name: str, code: str) -> str:
    """Return a name on one line; raises ``InputRefused`` for a blank or a long one."""
    name = single_line(name)
    if not name:
        raise InputRefused("view.name") if code == "view.name" else InputRefused("phrase.title")
    if len(name) > LONGEST_NAME:
        raise InputRefused("line.too-long", field="name", length=len(name), limit=LONGEST_NAME)
    return name


def drop_view(office: Office, *, slug: str, number: int, owner: str) -> None:
    """Delete a view of one's own; raises ``NotFound("view.unknown")``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if not desk.drop_view(db, identifier, number, owner=owner):
            raise NotFound("view.unknown")


def add_phrase(office: Office, *, slug: str, phrase: Phrase) -> int:
    """Keep a reusable reason; raises ``InputRefused`` (``phrase.title``, ``phrase.text``)."""
    title = checked_name(phrase.title, "phrase.title")
    text = normalise(phrase.text).strip()
    if not text:
        raise InputRefused("phrase.text", field="text")
    if len(text) > LIMITS["reason"]:
        raise InputRefused("line.too-long", field="text", length=len(text), limit=LIMITS["reason"])
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        kept = replace(phrase, title=title, text=text)
        number = desk.add_phrase(db, identifier, kept, now=office.clock())
        events.add(
            db, at=office.clock(), actor=phrase.actor, verb="phrase-added",
            subject=f"phrase:{number}", consultation=identifier,
        )  # fmt: skip
        return number


def retire_phrase(office: Office, *, slug: str, number: int, retired: bool, actor: str) -> None:
    """Offer a reason no more, or again; raises ``NotFound("phrase.unknown")``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if not desk.retire_phrase(db, identifier, number, retired=retired):
            raise NotFound("phrase.unknown")
        events.add(
            db, at=office.clock(), actor=actor, subject=f"phrase:{number}",
            verb="phrase-retired" if retired else "phrase-offered", consultation=identifier,
        )  # fmt: skip


def phrases(office: Office, *, slug: str) -> tuple[PhraseUse, ...]:
    """Return the reusable reasons with where they are used."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        return tuple(
            PhraseUse(phrase, _used(office, identifier, phrase))
            for phrase in desk.phrases(db, identifier)
        )


def _used(office: Office, consultation: int, phrase: Phrase) -> tuple[Decision, ...]:
    db = office.store.db
    found = desk.phrase_used(db, consultation, phrase.id)[:50] if phrase.uses else ()
    versions = (decisions.version(db, identifier) for identifier in found)
    return tuple(version for version in versions if version is not None)


def preference(office: Office, *, username: str, name: str) -> str:
    """Return what a person has set, empty when nothing."""
    return desk.preference(office.store.db, username, name)


def set_preference(office: Office, *, username: str, values: Mapping[str, str]) -> None:
    """Keep what a person sets."""
    with office.store.write() as db:
        for name, value in values.items():
            desk.set_preference(db, username, name, value)
