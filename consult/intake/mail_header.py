"""Headers of a letter from their raw bytes: RFC 2047 words, RFC 2231 parameters, senders, dates.

The standard library's readers lose raw 8-bit headers, raise on what breaks the grammar (KeyError,
AttributeError) and take seconds for 20,000 encoded words (trust.md, T4); this one is linear, takes
whatever comes, and joins encoded words before decoding, since senders cut inside of characters.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from consult.domain.errors import InputRefused
from consult.intake.charsets import decode, guessed

MOST_BYTES: Final = 256 * 1024  # of all headers of a part; real ones have a few thousand
_LONGEST: Final = 64 * 1024  # bytes of one header that are read
_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
# charset, optional language (RFC 2231 section 5), B or Q, the words; a missing end is borne.
_WORD: Final = re.compile(rb"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)(?:\?=|$)")
_ADDRESS: Final = re.compile(r"[^\s<>@\",;:()\[\]]{1,100}@[^\s<>@\",;:()\[\]]{1,200}")
_EARLIEST, _LATEST = 1990, 2100  # as for all imported dates: what lies outside is no date


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of a part: lower-case names and raw unfolded values, in their order."""

    fields: tuple[tuple[str, bytes], ...]

    def raw(self, name: str) -> bytes:
        """Return the first field of a name, empty when there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def all(self, name: str) -> tuple[bytes, ...]:
        """Return all fields of a name."""
        return tuple(value for key, value in self.fields if key == name)

    def text(self, name: str) -> str:
        """Return a field in words."""
        return words(self.raw(name))


def parse(block: bytes) -> Headers:
    """Read a block of headers; lines that are none are left out.

    Raises ``InputRefused("mail.headers")`` when there is more than any letter has.
    """
    if len(block) > MOST_BYTES:
        raise InputRefused("mail.headers", field="headers", limit=MOST_BYTES // 1024)
    found: list[tuple[str, bytearray]] = []
    for line in block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        field = _FIELD.match(line)
        if line[:1] in (b" ", b"\t"):
            if found:
                found[-1][1].extend(line)
        elif field:
            found.append((field.group(1).decode().lower(), bytearray(line[field.end() :])))
    return Headers(tuple((name, bytes(value[:_LONGEST]).strip()) for name, value in found))


def words(raw: bytes) -> str:
    """Return a header in words: encoded words decoded, raw bytes read by the chain."""
    return "".join(_runs(raw)).strip()


def _runs(raw: bytes) -> Iterator[str]:
    """Yield stretches of text; neighbouring encoded words of one charset are joined as bytes."""
    place = 0
    charset, waiting = b"", b""
    for match in _WORD.finditer(raw):
        between = raw[place : match.start()]
        label, data = match.group(1).lower(), _unword(match.group(2), match.group(3))
        if place and waiting and between.strip() == b"" and label == charset:
            waiting += data
        else:
            yield _decoded(waiting, charset)
            if between.strip() or not waiting:  # white space between two words is no text
                yield guessed(between)
            charset, waiting = label, data
        place = match.end()
    yield _decoded(waiting, charset)
    yield guessed(raw[place:])


def _decoded(data: bytes, charset: bytes) -> str:
    return decode(data, charset.decode("ascii", "replace")) if data else ""


def _unword(encoding: bytes, data: bytes) -> bytes:
    if encoding in b"bB":
        return base64_of(data)
    return binascii.a2b_qp(data.replace(b"_", b" "), header=True)


def base64_of(data: bytes) -> bytes:
    """Return what base64 holds; characters that are none are skipped, a missing end is borne."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """Return the value of a structured field (lower case) and its parameters.

    Reads RFC 2231 (``name*``, ``name*0``, ``name*1*``), encoded words in quotes, and raw bytes.
    """
    first, *rest = _split(raw)
    segments: dict[str, list[tuple[int, bool, bytes]]] = {}
    for item in rest[:500]:
        name, mark, value = item.partition(b"=")
        key = re.fullmatch(rb"\s*([^\s*]+)(?:\*(\d{1,3}))?(\*)?\s*", name)
        if not mark or not key:
            continue
        place = (int(key.group(2) or 0), bool(key.group(3)), _unquoted(value.strip()))
        segments.setdefault(key.group(1).decode("ascii", "replace").lower(), []).append(place)
    found = {name: _joined(sorted(parts, key=lambda p: p[0])) for name, parts in segments.items()}
    return words(first).lower(), found


def _split(raw: bytes) -> list[bytes]:
    """Split at semicolons outside of quotes."""
    return re.findall(rb'(?:"(?:\\.|[^"\\])*"|"|[^";])+', raw) or [b""]


def _unquoted(value: bytes) -> bytes:
    if value[:1] == b'"':
        return re.sub(rb"\\(.)", rb"\1", value[1:].removesuffix(b'"'))
    return value


def _joined(parts: Sequence[tuple[int, bool, bytes]]) -> str:
    if not any(extended for _, extended, _ in parts):
        return words(b"".join(value for _, _, value in parts))
    charset, joined = "", b""
    for place, (_, extended, value) in enumerate(parts):
        data = value
        if extended and place == 0 and value.count(b"'") >= 2:
            label, _, data = value.split(b"'", 2)
            charset = label.decode("ascii", "replace")
        joined += unquote_to_bytes(data) if extended else data
    return decode(joined, charset)


def sender(raw: bytes) -> tuple[str, str]:
    """Return name and address of a From field, each empty when there is none.

    The address is looked for before words are decoded, so that a name cannot pretend to be one.
    """
    shown = raw.decode("ascii", "replace")
    angled = re.findall(r"<\s*([^<>]{1,400})\s*>", shown)
    address = next((a for part in reversed(angled) for a in _ADDRESS.findall(part)), "")
    if address:
        name = words(raw[: raw.rindex(b"<")])
    else:
        plain = words(raw)
        address = next(iter(_ADDRESS.findall(plain)), "")
        name = plain.replace(address, "") if address else plain
    name = re.sub(r"\\(.)", r"\1", name).strip(" \t\"'()<>,;")
    return ("" if name.casefold() == address.casefold() else name), address.lower()


def instant(raw: bytes) -> datetime | None:
    """Return the instant of a Date field, or of the date behind a Received field's semicolon."""
    text = raw.decode("ascii", "replace").rpartition(";")[2].strip()[:100]
    try:
        found = parsedate_to_datetime(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found = found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None
