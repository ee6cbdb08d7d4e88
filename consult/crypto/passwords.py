"""Password hashes by argon2id, with the library's defaults (RFC 9106, second recommendation)."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# One hash takes 64 MiB and 0.4 s: more than two at once would starve a small server.
_AT_ONCE = threading.Semaphore(2)
_HASHER = PasswordHasher()
# Verified for unknown names, so that the answer takes as long as for known ones.
_DUMMY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "ZGDbGkCpTDVwVhmSmWOZH6SbkUKLmQ3rCaGkn1n7Zzg"
)


def hash_password(password: str) -> str:
    """Return the encoded argon2id hash; typed forms of one character are one (NFC)."""
    with _AT_ONCE:
        return _HASHER.hash(unicodedata.normalize("NFC", password))


def verify_password(stored: str | None, password: str) -> bool:
    """Check a password against a stored hash; None takes the same time and is False."""
    with _AT_ONCE:
        try:
            _HASHER.verify(stored or _DUMMY, unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None
