"""Sealing the master key with a passphrase, so that it may travel inside a backup."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from consult.crypto.sealing import seal, unseal

# RFC 7914 section 2 with OWASP's interactive cost: about 0.1 s and 128 MiB.
_N, _R, _P = 2**17, 8, 1


def seal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Encrypt under a passphrase; the result is a JSON document."""
    salt = secrets.token_bytes(16)
    sealed = seal(_stretch(passphrase, salt), data, bound_to="keys")
    return json.dumps({"kdf": "scrypt", "salt": salt.hex(), "sealed": sealed.hex()}).encode()


def open_with_passphrase(document: bytes, passphrase: str) -> bytes:
    """Decrypt; raises ``KeysUnready("keys.mismatch")`` for a wrong passphrase."""
    parts = json.loads(document)
    key = _stretch(passphrase, bytes.fromhex(parts["salt"]))
    return unseal(key, bytes.fromhex(parts["sealed"]), bound_to="keys")


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(passphrase.encode())
