"""What the columns of this office's tables mean: told once, remembered for the next table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from consult.domain.consultation import Plan
from consult.domain.ledger import Source
from consult.domain.table import Columns, Role
from consult.intake.section_words import section_words
from consult.intake.table_headers import folded
from consult.intake.table_rows import Reading
from consult.services.office import Office
from consult.store import consultations, facts

_FACT = "table columns"
_MOST = 500  # headers that are remembered; the newest stay


def remembered(office: Office) -> dict[str, Role]:
    """Return what headers mean to this office, folded."""
    known = json.loads(facts.read(office.store.db, _FACT) or "{}")
    return {name: Role(role) for name, role in known.items() if role in set(Role)}


def remember(office: Office, roles: Mapping[str, Role]) -> None:
    """Keep what a person said some headers mean; joins the caller's transaction."""
    known = remembered(office)
    for header, role in roles.items():
        name = folded(header)
        if name:
            known.pop(name, None)
            known[name] = role
    kept = dict(list(known.items())[-_MOST:])
    with office.store.write() as db:
        facts.write(db, _FACT, json.dumps({name: role.value for name, role in kept.items()},
                                          ensure_ascii=False))  # fmt: skip


def dump_columns(columns: Columns) -> dict[str, object]:
    """Return columns as the options of an import."""
    roles = {name: role.value for name, role in columns.roles.items()}
    return {"roles": roles, "header": columns.header}


def load_columns(options: Mapping[str, object]) -> Columns:
    """Return the columns in the options of an import."""
    roles, header = options.get("roles"), options.get("header")
    given = roles if isinstance(roles, dict) else {}
    return Columns(
        {str(name): Role(role) for name, role in given.items()},
        header if isinstance(header, int) else None,
    )


def reading_of(office: Office, *, slug: str, source: Source, columns: Columns) -> Reading:
    """Return how a table is read: what was given, then what is remembered.

    Raises ``NotFound``.
    """
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    plan: Plan = consultations.plan(db, identifier)
    roles = {**remembered(office), **columns.roles}
    return Reading(
        name=source.name, digest=source.digest, columns=Columns(roles, columns.header),
        zone=ZoneInfo(consultation.window.timezone), sections=section_words(plan),
    )  # fmt: skip
