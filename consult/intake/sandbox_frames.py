"""How the sandbox and its child talk: JSON with the bytes beside it, each with its length.

An answer of the child is believed no more than the file it read: sizes are checked before anything
is taken into memory, and nothing but JSON is decoded.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct(">Q")
_BLOB: Final = "\x00bytes"  # the key that stands for bytes in the JSON
END: Final = {"end": True}


def write_frame(sink: IO[bytes], data: bytes) -> None:
    """Write bytes with their length before them."""
    sink.write(_LENGTH.pack(len(data)))
    sink.write(data)
    sink.flush()


def pack(answer: dict[str, Any]) -> bytes:
    """Return an answer as bytes: the JSON and, behind it, the byte strings it holds."""
    blobs: list[bytes] = []

    def beside(value: object) -> object:
        if not isinstance(value, bytes):
            raise TypeError(type(value).__name__)
        blobs.append(value)
        return {_BLOB: len(blobs) - 1}

    text = json.dumps(answer, ensure_ascii=True, default=beside).encode()
    return b"".join(_LENGTH.pack(len(part)) + part for part in (text, *blobs))


def unpack(frame: bytes) -> dict[str, Any]:
    """Return the answer in a frame; raises ``ValueError`` when it is none."""
    parts = []
    place = 0
    while place < len(frame):
        if place + _LENGTH.size > len(frame):
            raise ValueError(place)
        (length,) = _LENGTH.unpack_from(frame, place)
        place += _LENGTH.size
        if length > len(frame) - place:
            raise ValueError(length)
        parts.append(frame[place : place + length])
        place += length

    def back(found: dict[str, Any]) -> Any:
        return parts[1 + int(found[_BLOB])] if found.keys() == {_BLOB} else found

    answer = json.loads(parts[0], object_hook=back) if parts else None
    if not isinstance(answer, dict):
        raise ValueError(type(answer).__name__)
    return answer


def read_frame(source: IO[bytes], *, most: int) -> tuple[dict[str, Any], int] | None:
    """Return the next answer and its size in bytes; None when there is none, or one too large.

    Raises ``ValueError`` and ``IndexError`` for what is no answer.
    """
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = source.read(length) if length <= most else b""
    if len(frame) < length or length > most:
        return None
    return unpack(frame), length
