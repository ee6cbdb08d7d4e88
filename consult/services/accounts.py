"""Accounts of staff: add, change the password, disable, list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consult.crypto.passwords import hash_password
from consult.domain.errors import Conflict, InputRefused
from consult.domain.triage import Role
from consult.services.office import Office
from consult.store import events, staff

_NAME = re.compile(r"[\w.@-]{2,60}")
MIN_PASSWORD = 10  # characters; NIST SP 800-63B asks for at least 8, with any characters allowed
MAX_PASSWORD = 128


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff as others may see one."""

    username: str
    role: Role
    disabled: bool = False


def add_staff(office: Office, *, username: str, password: str, role: Role, actor: str) -> None:
    """Add an account; raises ``InputRefused`` and ``Conflict("staff.exists")``."""
    if not _NAME.fullmatch(username):
        raise InputRefused("staff.name", field="username")
    hashed = hash_password(_checked(password))
    with office.store.write() as db:
        if staff.find(db, username) is not None:
            raise Conflict("staff.exists", username=username)
        staff.add(db, username=username, password=hashed, role=role, now=office.clock())
        _note(office, actor, "staff-added", username, {"role": role.value})


def set_password(office: Office, *, username: str, password: str, actor: str) -> None:
    """Change a password and end all sessions of the account."""
    hashed = hash_password(_checked(password))
    with office.store.write() as db:
        staff.change(db, username, password=hashed)
        _note(office, actor, "password-changed", username, {})


def disable(office: Office, *, username: str, actor: str) -> None:
    """Disable an account and end all its sessions; what it did stays in the events."""
    with office.store.write() as db:
        staff.change(db, username, disabled=True)
        _note(office, actor, "staff-disabled", username, {})


def every_account(office: Office) -> tuple[StaffMember, ...]:
    """List all accounts by name."""
    rows = staff.every(office.store.db)
    return tuple(StaffMember(row.username, row.role, row.disabled) for row in rows)


def _checked(password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise InputRefused("staff.password", field="password", low=MIN_PASSWORD, high=MAX_PASSWORD)
    return password


def _note(office: Office, actor: str, verb: str, username: str, after: dict[str, object]) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"staff:{username}",
        after=after,
    )  # fmt: skip
