"""The keys of an office: generated at first run, mode 0600, beside the database.

They are never inside a backup unless sealed with a passphrase.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consult.domain.errors import KeysUnready

FILE = "master.key"
_SIZE = 32


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Keys derived from one master key by HKDF-SHA256 (RFC 5869), one for each purpose."""

    wrap: bytes  # seals the key of each submission
    codes: bytes  # HMAC of receipt codes
    person: bytes  # HMAC by which two submissions of one person are seen as one person's
    chain: bytes  # HMAC that seals events
    session_secret: bytes  # seals the web session cookie
    fingerprint: str  # tells a wrong key from a right one, stored in the database


def derive(master: bytes) -> Keyring:
    """Derive the keyring from 32 bytes of master key."""

    def subkey(purpose: str) -> bytes:
        kdf = HKDF(algorithm=hashes.SHA256(), length=_SIZE, salt=None, info=purpose.encode())
        return kdf.derive(master)

    return Keyring(
        wrap=subkey("consult wrap 1"),
        codes=subkey("consult codes 1"),
        person=subkey("consult person 1"),
        chain=subkey("consult chain 1"),
        session_secret=subkey("consult session 1"),
        fingerprint=subkey("consult fingerprint 1").hex()[:16],
    )


def load_keyring(folder: Path, *, create: bool = False) -> Keyring:
    """Read the master key, or generate it. Raises ``KeysUnready``."""
    path = folder / FILE
    if create and not path.exists():
        _generate(path)
    try:
        master = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise KeysUnready("keys.missing", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise KeysUnready("keys.unreadable", path=str(path)) from error
    if len(master) != _SIZE:
        raise KeysUnready("keys.unreadable", path=str(path))
    return derive(master)


def _generate(path: Path) -> None:
    """Write a new master key so that a second process racing for it cannot replace it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_SIZE) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)  # fails, rather than replaces, when another process was first
    draft.unlink()
