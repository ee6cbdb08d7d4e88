"""Bring an older database up to date, keeping a copy of what it was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from consult.domain.errors import KeysUnready, StoreUnready
from consult.services.office import open_office
from consult.store import copying, events
from consult.store.database import FILE, migrate_store, peek


@dataclass(frozen=True, slots=True)
class Migrated:
    """The steps taken, and where the copy made before lies (None when nothing was to do)."""

    steps: tuple[str, ...]
    copy: Path | None


def migrate(data_dir: Path) -> Migrated:
    """Apply all pending steps after copying the database; raises ``StoreUnready``.

    The migration is an event, unless the keys are elsewhere: a chain from before there were seals
    has a sealed one from then on.
    """
    path = data_dir / FILE
    if not path.exists():
        raise StoreUnready("store.missing", path=str(path))
    pending = peek(path)
    if not pending:
        return Migrated((), None)
    copy = path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}")
    copying.copy_file(path, copy)
    steps = migrate_store(path)
    with suppress(KeysUnready):
        office = open_office(data_dir)
        with office.store.write() as db:
            events.add(db, at=office.clock(), actor="cli", verb="migrated", subject="database",
                       after={"steps": list(steps)})  # fmt: skip
        office.store.close()
    return Migrated(steps, copy)
