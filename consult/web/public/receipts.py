"""The last receipt of a browser: sealed inside the session, so that a reload does not lose it.

Flask signs its session but everybody who holds the cookie can read it; the code is therefore sealed
with a key of its own. It is never part of an address.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime

from flask import session

from consult.crypto.sealing import seal, unseal
from consult.domain.comment import Receipt
from consult.domain.errors import KeysUnready

ENTRY = "receipt"
_PURPOSE = b"consult web receipt 1"


def keep(slug: str, receipt: Receipt, secret: bytes) -> None:
    """Keep a receipt; of a repeated send the code is taken over from the first one."""
    code = receipt.code
    before = recall(slug, secret)
    if not code and before and before.number == receipt.number:
        code = before.code
    parts = [receipt.number, code, receipt.received.isoformat(), receipt.late, receipt.head,
             receipt.held]  # fmt: skip
    sealed = seal(_key(secret), json.dumps(parts).encode(), bound_to=slug)
    session[ENTRY] = base64.b64encode(sealed).decode()


def recall(slug: str, secret: bytes) -> Receipt | None:
    """Return the receipt kept for a consultation, if there is one."""
    try:
        sealed = base64.b64decode(session.get(ENTRY, ""), validate=True)
        plain = unseal(_key(secret), sealed, bound_to=slug)
    except (binascii.Error, ValueError, KeysUnready):
        return None
    number, code, received, late, head, *held = json.loads(plain)
    moment = datetime.fromisoformat(received)
    return Receipt(number, code, moment, late=late, head=head, held=any(held))


def ticket(slug: str, number: str, code: str, *, at: float, secret: bytes) -> str:
    """Seal number and code for the forms of a status page, so that its source shows no code."""
    sealed = seal(_key(secret), json.dumps([number, code, at]).encode(), bound_to=f"{slug}/ticket")
    return base64.b64encode(sealed).decode()


def redeem(slug: str, given: str, *, at: float, secret: bytes) -> tuple[str, str]:
    """Return number and code of a ticket; both empty when it is none, or older than an hour."""
    try:
        sealed = base64.b64decode(given, validate=True)
        number, code, since = json.loads(unseal(_key(secret), sealed, bound_to=f"{slug}/ticket"))
    except (binascii.Error, ValueError, KeysUnready):
        return "", ""
    return (number, code) if at - since < _LASTS else ("", "")


_LASTS = 3600  # seconds


def forget() -> None:
    """Drop the receipt from this browser."""
    session.pop(ENTRY, None)


def _key(secret: bytes) -> bytes:
    """Derive a key for this purpose alone: HMAC-SHA256 as the expansion step of HKDF."""
    return hmac.new(secret, _PURPOSE, hashlib.sha256).digest()
