"""Hand the files of a form over to its submission, under the submission's own key."""

from __future__ import annotations

from dataclasses import replace

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank
from consult.services.office import Office
from consult.services.uploads import form_hash, kept_files
from consult.store import drafts, files


def letters(office: Office, new: NewSubmission) -> list[tuple[str, str]]:
    """Return name and text of each file of a form that says something."""
    if not new.form:
        return []
    found = kept_files(office, token=new.form)
    return [(file.name, file.text) for file in found if not is_blank(file.text)]


def need_files(office: Office, new: NewSubmission) -> None:
    """Refuse a submission without words and files: ``text.blank``."""
    if not files.uploads(office.store.db, form_hash(office, new.form)):
        raise InputRefused("text.blank", field="text")


def move(office: Office, new: NewSubmission, *, submission: int, key: bytes) -> int:
    """Seal the files of a form anew for a submission; returns how many there were.

    Joins the caller's transaction. The form's saved draft goes too: it has been sent.
    """
    if not new.form:
        return 0
    db = office.store.db
    form = form_hash(office, new.form)
    own = bytes.fromhex(keyed_hash(office.keys.wrap, f"form {new.form}"))
    found = files.uploads(db, form)
    for item in found:
        name = unseal(own, item.sealed_name, bound_to=f"{item.storage}/name")
        data = unseal(own, files.upload_content(db, item.storage), bound_to=item.storage)
        moved = replace(item, sealed_name=seal(key, name, bound_to=f"{item.storage}/name"))
        files.add_attachment(db, submission, moved, seal(key, data, bound_to=item.storage))
    if found:
        files.drop_uploads(db, form)
    drafts.forget(db, form)
    return len(found)
