"""Files that belong to a form: looked at, sealed and kept until the form is sent or given up.

A file waits under a key made of the office's key and the form's own token, so that the database
alone opens nothing. What goes wrong with one file is said of that file; the others stay.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.attachment import Attachment, Letter
from consult.domain.errors import InputRefused
from consult.domain.text import normalise
from consult.intake.letter import look_at
from consult.services.office import Office
from consult.store import files
from consult.store.files import StoredFile

_NAME = 200  # characters of a person's file name that are kept


@dataclass(frozen=True, slots=True)
class FileRules:
    """Limits: files of a form, bytes of one file, of a form's, of all forms', seconds kept."""

    count: int = 5
    size: int = 10_000_000
    total: int = 20_000_000
    waiting: int = 2_000_000_000
    keep: int = 86_400


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not kept: its name and why."""

    name: str
    error: InputRefused


def form_hash(office: Office, token: str) -> str:
    """Return what stands for a form in the database; its token is known to one browser."""
    return keyed_hash(office.keys.codes, f"form {token}")


def keep_files(
    office: Office, *, token: str, given: Sequence[tuple[str, bytes]], rules: FileRules
) -> tuple[Refused, ...]:
    """Keep the files (name, content) that can be taken; returns those that cannot, with why."""
    refused = []
    for name, data in given:
        shown = shown_name(name)
        try:
            _keep(office, token, shown, data, rules)
        except InputRefused as error:
            refused.append(Refused(shown, error))
    return tuple(refused)


def kept_files(office: Office, *, token: str) -> tuple[Attachment, ...]:
    """Return the files of a form in the order they came."""
    key = _key(office, token)
    found = files.uploads(office.store.db, form_hash(office, token))
    return tuple(opened(key, item) for item in found)


def drop_file(office: Office, *, token: str, storage: str) -> None:
    """Remove a file from a form."""
    with office.store.write() as db:
        files.drop_upload(db, form_hash(office, token), storage)


def shown_name(name: str) -> str:
    """Return a person's file name as it is kept: one line, without folders, not too long.

    Direction marks go, since they make ``gpj.exe`` read as a picture; nothing is ever stored or
    opened under this name.
    """
    bare = normalise(name, strict=False).replace("\\", "/").rpartition("/")[2]
    line = "".join(c for c in bare if c.isprintable()).strip()
    if len(line) <= _NAME:
        return line or "file"
    stem, dot, ending = line.rpartition(".")
    return f"{stem[: _NAME - 12]}…{dot}{ending}" if 0 < len(ending) <= 8 else f"{line[:_NAME]}…"


def opened(key: bytes, item: StoredFile, text: str | None = None) -> Attachment:
    """Return a stored file with its name and what was read from it."""
    name = unseal(key, item.sealed_name, bound_to=f"{item.storage}/name").decode()
    if text is None:
        text = unseal(key, item.sealed_text, bound_to=f"{item.storage}/text").decode()
    return Attachment(item.storage, name, item.kind, item.size, item.state, text)


def content(office: Office, *, token: str, storage: str) -> bytes:
    """Return what a file of a form holds."""
    sealed = files.upload_content(office.store.db, storage)
    return unseal(_key(office, token), sealed, bound_to=storage)


def _keep(office: Office, token: str, name: str, data: bytes, rules: FileRules) -> None:
    form, key = form_hash(office, token), _key(office, token)
    _room(office, form, name, len(data), rules)
    try:
        letter = look_at(data)  # takes time: outside of the transaction
    except InputRefused as error:
        raise InputRefused(error.code, field="files", **{**error.values, "name": name}) from error
    storage = secrets.token_hex(16)
    item = _stored(key, storage, form, name, letter, len(data))
    sealed = seal(key, data, bound_to=storage)
    now = office.clock().timestamp()
    with office.store.write() as db:
        files.expire(db, now=now)
        _room(office, form, name, len(data), rules)
        files.add_upload(db, item, sealed, expires=now + rules.keep)


def _stored(
    key: bytes, storage: str, form: str, name: str, letter: Letter, size: int
) -> StoredFile:
    return StoredFile(
        storage=storage,
        owner=form,
        kind=letter.kind,
        size=size,
        state=letter.state,
        sealed_name=seal(key, name.encode(), bound_to=f"{storage}/name"),
        sealed_text=seal(key, letter.text.encode(), bound_to=f"{storage}/text"),
    )


def _room(office: Office, form: str, name: str, size: int, rules: FileRules) -> None:
    held = files.uploads(office.store.db, form)
    if size > rules.size:
        raise InputRefused(
            "attachment.large", field="files", name=name, size=_mb(size), limit=_mb(rules.size)
        )
    if len(held) >= rules.count:
        raise InputRefused("attachment.many", field="files", name=name, limit=rules.count)
    if sum(item.size for item in held) + size > rules.total:
        raise InputRefused("attachment.total", field="files", name=name, limit=_mb(rules.total))
    if files.volume(office.store.db) + size > rules.waiting:
        raise InputRefused("attachment.full", field="files", name=name)


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")


def _key(office: Office, token: str) -> bytes:
    return bytes.fromhex(keyed_hash(office.keys.wrap, f"form {token}"))
