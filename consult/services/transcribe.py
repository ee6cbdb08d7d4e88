"""Files that wait for staff (待转录): list them, hand them out, write down what they say."""

from __future__ import annotations

from dataclasses import dataclass

from consult.crypto.sealing import unseal
from consult.domain.attachment import Attachment, FileWords, Reading
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import is_blank, normalise
from consult.intake.letter import MAX_CHARACTERS
from consult.services import vault
from consult.services.office import Office
from consult.services.uploads import opened
from consult.store import changes, consultations, events, files, submissions
from consult.store.files import StoredFile
from consult.store.submissions import StoredSubmission


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, and the number of the submission it came with."""

    number: str
    file: Attachment


def waiting(office: Office, *, slug: str) -> tuple[Waiting, ...]:
    """Return the files that staff have to transcribe, oldest first."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    found = []
    for item in files.awaiting(db, identifier):
        sender = submissions.by_id(db, int(item.owner))
        file = opened(vault.key_of(office.keys, sender), item, "")
        found.append(Waiting(sender.value.number, file))
    return tuple(found)


def file_content(office: Office, *, slug: str, storage: str) -> tuple[Attachment, bytes]:
    """Return a file of a submission and what it holds; raises ``NotFound``."""
    _, sender, item, sealed = _find(office, slug, storage)
    key = vault.key_of(office.keys, sender)
    return opened(key, item, ""), unseal(key, sealed, bound_to=storage)


def transcribe(office: Office, *, slug: str, storage: str, text: str, actor: str) -> None:
    """Add what a file says to its submission, behind everything that is there already.

    Spans and numbers of comments stay; the next analysis splits the new text. Raises
    ``InputRefused``, ``NotFound``, ``Conflict`` when somebody has done it before.
    """
    words = normalise(text, strict=True).strip("\n")
    if is_blank(words):
        raise InputRefused("text.blank", field="text")
    if len(words) > MAX_CHARACTERS:
        raise InputRefused("text.too-long", field="text", length=len(words), limit=MAX_CHARACTERS)
    with office.store.write() as db:
        identifier, sender, item, _ = _find(office, slug, storage)
        if item.state is not Reading.AWAITING:
            raise Conflict("attachment.transcribed")
        key, number = vault.key_of(office.keys, sender), sender.value.number
        said = FileWords(opened(key, item, "").name, words, storage)
        letters = [*vault.letters(office.keys, sender), said]
        sealed = vault.close_letters(key, number, letters)
        changes.set_letters(db, sender.value.id, sealed or b"")
        files.transcribed(db, storage)
        events.add(
            db, at=office.clock(), actor=actor, verb="transcribed", subject=f"submission:{number}",
            after={"file": storage, "characters": len(words)}, consultation=identifier,
        )  # fmt: skip


def _find(
    office: Office, slug: str, storage: str
) -> tuple[int, StoredSubmission, StoredFile, bytes]:
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    found = files.attachment(db, storage)
    if found is None:
        raise NotFound("attachment.unstored")
    sender = submissions.by_id(db, int(found[0].owner))
    known = submissions.by_number(db, identifier, sender.value.number)
    if known is None:  # it belongs to another consultation
        raise NotFound("attachment.unstored")
    return identifier, sender, *found
