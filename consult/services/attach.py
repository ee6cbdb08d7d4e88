"""Hand the files of a form over to its submission, under the submission's own key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.attachment import Attachment
from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank
from consult.services.office import Office
from consult.services.uploads import form_hash, kept_files
from consult.store import drafts, files


def kept(office: Office, new: NewSubmission) -> tuple[Attachment, ...]:
    """Return the files that lie with the form of a submission.

    Raises ``InputRefused("text.blank")`` for one that has neither words nor files.
    """
    found = kept_files(office, token=new.form) if new.form else ()
    if is_blank(new.text) and not found:
        raise InputRefused("text.blank", field="text")
    return found


def letters(found: Sequence[Attachment]) -> list[tuple[str, str]]:
    """Return name and text of each file that says something."""
    return [(file.name, file.text) for file in found if not is_blank(file.text)]


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
