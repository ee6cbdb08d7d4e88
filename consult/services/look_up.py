"""Look a submission up by its receipt number and secret code."""

from __future__ import annotations

from dataclasses import dataclass

from consult.crypto.codes import canonical, keyed_hash, same
from consult.domain.comment import Comment, Submission
from consult.domain.errors import NotFound, TooMany
from consult.services import vault
from consult.services.office import Office
from consult.store import attempts, comments, consultations, submissions

_WINDOW = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Status:
    """What a submitter sees: the submission as received, and the comments found in it."""

    submission: Submission
    comments: tuple[Comment, ...]


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

    ``client`` is the address, only its keyed hash is kept, for an hour. Raises
    ``NotFound("receipt.wrong")`` and ``TooMany``.
    """
    at = office.clock().timestamp()
    bucket = keyed_hash(office.keys.codes, f"look-up {client}")
    db = office.store.db
    if attempts.count(db, bucket, since=at - _WINDOW) >= per_hour:
        raise TooMany("limit.look-ups", seconds=_WINDOW)
    consultation_id, _ = consultations.find(db, slug)
    found = submissions.by_number(db, consultation_id, _number(number))
    given = keyed_hash(office.keys.codes, canonical(code))
    expected = found.code_hash if found is not None else given[::-1]
    if not same(given, expected) or found is None:
        with office.store.write():
            attempts.add(db, bucket, at=at, keep_since=at - _WINDOW)
        raise NotFound("receipt.wrong")
    if found.wrapped is None:
        return Status(found.value, ())
    return Status(
        submission=vault.original(office.keys, found),
        comments=comments.of_submission(db, found.value.id),
    )


def _number(typed: str) -> str:
    text = canonical(typed)
    return f"{text[:4]}-{text[4:]}"
