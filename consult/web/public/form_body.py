"""Reading what a form sends, as fast as its bytes allow.

Chinese text goes over the wire as ``%E4%BD%A0``; the standard library takes it apart escape by
escape, which took a tenth of the time of a whole submission. Here a run of escapes is read at once.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from typing import Final

TYPE: Final = "application/x-www-form-urlencoded"
_ESCAPES: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


def read_form(body: bytes) -> dict[str, str]:
    """Return the fields of an urlencoded body, the first value of each name.

    Raises ``UnicodeDecodeError`` for what is not UTF-8.
    """
    found: dict[str, str] = {}
    for part in body.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            found.setdefault(_plain(name), _plain(value))
    return found


def _plain(data: bytes) -> str:
    return _ESCAPES.sub(_bytes, data.replace(b"+", b" ")).decode()


def _bytes(escapes: re.Match[bytes]) -> bytes:
    return unhexlify(escapes[0].translate(None, b"%"))
