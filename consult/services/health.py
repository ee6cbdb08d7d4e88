"""Whether the site can do its work."""

from __future__ import annotations

import shutil

from consult.domain.errors import ConsultError
from consult.services.office import Office
from consult.store import consultations, facts

_FREE = 50_000_000  # bytes below which a submission with attachments could fail


def ready(office: Office) -> tuple[str, ...]:
    """Return the codes of all problems; empty means ready."""
    problems = []
    try:
        if facts.read(office.store.db, "keys") != office.keys.fingerprint:
            problems.append("keys.mismatch")
        if not consultations.every(office.store.db):
            problems.append("consultation.none")
        with office.store.write():
            pass
    except ConsultError as error:
        problems.append(error.code)
    if shutil.disk_usage(office.store.path.parent).free < _FREE:
        problems.append("store.full")
    return tuple(problems)
