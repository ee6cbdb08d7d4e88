"""Look a submission up by its receipt number and secret code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult.crypto.codes import canonical, keyed_hash, same
from consult.domain.attachment import Attachment
from consult.domain.comment import Comment, Submission
from consult.domain.decision import Decision
from consult.domain.errors import NotFound
from consult.domain.triage import Event
from consult.services import vault
from consult.services.answers import answers
from consult.services.guessing import Guess, missed, refuse_guessing
from consult.services.office import Office
from consult.services.uploads import opened
from consult.store import changes, comments, consultations, events, files, submissions
from consult.store.submissions import StoredSubmission


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a submission to its author: number, secret code, and who asks how often.

    ``client`` is the address, only its keyed hash is kept, for an hour. ``proven`` says that the
    pair was right when a page of ours was made with it: it is let in whatever others guess.
    """

    number: str
    code: str
    client: str = ""
    per_hour: int = 60
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What a submitter sees: the submission as received, and the comments found in it.

    ``earlier`` are the texts of versions before, each with the instant it was replaced, ``former``
    the files that were taken away, likewise; ``name`` and ``contact`` are masked; ``answers`` are
    the approved decisions by comment number.
    """

    submission: Submission
    comments: tuple[Comment, ...]
    files: tuple[Attachment, ...] = ()
    earlier: tuple[tuple[str, datetime], ...] = ()
    former: tuple[tuple[Attachment, datetime], ...] = ()
    name: str = ""
    contact: str = ""
    privacy_version: str = ""
    history: tuple[Event, ...] = ()
    answers: Mapping[int, Decision] = field(default_factory=dict)


def look_up(
    office: Office,
    *,
    slug: str,
    number: str,
    code: str,
    client: str = "",
    per_hour: int = 60,
) -> Status:
    """Return the status; a wrong number and a wrong code get the same answer.

    Raises ``NotFound("receipt.wrong")`` and ``TooMany``.
    """
    return status(office, slug=slug, key=Key(number, code, client, per_hour))


def status(office: Office, *, slug: str, key: Key) -> Status:
    """Return the status of what a key opens; raises as ``look_up``."""
    _, found = unlocked(office, slug=slug, key=key)
    db = office.store.db
    history = events.of(db, [f"submission:{found.value.number}"])
    if found.wrapped is None:
        return Status(found.value, (), history=history)
    name, contact = vault.contact(office.keys, found)
    own = vault.key_of(office.keys, found)
    said = comments.of_submission(db, found.value.id)
    return Status(
        submission=vault.original(office.keys, found),
        comments=said,
        answers=answers(office, [comment.number for comment in said]),
        files=tuple(opened(own, item, "") for item in files.attachments(db, found.value.id)),
        earlier=tuple(
            (vault.earlier_text(office.keys, found, sealed), until)
            for _, sealed, until in changes.earlier(db, found.value.id)
        ),
        former=tuple(
            (opened(own, item), until) for item, until in files.former(db, found.value.id)
        ),
        name=vault.masked(name),
        contact=vault.masked(contact),
        privacy_version=found.privacy_version,
        history=history,
    )


def unlocked(office: Office, *, slug: str, key: Key) -> tuple[int, StoredSubmission]:
    """Return consultation and row of a submission whose code is right; raises as ``look_up``.

    Right and wrong take the same steps, so that the time tells nothing either.
    """
    guess = Guess(key.client, key.per_hour, key.number)
    if not key.proven:
        refuse_guessing(office, guess)
    db = office.store.db
    consultation_id, _ = consultations.find(db, slug)
    found = submissions.by_number(db, consultation_id, _number(key.number))
    given = keyed_hash(office.keys.codes, canonical(key.code))
    expected = found.code_hash if found is not None else given[::-1]
    if not same(given, expected) or found is None:
        missed(office, guess)
        raise NotFound("receipt.wrong")
    return consultation_id, found


def _number(typed: str) -> str:
    text = canonical(typed)
    return f"{text[:4]}-{text[4:]}"
