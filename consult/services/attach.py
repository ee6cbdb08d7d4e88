"""Hand the files of a form over to its submission, under the submission's own key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.attachment import Attachment, Enclosure, FileWords
from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank
from consult.services.office import Office
from consult.services.uploads import form_hash, kept_files, shown_name
from consult.store import drafts, files, originals
from consult.store.files import StoredFile


def kept(office: Office, new: NewSubmission, *, any_files: bool = True) -> tuple[Attachment, ...]:
    """Return the files that lie with the form of a submission, if there are any.

    Raises ``InputRefused("text.blank")`` for one that has neither words nor files.
    """
    found = kept_files(office, token=new.form) if new.form and any_files else ()
    if is_blank(new.text) and not found and not new.enclosures:
        raise InputRefused("text.blank", field="text")
    return found


def letters(found: Sequence[Attachment], enclosures: Sequence[Enclosure] = ()) -> list[FileWords]:
    """Return what each file that says something says."""
    said = [FileWords(file.name, file.text, file.storage) for file in found]
    said += [FileWords(shown_name(item.name), item.letter.text) for item in enclosures]
    return [words for words in said if not is_blank(words.text)]


def enclose(office: Office, enclosures: Sequence[Enclosure], *, submission: int, key: bytes) -> int:
    """Seal the files that came in a letter; returns how many. Joins the caller's transaction."""
    for item in enclosures:
        storage = secrets.token_hex(16)
        stored = StoredFile(
            storage=storage, owner=str(submission), kind=item.letter.kind, size=len(item.data),
            state=item.letter.state,
            sealed_name=seal(key, shown_name(item.name).encode(), bound_to=f"{storage}/name"),
        )  # fmt: skip
        files.add_attachment(
            office.store.db, submission, stored, seal(key, item.data, bound_to=storage)
        )
    return len(enclosures)


def keep_original(
    office: Office, original: bytes, *, number: str, submission: int, key: bytes
) -> None:
    """Seal a letter as it came, byte for byte; joins the caller's transaction."""
    sealed = seal(key, original, bound_to=f"{number}/original")
    originals.add(office.store.db, submission, sealed, size=len(original))


def keep(
    office: Office,
    new: NewSubmission,
    found: Sequence[Attachment],
    *,
    number: str,
    submission: int,
    key: bytes,
    any_form: bool,
) -> int:
    """Seal everything that came with a submission; returns how many files there were.

    ``any_form`` tells whether files or a draft lie with its form. Joins the caller's transaction.
    """
    count = move(office, new, found, submission=submission, key=key) if any_form else 0
    count += enclose(office, new.enclosures, submission=submission, key=key)
    if new.original:
        keep_original(office, new.original, number=number, submission=submission, key=key)
    return count


def move(
    office: Office,
    new: NewSubmission,
    found: Sequence[Attachment],
    *,
    submission: int,
    key: bytes,
) -> int:
    """Seal the files of a form anew for a submission; returns how many there were.

    Joins the caller's transaction. The form's saved draft goes too: it has been sent.
    """
    if not new.form:
        return 0
    db = office.store.db
    form = form_hash(office, new.form)
    drafts.forget(db, form)
    if not found:
        return 0
    own = bytes.fromhex(keyed_hash(office.keys.wrap, f"form {new.form}"))
    for item in files.uploads(db, form):
        name = unseal(own, item.sealed_name, bound_to=f"{item.storage}/name")
        data = unseal(own, files.upload_content(db, item.storage), bound_to=item.storage)
        moved = replace(item, sealed_name=seal(key, name, bound_to=f"{item.storage}/name"))
        files.add_attachment(db, submission, moved, seal(key, data, bound_to=item.storage))
    files.drop_uploads(db, form)
    return len(found)
