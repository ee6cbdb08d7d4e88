"""Bring an older database up to date, keeping a copy of what it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consult.domain.errors import StoreUnready
from consult.store import copying
from consult.store.database import FILE, migrate_store, peek


@dataclass(frozen=True, slots=True)
class Migrated:
    """The steps taken, and where the copy made before lies (None when nothing was to do)."""

    steps: tuple[str, ...]
    copy: Path | None


def migrate(data_dir: Path) -> Migrated:
    """Apply all pending steps after copying the database; raises ``StoreUnready``."""
    path = data_dir / FILE
    if not path.exists():
        raise StoreUnready("store.missing", path=str(path))
    pending = peek(path)
    if not pending:
        return Migrated((), None)
    copy = path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}")
    copying.copy_file(path, copy)
    return Migrated(migrate_store(path), copy)
