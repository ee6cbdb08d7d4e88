"""What somebody had typed into a request that is too large to be taken: read as far as it goes.

The words stand before the files in our forms, so that the first megabytes hold them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

from flask import request
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

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


def refused() -> str:
    """Return the same of a form whose body was refused."""
    body = request.environ["wsgi.input"].read(min(_READ, request.content_length or 0))
    multipart = request.mimetype == "multipart/form-data"
    pairs = _parts(body) if multipart else parse_qsl(body.decode("ascii", "replace"))
    return words(pairs)


def _parts(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a multipart body that may end anywhere."""
    boundary = request.mimetype_params.get("boundary", "")
    found: list[tuple[str, str]] = []
    try:
        decoder = MultipartDecoder(boundary.encode("ascii"))
        decoder.receive_data(body)
        name = ""
        while True:
            event = decoder.next_event()
            if isinstance(event, NeedData):
                return found
            if isinstance(event, Field):
                name, value = event.name, b""
            elif isinstance(event, Data) and name:
                value += event.data
                if not event.more_data:
                    found.append((name, value.decode("utf-8", "replace")))
                    name = ""
            elif isinstance(event, File | Epilogue):
                return found
    except (ValueError, UnicodeError):
        return found
