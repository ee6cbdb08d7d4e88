"""The one session cookie, sealed: whoever holds it can neither read nor change it.

Flask signs its session and leaves it readable. Sealing hides it, and opening and closing it takes a
sixth of the time, which every page pays.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
import zlib
from functools import lru_cache
from typing import Any, Final

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.http import dump_cookie, parse_cookie

from consult.crypto.sealing import seal, unseal
from consult.domain.errors import KeysUnready

_BOUND: Final = "session"
_LONG: Final = 1000  # bytes from which packing is worth its time: a cookie holds 4 kB
_PLAIN, _PACKED = b"0", b"1"


class SealedSessions(SecureCookieSessionInterface):
    """Flask's sessions with another way of writing them into the cookie."""

    def get_signing_serializer(self, app: Flask) -> Any:
        """Return what writes and reads the cookie; None where the site has no secret."""
        return _sealer(app.secret_key) if isinstance(app.secret_key, bytes) else None

    def of_cookies(self, app: Flask, cookies: str) -> SecureCookieSession:
        """Return the session in a header of cookies, an empty one where there is none."""
        given = parse_cookie(cookies).get(self.get_cookie_name(app))
        age = int(app.permanent_session_lifetime.total_seconds())
        try:
            value = self.get_signing_serializer(app).loads(given, max_age=age) if given else {}
        except BadSignature:
            value = {}
        return SecureCookieSession(value)

    def cookie(self, app: Flask, session: SecureCookieSession) -> str:
        """Return the header that keeps a session, as ``save_session`` sets it."""
        return dump_cookie(
            self.get_cookie_name(app),
            self.get_signing_serializer(app).dumps(dict(session)),
            domain=self.get_cookie_domain(app),
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=self.get_cookie_httponly(app),
            samesite=self.get_cookie_samesite(app),
        )


class Sealer:
    """Writes a mapping as sealed text, with the instant of writing, and reads it again."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._key = hmac.digest(secret, f"consult web {purpose} 1".encode(), "sha256")

    def dumps(self, value: object) -> str:
        """Return sealed text."""
        plain = json.dumps([int(time.time()), value], separators=(",", ":")).encode()
        plain = _PACKED + zlib.compress(plain) if len(plain) > _LONG else _PLAIN + plain
        return base64.urlsafe_b64encode(seal(self._key, plain, bound_to=_BOUND)).decode()

    def loads(self, given: str | bytes, max_age: int | None = None) -> Any:
        """Return what was sealed, at most ``max_age`` seconds ago; raises ``BadSignature``."""
        try:
            plain = unseal(self._key, base64.urlsafe_b64decode(given), bound_to=_BOUND)
        except (binascii.Error, ValueError, KeysUnready) as error:
            raise BadSignature("not sealed here") from error
        written, value = json.loads(zlib.decompress(plain[1:]) if plain[:1] == _PACKED
                                    else plain[1:])  # fmt: skip
        if max_age is not None and time.time() - written > max_age:
            raise BadSignature("too old")
        return value


@lru_cache(maxsize=16)
def _sealer(secret: bytes) -> Sealer:
    return Sealer(secret, "session")


@lru_cache(maxsize=16)
def form_sealer(secret: bytes) -> Sealer:
    """Return what seals the key of a form."""
    return Sealer(secret, "form")
