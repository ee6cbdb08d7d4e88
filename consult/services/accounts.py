"""Accounts of staff: add, change password or role, disable, list."""

from __future__ import annotations

import re

from consult.crypto.codes import new_code
from consult.crypto.passwords import hash_password, verify_password
from consult.domain.errors import Conflict, InputRefused
from consult.domain.member import StaffMember
from consult.domain.triage import Role
from consult.services.office import Office
from consult.store import events, staff

__all__ = ["MAX_PASSWORD", "MIN_PASSWORD", "StaffMember"]

_NAME = re.compile(r"(?!\.+$)[\w.@-]{2,60}")
MIN_PASSWORD = 10  # characters; NIST SP 800-63B asks for at least 8, with any characters allowed
MAX_PASSWORD = 128


def new_password() -> str:
    """Return a password to begin with: 65 random bits, to be told once."""
    return new_code()


def add_staff(office: Office, *, username: str, password: str, role: Role, actor: str,
              everywhere: bool = True) -> None:  # fmt: skip
    """Add an account; raises ``InputRefused`` and ``Conflict("staff.exists")``.

    Not ``everywhere``: the role holds nowhere until it is given in single consultations.
    """
    if not _NAME.fullmatch(username):
        raise InputRefused("staff.name", field="username")
    hashed = hash_password(_checked(password))
    with office.store.write() as db:
        if staff.find(db, username) is not None:
            raise Conflict("staff.exists", username=username)
        staff.add(db, username=username, password=hashed, role=role, now=office.clock(),
                  everywhere=everywhere)  # fmt: skip
        _note(office, actor, "staff-added", username, {"role": role.value,
                                                       "everywhere": everywhere})  # fmt: skip


def set_password(office: Office, *, username: str, password: str, actor: str) -> None:
    """Change a password and end all sessions of the account."""
    hashed = hash_password(_checked(password))
    with office.store.write() as db:
        staff.change(db, username, password=hashed)
        _note(office, actor, "password-changed", username, {})


def change_own_password(office: Office, *, username: str, old: str, new: str) -> None:
    """Change one's own password; raises ``InputRefused("staff.old-password")``."""
    row = staff.known(office.store.db, username)
    if not verify_password(row.password, old[: MAX_PASSWORD + 1]):
        raise InputRefused("staff.old-password", field="old")
    set_password(office, username=username, password=new, actor=username)


def set_role(office: Office, *, username: str, role: Role, everywhere: bool, actor: str) -> None:
    """Change the role in the house and end all sessions of the account.

    Raises ``Conflict("staff.last-administrator")``.
    """
    with office.store.write() as db:
        row = staff.known(db, username)
        kept = staff.administrators(db)
        staff.change(db, username, role=role, everywhere=everywhere)
        _keep_one(office, kept)
        events.add(
            db, at=office.clock(), actor=actor, verb="role-changed", subject=f"staff:{username}",
            before={"role": row.role.value, "everywhere": row.everywhere},
            after={"role": role.value, "everywhere": everywhere},
        )  # fmt: skip


def disable(office: Office, *, username: str, actor: str) -> None:
    """Disable an account and end all its sessions; what it did stays in the events.

    Raises ``Conflict("staff.last-administrator")``.
    """
    with office.store.write() as db:
        kept = staff.administrators(db)
        staff.change(db, username, disabled=True)
        _keep_one(office, kept)
        _note(office, actor, "staff-disabled", username, {})


def enable(office: Office, *, username: str, actor: str) -> None:
    """Let a disabled account sign in again."""
    with office.store.write() as db:
        staff.change(db, username, disabled=False)
        _note(office, actor, "staff-enabled", username, {})


def every_account(office: Office) -> tuple[StaffMember, ...]:
    """List all accounts by name."""
    return tuple(row.member for row in staff.every(office.store.db))


def _keep_one(office: Office, before: int) -> None:
    """Refuse a change that would leave nobody who can administer the house."""
    if before and not staff.administrators(office.store.db):
        raise Conflict("staff.last-administrator")


def _checked(password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise InputRefused("staff.password", field="password", low=MIN_PASSWORD, high=MAX_PASSWORD)
    return password


def _note(office: Office, actor: str, verb: str, username: str, after: dict[str, object]) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"staff:{username}",
        after=after,
    )  # fmt: skip
