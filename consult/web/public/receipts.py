"""The last receipt of a browser: kept in the sealed session, so that a reload does not lose it.

The code is never part of an address.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime

from flask import session
from flask.sessions import SessionMixin

from consult.crypto.sealing import seal, unseal
from consult.domain.comment import Receipt
from consult.domain.errors import KeysUnready

ENTRY = "receipt"
_PURPOSE = b"consult web receipt 1"


def keep(session: SessionMixin, slug: str, receipt: Receipt) -> None:
    """Keep a receipt; of a repeated send the code is taken over from the first one."""
    code = receipt.code
    if not code:
        before = _of(session, slug)
        code = before.code if before and before.number == receipt.number else ""
    session[ENTRY] = [slug, receipt.number, code, receipt.received.isoformat(), receipt.late,
                      receipt.head, receipt.held]  # fmt: skip


def recall(slug: str) -> Receipt | None:
    """Return the receipt this browser keeps for a consultation, if there is one."""
    return _of(session, slug)


def _of(session: SessionMixin, slug: str) -> Receipt | None:
    of, *kept = session.get(ENTRY) or [None]
    if of != slug:
        return None
    number, code, received, late, head, held = kept
    moment = datetime.fromisoformat(received)
    return Receipt(number, code, moment, late=late, head=head, held=held)


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
