"""One-time codes by the clock (TOTP, RFC 6238): the one door to pyotp.

Six digits, steps of 30 seconds, SHA-1: what every authenticator app knows.
"""

from __future__ import annotations

from datetime import datetime

import pyotp

from consult.crypto.codes import same

STEP = 30  # seconds
_DRIFT = 1  # steps a device's clock may be behind or ahead; RFC 6238, 5.2 recommends one


def new_secret() -> str:
    """Return a new secret of 160 bits in base 32 (RFC 4226, R6)."""
    return pyotp.random_base32()


def address(secret: str, *, username: str, issuer: str) -> str:
    """Return the ``otpauth://`` address an authenticator app reads from a QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer))


def accepted_step(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """Return the step whose code was typed, or None.

    ``after`` is the newest step accepted before: no code counts twice (RFC 6238, 5.2).
    """
    current = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if step > after and same(totp.generate_otp(step), typed):
            return step
    return None
