"""The second factor of signing in: a code from a device (TOTP), or one of ten recovery codes."""

from __future__ import annotations

from dataclasses import dataclass

from consult.crypto.codes import canonical, keyed_hash, new_code
from consult.crypto.one_time import accepted_step, address, new_secret
from consult.crypto.sealing import seal, unseal
from consult.domain.errors import InputRefused
from consult.services.office import Office
from consult.store import events, second_factors, sessions, staff
from consult.store.staff import StaffRow

RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """A factor that is begun: the secret in base 32, and the address for the QR code."""

    secret: str
    address: str


def begin(office: Office, *, username: str, issuer: str) -> Enrolment:
    """Return the factor begun before, or begin one; it counts only once it is confirmed."""
    with office.store.write() as db:
        row = staff.known(db, username)
        found = second_factors.find(db, row.id)
        if found is not None and not found.confirmed:
            secret = _open(office, row, found.secret)
        else:
            secret = new_secret()
            if found is None:
                second_factors.begin(db, row.id, secret=_close(office, row, secret))
    return Enrolment(secret, address(secret, username=username, issuer=issuer))


def confirm(office: Office, *, username: str, code: str, keep: str) -> tuple[str, ...]:
    """Make a begun factor count when its device shows the right code; returns recovery codes.

    They are shown this once and stored as keyed hashes. Other sessions end, ``keep`` (a token's
    hash) stays. Raises ``InputRefused("factor.code")`` and ``InputRefused("factor.none")``.
    """
    with office.store.write() as db:
        row = staff.known(db, username)
        found = second_factors.find(db, row.id)
        if found is None or found.confirmed:
            raise InputRefused("factor.none", field="code")
        secret = _open(office, row, found.secret)
        step = accepted_step(secret, _digits(code), now=office.clock(), after=0)
        if step is None:
            raise InputRefused("factor.code", field="code")
        codes = tuple(new_code() for _ in range(RECOVERY_CODES))
        hashes = [_hash(office, recovery) for recovery in codes]
        second_factors.confirm(db, row.id, step=step, now=office.clock(), codes=hashes)
        sessions.close_others(db, row.id, keep=keep)
        _note(office, username, "factor-confirmed", username)
    return codes


def drop_own(office: Office, *, username: str, code: str) -> None:
    """Take one's own factor away with a code of it; raises ``InputRefused("sign-in.code")``.

    A session left open on somebody's desk is not enough.
    """
    if not accepts(office, staff.known(office.store.db, username), code):
        raise InputRefused("sign-in.code", field="code")
    drop(office, username=username, actor=username)


def drop(office: Office, *, username: str, actor: str) -> None:
    """Take a factor away, as its owner or because the device is lost; all sessions end."""
    with office.store.write() as db:
        row = staff.known(db, username)
        second_factors.drop(db, row.id)
        sessions.close_all(db, row.id)
        _note(office, actor, "factor-dropped", username)


def accepts(office: Office, row: StaffRow, code: str) -> bool:
    """Tell whether a code is the device's present one or an unused recovery code, and use it up."""
    with office.store.write() as db:
        found = second_factors.find(db, row.id)
        if found is None or not found.confirmed:
            return False
        secret = _open(office, row, found.secret)
        step = accepted_step(secret, _digits(code), now=office.clock(), after=found.step)
        if step is not None:
            second_factors.used(db, row.id, step=step)
            return True
        right = second_factors.recover(
            db, row.id, code=_hash(office, code), now=office.clock()
        )  # fmt: skip
        if right:
            _note(office, row.username, "recovery-code-used", row.username)
        return right


def recovery_left(office: Office, *, username: str) -> int:
    """Count the recovery codes somebody has left."""
    return second_factors.left(office.store.db, staff.known(office.store.db, username).id)


def _digits(code: str) -> str:
    """Return the digits of a code; full-width ones and blanks between them do not matter."""
    return "".join(c for c in canonical(code) if c.isdigit())


def _hash(office: Office, code: str) -> str:
    return keyed_hash(office.keys.codes, f"recovery {canonical(code)}")


def _close(office: Office, row: StaffRow, secret: str) -> bytes:
    return seal(office.keys.wrap, secret.encode(), bound_to=f"factor of {row.id}")


def _open(office: Office, row: StaffRow, sealed: bytes) -> str:
    return unseal(office.keys.wrap, sealed, bound_to=f"factor of {row.id}").decode()


def _note(office: Office, actor: str, verb: str, username: str) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"staff:{username}"
    )
