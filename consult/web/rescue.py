"""What somebody had typed into a request that is too large to be taken: read as far as it goes.

The words stand before the files in our forms, so that the first megabytes hold them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

from flask import request
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from consult.domain.text import REPLACEMENT

_READ: Final = 4_000_000  # bytes
# The fields in which people write at length.
_WORDS: Final = frozenset(
    {"text", "original", "replacement", "reason", "why", "answer", "change", "gist"}
)


def words(pairs: Iterable[tuple[str, str]]) -> str:
    """Return what a person wrote into the fields of a form, a blank line between two of them."""
    return "\n\n".join(
        value.strip("\r\n")
        for name, value in pairs
        if name.rpartition("-")[2] in _WORDS and value.strip()
    )


def refused() -> tuple[str, bool]:
    """Return the same of a form whose body was refused, and whether words may be missing.

    Of a body of text alone the first megabytes are read: more than twenty times what is taken.
    """
    length = request.content_length or 0
    body = request.environ["wsgi.input"].read(min(_READ, length))
    if request.mimetype == "multipart/form-data":
        pairs, cut = _parts(body)
        return words(pairs).rstrip(REPLACEMENT * cut), cut
    cut = length > len(body)
    if cut and b"%" in body[-2:]:  # the cut goes through an escape, perhaps through a character
        body = body[: body.rfind(b"%")]
    return words(parse_qsl(body.decode("ascii", "replace"))).rstrip(REPLACEMENT * cut), cut


def _parts(body: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Return the fields of a multipart body that may end anywhere, and whether one was cut."""
    boundary = request.mimetype_params.get("boundary", "")
    found: list[tuple[str, str]] = []
    name, value = "", b""
    try:
        decoder = MultipartDecoder(boundary.encode("ascii"))
        decoder.receive_data(body)
        while True:
            event = decoder.next_event()
            if isinstance(event, Field):
                name, value = event.name, b""
            elif isinstance(event, Data) and name:
                value += event.data
                if not event.more_data:
                    found.append((name, value.decode("utf-8", "replace")))
                    name = ""
            elif isinstance(event, NeedData | File | Epilogue):
                break
    except (ValueError, UnicodeError):
        pass  # what was read until then is worth keeping
    if name:
        found.append((name, value.decode("utf-8", "replace")))
    return found, bool(name)
