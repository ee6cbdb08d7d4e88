"""The office's key under a passphrase, as it travels in a backup or an archive."""

from __future__ import annotations

from pathlib import Path

from consult.crypto.keyring import FILE, load_keyring
from consult.crypto.passphrase import open_with_passphrase, seal_with_passphrase
from consult.domain.errors import InputRefused
from consult.services.office import Office


def sealed_key(office: Office, passphrase: str) -> bytes:
    """Return the key file sealed with a passphrase."""
    master = (office.store.path.parent / "keys" / FILE).read_bytes()
    return seal_with_passphrase(master, passphrase)


def put_key_back(folder: Path, sealed: bytes, passphrase: str, fingerprint: str) -> None:
    """Put a sealed key back when there is none; an existing one must be the right one.

    Raises ``KeysUnready`` for a wrong passphrase, ``InputRefused`` for another key or a sealed one
    that is none.
    """
    path = folder / FILE
    if not path.exists() and sealed and passphrase:
        try:
            master = open_with_passphrase(sealed, passphrase)
        except (ValueError, KeyError, TypeError) as error:
            raise InputRefused("backup.broken", field="keys", path=FILE) from error
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(master)
    if path.exists() and load_keyring(folder).fingerprint != fingerprint:
        raise InputRefused("restore.other-keys", field="keys", path=str(path))
