"""The worker's part in imports: it takes in what waits, goes on where another one was ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from consult.domain.errors import ConsultError
from consult.domain.ledger import ImportReport, ImportState, Source, SourceKind
from consult.intake.jsonl import read_jsonl
from consult.services.admit import Rules
from consult.services.import_items import import_items
from consult.services.import_table import import_table
from consult.services.office import Office
from consult.services.owner import alive, new_owner
from consult.services.queue_import import content, keep_source
from consult.services.table_columns import load_columns
from consult.services.take_letters import take_mail
from consult.services.undo_import import go_on
from consult.store import consultations, imports
from consult.store.imports import Begun

_log = logging.getLogger(__name__)


class Importer(Protocol):
    """Takes the bytes of a kind of source in; ``options`` say how they are read."""

    def __call__(
        self, office: Office, *, slug: str, data: bytes, source: Source, now: datetime,
        actor: str, rules: Rules, options: Mapping[str, object], number: int | None,
    ) -> ImportReport:  # fmt: skip
        """Import, into the ledger's entry ``number`` where it has one already."""


def _table(
    office: Office, *, slug: str, data: bytes, source: Source, now: datetime, actor: str,
    rules: Rules, options: Mapping[str, object], number: int | None,
) -> ImportReport:  # fmt: skip
    return import_table(
        office, slug=slug, data=data, source=source, columns=load_columns(options), now=now,
        actor=actor, rules=rules, number=number,
    )  # fmt: skip


def _jsonl(
    office: Office, *, slug: str, data: bytes, source: Source, now: datetime, actor: str,
    rules: Rules, options: Mapping[str, object], number: int | None,
) -> ImportReport:  # fmt: skip
    _, consultation = consultations.find(office.store.db, slug)
    zone = ZoneInfo(consultation.window.timezone)
    items = read_jsonl(data.splitlines(keepends=True), source.name, zone=zone)
    return import_items(
        office, slug=slug, items=items, now=now, actor=actor, rules=rules, source=source,
        options=options, number=number,
    )  # fmt: skip


# What an import reads → who reads it; a new kind is added here.
IMPORTERS: Final[dict[SourceKind, Importer]] = {
    SourceKind.TABLE: _table,
    SourceKind.JSONL: _jsonl,
    SourceKind.MAIL: take_mail,
}


def run_imports(office: Office, *, now: Callable[[], datetime], rules: Rules) -> int:
    """Take in everything that waits or was broken off; returns how many imports there were."""
    done = 0
    for begun in imports.unfinished(office.store.db):
        if _free(office, begun):
            done += 1
            _run(office, begun, now(), rules)
    return done


def _free(office: Office, begun: Begun) -> bool:
    """Tell whether nobody works on it; one that a command began without a file is the command's."""
    if begun.record.state is ImportState.WAITING:
        return True
    if begun.owner and alive(begun.owner, begun.heartbeat, office.clock()):
        return False
    held = imports.file_of(office.store.db, begun.record.number) is not None
    return begun.record.state is ImportState.UNDOING or held


def _run(office: Office, begun: Begun, now: datetime, rules: Rules) -> None:
    record = begun.record
    try:
        if record.state is ImportState.UNDOING:
            with office.store.write() as db:
                imports.take(db, record.number, owner=new_owner(), state=ImportState.UNDOING,
                             now=office.clock())  # fmt: skip
            go_on(office, number=record.number, all_of_it=True)
            return
        IMPORTERS[record.source.kind](
            office, slug=begun.slug, data=content(office, record.number), source=record.source,
            now=now, actor=record.actor, rules=rules, options=record.options,
            number=record.number,
        )  # fmt: skip
    except ConsultError as error:  # it stands in the ledger, and the next one goes on
        _log.warning("import %s: %s", record.number, error.code)
    except Exception:
        _log.exception("import %s failed", record.number)
        failed = ConsultError("import.failed")
        with office.store.write() as db:
            imports.finish(db, record.number, ImportState.FAILED, now=office.clock(),
                           error=failed.code)  # fmt: skip


def import_file(
    office: Office, *, slug: str, data: bytes, source: Source, now: datetime, actor: str,
    rules: Rules, options: Mapping[str, object],
) -> ImportReport:  # fmt: skip
    """Take a file in here and now, keeping it beside the ledger; one broken off before goes on.

    Raises as ``import_items``.
    """
    number = None
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        before = imports.broken_off(db, consultation, source)
        if before is None and source.kind is SourceKind.TABLE:
            number = imports.add(
                db, consultation, source, actor=actor, state=ImportState.DRAFT, options=options,
                now=office.clock(),
            )  # fmt: skip
            keep_source(office, number, data)
    return IMPORTERS[source.kind](
        office, slug=slug, data=data, source=source, now=now, actor=actor, rules=rules,
        options=options, number=number,
    )  # fmt: skip
