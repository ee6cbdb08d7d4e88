"""What a submitter may do with a submission by number and code: correct, withdraw, erase.

Correcting and withdrawing end with the window; erasing contact data or everything never does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from consult.domain.attachment import Attachment
from consult.domain.comment import Choice, Comment, NewSubmission, Receipt, Submission
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.services import attach, vault
from consult.services.look_up import Key, unlocked
from consult.services.office import Office
from consult.services.receive import Rules, admit, check
from consult.store import changes, comments, consultations, events, files
from consult.store.submissions import StoredSubmission

ACTOR = "submitter"
MOST_FILES = 20  # of one submission, with all its corrections


def correct(
    office: Office,
    *,
    slug: str,
    key: Key,
    new: NewSubmission,
    now: datetime,
    opened: datetime | None = None,
    rules: Rules | None = None,
) -> Receipt:
    """Put a new version in place of the text; the earlier one stays until withdrawn or erased.

    Comments whose words are still there keep their numbers and what was decided about them; others
    are superseded. Contact data stay as they are. Raises ``WindowClosed``, ``InputRefused``,
    ``NotFound``, ``TooMany``, ``Conflict`` when it was withdrawn.
    """
    rules = rules or Rules()
    identifier, found = _listed(office, slug, key)
    consultation = consultations.find(office.store.db, slug)[1]
    admit(consultation.window, now=now, opened=opened, grace=rules.grace)
    plan = consultations.plan(office.store.db, identifier)
    checked = check(replace(new, name="", contact=""), plan, rules=rules, strict=True)
    own = vault.key_of(office.keys, found)
    number, submission = found.value.number, found.value.id
    before = vault.original(office.keys, found)
    checked = _chosen_before(before, checked)
    with office.store.write() as db:
        attached = attach.kept(office, checked)
        _room(len(files.attachments(db, submission)), attached)
        letters = [*vault.letters(office.keys, found), *attach.letters(attached)]
        sealed, commitment = vault.close_text(own, number, checked)
        changes.correct(
            db, submission, sealed=sealed, choices=checked.choices, now=office.clock(),
            sealed_letters=vault.close_letters(own, number, letters),
        )  # fmt: skip
        attach.move(office, checked, attached, submission=submission, key=own)
        text = vault.original(office.keys, _again(found, sealed, own, letters)).text
        gone = _follow(office, submission, text)
        head = _note(office, identifier, "corrected", number,
                     {"commitment": commitment, "superseded": gone})  # fmt: skip
    return Receipt(number, key.code, found.value.received, found.value.late, head=head)


def _room(there: int, more: tuple[Attachment, ...]) -> None:
    if more and there + len(more) > MOST_FILES:
        raise InputRefused("attachment.many", field="files", name=more[-1].name, limit=MOST_FILES)


def withdraw(office: Office, *, slug: str, key: Key, now: datetime) -> None:
    """Take a submission out of all lists; nothing of it is used any more.

    The sealed original stays as a proof until it is erased. Raises as :func:`correct`.
    """
    identifier, found = _listed(office, slug, key)
    admit(consultations.find(office.store.db, slug)[1].window, now=now, opened=None, grace=0)
    with office.store.write() as db:
        numbers = changes.withdraw(db, found.value.id)
        _note(office, identifier, "withdrawn", found.value.number, {"comments": len(numbers)})
    office.store.scrub()


def erase_contact(office: Office, *, slug: str, key: Key) -> None:
    """Delete name and contact; what was said stays. Raises ``NotFound``, ``TooMany``."""
    identifier, found = _kept(office, slug, key)
    with office.store.write() as db:
        # One number for one submission: whose else it might be is forgotten too.
        person = f"person {found.value.number}" if found.person else ""
        changes.forget_contact(db, found.value.id, person=person)
        _note(office, identifier, "contact-erased", found.value.number, {})
    office.store.scrub()


def erase(office: Office, *, slug: str, key: Key) -> None:
    """Destroy a submission: its key, its ciphertexts, its files and every derived form.

    A counted row and the events stay; they hold salted commitments, no contents. Raises
    ``NotFound``, ``TooMany``.
    """
    identifier, found = _kept(office, slug, key)
    with office.store.write() as db:
        numbers = changes.erase(db, found.value.id)
        _note(office, identifier, "erased", found.value.number, {"comments": len(numbers)})
    office.store.scrub()


def _chosen_before(before: Submission, new: NewSubmission) -> NewSubmission:
    """Take over pieces and choices whose words still stand in the new text, where it has none."""
    if new.spans or new.choices:
        return new
    typed = before.text[: before.typed]
    spans = [_found(typed[part.start : part.end], new.text) for part in before.parts
             if not part.source]  # fmt: skip
    choices = [
        Choice(*place, choice.section)
        for choice in before.choices
        if (place := _found(typed[choice.start : choice.end], new.text))
    ]
    if not all(spans) or sum(end - start for start, end in filter(None, spans)) < _own(new.text):
        spans = []  # something stands between them: the text is one piece now
    return replace(new, spans=tuple(filter(None, spans)), choices=tuple(choices))


def _found(words: str, text: str) -> tuple[int, int] | None:
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def _own(text: str) -> int:
    """Count what is not a line end between pieces."""
    return len(text) - text.count("\n\n") * 2


def _listed(office: Office, slug: str, key: Key) -> tuple[int, StoredSubmission]:
    identifier, found = _kept(office, slug, key)
    if found.value.state not in ("active", "held"):
        raise Conflict("submission.withdrawn", number=found.value.number)
    return identifier, found


def _kept(office: Office, slug: str, key: Key) -> tuple[int, StoredSubmission]:
    identifier, found = unlocked(office, slug=slug, key=key)
    if found.wrapped is None:
        raise NotFound("submission.erased", number=found.value.number)
    return identifier, found


def _again(
    found: StoredSubmission, sealed: bytes, own: bytes, letters: list[tuple[str, str]]
) -> StoredSubmission:
    closed = vault.close_letters(own, found.value.number, letters)
    return replace(found, sealed=sealed, sealed_letters=closed)


def _follow(office: Office, submission: int, text: str) -> list[int]:
    """Move the comments to where their words now stand; returns those whose words are gone."""
    moved: list[tuple[int, int, int]] = []
    gone: list[int] = []
    end = 0
    for comment in comments.of_submission(office.store.db, submission):
        start = _place(comment, text, end)
        if start < 0:
            gone.append(comment.number)
        else:
            end = start + len(comment.text)
            moved.append((comment.number, start, end))
    changes.move(office.store.db, moved)
    comments.supersede(office.store.db, gone)
    return gone


def _place(comment: Comment, text: str, after: int) -> int:
    """Return where a comment's words stand, in the order of the text; -1 when they are gone."""
    return text.find(comment.text, after) if comment.text else -1


def _note(
    office: Office, consultation: int, verb: str, number: str, after: dict[str, object]
) -> str:
    return events.add(
        office.store.db,
        at=office.clock(),
        actor=ACTOR,
        verb=verb,
        subject=f"submission:{number}",
        after=after,
        consultation=consultation,
    )
