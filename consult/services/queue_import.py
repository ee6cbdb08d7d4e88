"""Imports from the console: the file is kept sealed, looked at, and taken in by the worker.

Nobody waits for it: neither the member of staff who sends it, nor a citizen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from consult.crypto.codes import keyed_hash
from consult.crypto.sealing import seal, unseal
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.ledger import ImportRecord, ImportState, Source, SourceKind
from consult.domain.table import Columns, Role
from consult.services.office import Office
from consult.services.table_columns import dump_columns, remember
from consult.services.uploads import shown_name
from consult.store import consultations, events, imports

_KEPT = timedelta(hours=24)  # a file that was looked at and not imported


def hold_file(
    office: Office, *, slug: str, kind: SourceKind, name: str, data: bytes, actor: str, most: int
) -> int:
    """Keep a file to be looked at; returns the number of its import, which nothing begins yet.

    Raises ``InputRefused`` (``attachment.empty``, ``import.large``), ``NotFound``.
    """
    shown = shown_name(name)
    if not data:
        raise InputRefused("attachment.empty", field="file", name=shown)
    if len(data) > most:
        size, limit = (f"{n / 1_000_000:.1f}" for n in (len(data), most))
        raise InputRefused("import.large", field="file", name=shown, size=size, limit=limit)
    source = Source(kind, shown, hashlib.sha256(data).hexdigest())
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        for number in imports.old_drafts(db, office.clock() - _KEPT):
            imports.drop(db, number)
        number = imports.add(
            db, consultation, source, actor=actor, state=ImportState.DRAFT, options={},
            now=office.clock(),
        )  # fmt: skip
        imports.keep_file(db, number, _sealed(office, number, data))
    return number


def keep_source(office: Office, number: int, data: bytes) -> None:
    """Keep the file of an import that is under way, as it came."""
    with office.store.write() as db:
        imports.keep_file(db, number, _sealed(office, number, data))


def file_content(office: Office, *, slug: str, number: int) -> tuple[ImportRecord, bytes]:
    """Return an import and its file.

    Raises ``NotFound`` (``import.unknown``, ``import.no-file``).
    """
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    record = imports.one(db, consultation, number)
    return record, content(office, number)


def content(office: Office, number: int) -> bytes:
    """Return the file of an import; raises ``NotFound("import.no-file")``."""
    sealed = imports.file_of(office.store.db, number)
    if sealed is None:
        raise NotFound("import.no-file")
    return unseal(_key(office), sealed, bound_to=f"import {number}")


def begin(
    office: Office, *, slug: str, number: int, columns: Columns, told: Mapping[str, Role],
    actor: str,
) -> None:  # fmt: skip
    """Let the worker take a file in as it was looked at; ``told`` is remembered for the next one.

    Raises ``NotFound``, ``Conflict("import.settled")``.
    """
    with office.store.write() as db:
        consultation = _draft(office, slug, number)
        remember(office, told)
        imports.wait(db, number, dump_columns(columns))
        events.add(
            db, at=office.clock(), actor=actor, verb="import-asked", subject=f"import:{number}",
            consultation=consultation,
        )  # fmt: skip


def give_up(office: Office, *, slug: str, number: int) -> None:
    """Forget a file that was looked at; raises ``NotFound``, ``Conflict("import.settled")``."""
    with office.store.write() as db:
        _draft(office, slug, number)
        imports.drop(db, number)


def _draft(office: Office, slug: str, number: int) -> int:
    consultation, _ = consultations.find(office.store.db, slug)
    if imports.one(office.store.db, consultation, number).state is not ImportState.DRAFT:
        raise Conflict("import.settled", number=number)
    return consultation


def _sealed(office: Office, number: int, data: bytes) -> bytes:
    return seal(_key(office), data, bound_to=f"import {number}")


def _key(office: Office) -> bytes:
    return bytes.fromhex(keyed_hash(office.keys.wrap, "import files"))
