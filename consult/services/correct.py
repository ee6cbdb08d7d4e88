"""Put a new version in place of what a submitter wrote: other words, further files, fewer files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.attachment import Attachment
from consult.domain.comment import Choice, Comment, NewSubmission, Receipt, Submission
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank
from consult.services import attach, vault
from consult.services.admit import Rules, admit, check
from consult.services.detach import detach
from consult.services.look_up import Key
from consult.services.office import Office
from consult.services.revise import listed, note, standing
from consult.services.uploads import kept_files
from consult.store import changes, comments, consultations, files, submissions
from consult.store.submissions import StoredSubmission

MOST_FILES = 20  # of one submission, with all its corrections


def correct(
    office: Office,
    *,
    slug: str,
    key: Key,
    new: NewSubmission,
    now: datetime,
    without: Sequence[str] = (),
    opened: datetime | None = None,
    rules: Rules | None = None,
) -> Receipt:
    """Put a new version in place of the text; the earlier one stays until withdrawn or erased.

    Comments whose words are still there keep their numbers and what was decided about them; others
    are superseded. Contact data stay as they are; files stay but those named in ``without``, and
    these are kept like an earlier version. Raises ``WindowClosed``, ``InputRefused``,
    ``NotFound``, ``TooMany``, ``Conflict`` when it was withdrawn.
    """
    rules = rules or Rules()
    identifier, found = listed(office, slug, key)
    consultation = consultations.find(office.store.db, slug)[1]
    admit(consultation.window, now=now, opened=opened, grace=rules.grace)
    plan = consultations.plan(office.store.db, identifier)
    checked = check(replace(new, name="", contact=""), plan, rules=rules, strict=True)
    number = found.value.number
    with office.store.write() as db:
        found = standing(submissions.by_id(db, found.value.id))  # as it is now
        there = {item.storage for item in files.attachments(db, found.value.id)}
        going = there.intersection(without)
        attached = _files(office, checked, len(there) - len(going))
        commitment, gone = rewrite(office, found, checked, attached, going)
        said: dict[str, object] = {"commitment": commitment, "superseded": gone}
        said |= {"files": len(attached)} if attached else {}
        said |= {"without": len(going)} if going else {}
        head = note(office, identifier, "corrected", number, said)
    return Receipt(number, key.code, found.value.received, found.value.late, head=head)


def _files(office: Office, new: NewSubmission, staying: int) -> tuple[Attachment, ...]:
    """Return the files that are to be added to those that stay.

    Raises ``InputRefused`` where neither words nor files would be left, or too many files.
    """
    more = kept_files(office, token=new.form) if new.form else ()
    if is_blank(new.text) and not more and not staying:
        raise InputRefused("text.blank", field="text")
    if more and staying + len(more) > MOST_FILES:
        raise InputRefused("attachment.many", field="files", name=more[-1].name, limit=MOST_FILES)
    return more


def rewrite(
    office: Office,
    found: StoredSubmission,
    new: NewSubmission,
    attached: Sequence[Attachment],
    going: Collection[str],
) -> tuple[str, list[int]]:
    """Store the new version; returns its commitment and the numbers of superseded comments."""
    own, number = vault.key_of(office.keys, found), found.value.number
    before = vault.original(office.keys, found)
    letters = [*detach(office, found, going), *attach.letters(attached)]
    whole, _ = vault.joined(new.text, letters)
    new = _chosen_before(before, new, whole)
    sealed, commitment = vault.close_text(own, number, new)
    changes.correct(
        office.store.db, found.value.id, sealed=sealed, choices=new.choices, now=office.clock(),
        sealed_letters=vault.close_letters(own, number, letters),
    )  # fmt: skip
    attach.move(office, new, attached, submission=found.value.id, key=own)
    return commitment, _follow(office, found.value.id, whole)


def _chosen_before(before: Submission, new: NewSubmission, whole: str) -> NewSubmission:
    """Take over pieces and choices whose words still stand in the new text, where it has none.

    ``whole`` is the new text with its files: a choice may be of what a file says.
    """
    if new.spans or new.choices:
        return new
    spans = [_found(before.text[part.start : part.end], new.text) for part in before.parts
             if not part.source]  # fmt: skip
    choices = [
        Choice(*place, choice.section)
        for choice in before.choices
        if (place := _found(
            before.text[choice.start : choice.end], whole,
            after=len(new.text) if choice.start >= before.typed else 0,
        ))
    ]  # fmt: skip
    if not all(spans) or sum(end - start for start, end in filter(None, spans)) < _own(new.text):
        spans = []  # something stands between them: the text is one piece now
    return replace(new, spans=tuple(filter(None, spans)), choices=tuple(choices))


def _found(words: str, text: str, after: int = 0) -> tuple[int, int] | None:
    start = text.find(words, after) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def _own(text: str) -> int:
    """Count what is not a line end between pieces."""
    return len(text) - text.count("\n\n") * 2


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
