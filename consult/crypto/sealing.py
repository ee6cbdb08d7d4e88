"""Sealing with AES-256-GCM: each submission has its own key, so erasing the key erases the rest.

The key of a submission is itself sealed with the office's wrapping key and stored in its own table;
``bound_to`` (the submission's number) is authenticated, so a swapped row does not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consult.domain.errors import KeysUnready

_NONCE = 12  # bytes; NIST SP 800-38D recommends 96 bits


def seal(key: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """Encrypt and authenticate; the result is 28 bytes longer than the input."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """Decrypt; raises ``KeysUnready`` when the key or the row is not the right one."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except InvalidTag as error:
        raise KeysUnready("keys.mismatch", row=bound_to) from error


def new_key() -> bytes:
    """Return a fresh 256-bit key."""
    return secrets.token_bytes(32)
