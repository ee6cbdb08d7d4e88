"""Receipt numbers and secret codes, and their keyed hashes.

Both use Crockford's base 32 without the letters people confuse (I, L, O, U). A number has 40 random
bits, so it tells nothing about how many came before; a code has 65, stored as HMAC-SHA256: a slow
hash buys nothing for random codes and costs throughput.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# A byte → the letter of its lowest five bits: random bytes make random letters.
_LOWEST = bytes(ord(ALPHABET[byte & 31]) for byte in range(256))
# What people type for a letter that is not in the alphabet (Crockford's decoding table).
_CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def _random(length: int) -> str:
    return secrets.token_bytes(length).translate(_LOWEST).decode()


def _letters(value: int, length: int) -> str:
    """Write a number in the alphabet, five bits a letter, the lowest first."""
    return "".join(ALPHABET[(value >> 5 * place) & 31] for place in range(length))


def new_number() -> str:
    """Return a public receipt number such as ``7K3M-92QF`` (40 bits)."""
    text = _random(8)
    return f"{text[:4]}-{text[4:]}"


def new_code() -> str:
    """Return a secret code such as ``4Z7QX-M2KPD-8WT`` (65 bits)."""
    return _grouped(_random(13))


def code_from(key: bytes, secret: str) -> str:
    """Derive a secret code (65 bits) from a secret by HMAC: the same secret gives the same code."""
    value = int.from_bytes(hmac.digest(key, f"code {secret}".encode(), "sha256"), "big")
    return _grouped(_letters(value, 13))


def _grouped(text: str) -> str:
    return f"{text[:5]}-{text[5:10]}-{text[10:]}"


def canonical(typed: str) -> str:
    """Fold what a person typed: case, width, separators and confused letters do not matter."""
    narrow = typed if typed.isascii() else unicodedata.normalize("NFKC", typed)
    return "".join(c for c in narrow.upper().translate(_CONFUSED) if c in ALPHABET)


def keyed_hash(key: bytes, text: str) -> str:
    """Return the HMAC-SHA256 of a text as hex."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def new_token() -> str:
    """Return a URL-safe secret of 256 bits for sessions and idempotency keys."""
    return secrets.token_urlsafe(32)
