"""The parts of a letter (MIME) as slices of its bytes, so that an enclosed letter stays whole.

The standard library's parser keeps a letter three times over as text and forgets where its parts
stood; here nothing is copied before it is decoded, the time is linear, and depth is bounded.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from consult.domain.errors import InputRefused
from consult.intake.mail_header import Headers, base64_of, parameters, parse, words

DEEPEST: Final = 30  # levels of parts; letters people write have three or four
MOST_PARTS: Final = 1_000
_HEAD: Final = 300_000  # bytes, more than all headers have together
_END_OF_HEAD: Final = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_LIKE_BOUNDARY: Final = re.compile(rb"(?m)^--(-*[^\s-][^\r\n]{0,199}?)[ \t]*\r?\n")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, what they say of it, and where its body lies in the letter."""

    headers: Headers
    type: str
    params: dict[str, str]
    disposition: str
    name: str
    data: bytes
    start: int
    end: int
    kids: tuple[Part, ...] = ()

    @property
    def raw(self) -> bytes:
        """The body as it stands in the letter."""
        return self.data[self.start : self.end]

    @property
    def main(self) -> str:
        """The first half of the type: ``text``, ``image`` …"""
        return self.type.partition("/")[0]

    def content(self) -> bytes:
        """Return the body, its transfer encoding undone as far as that goes."""
        encoding = words(self.headers.raw("content-transfer-encoding")).lower()
        return _decoders.get(encoding, _as_it_is)(self.raw)

    def walk(self) -> Iterator[Part]:
        """Yield this part and all below it."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def parts_of(data: bytes) -> Part:
    """Return a letter's tree; enclosed letters (``message/rfc822``) stay closed.

    Raises ``InputRefused``: ``mail.headers``, ``mail.deep``, ``mail.parts``.
    """
    if b"\n" not in data[:_HEAD]:
        data = data.replace(b"\r", b"\n")
    return _Tree(data).part(0, len(data), 0, "text/plain")


class _Tree:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count = 0

    def part(self, start: int, end: int, depth: int, default: str) -> Part:
        self._count += 1
        if depth > DEEPEST:
            raise InputRefused("mail.deep", field="body", limit=DEEPEST)
        if self._count > MOST_PARTS:
            raise InputRefused("mail.parts", field="body", limit=MOST_PARTS)
        headers, body = self._head(start, end)
        kind, params = parameters(headers.raw("content-type"))
        kind = kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else default
        disposition, more = parameters(headers.raw("content-disposition"))
        kids = self._kids(kind, params, body, end, depth) if kind.startswith("multipart/") else ()
        if kind.startswith("multipart/") and not kids:
            kind = "text/plain"  # what has no parts is text with a wrong label
        return Part(
            headers, kind, params, disposition, more.get("filename") or params.get("name", ""),
            self._data, body, end, kids,
        )  # fmt: skip

    def _head(self, start: int, end: int) -> tuple[Headers, int]:
        """Return headers and the place where the body begins."""
        if self._data[start : start + 1] == b"\n" or self._data[start : start + 2] == b"\r\n":
            return Headers(()), self._data.index(b"\n", start) + 1
        found = _END_OF_HEAD.search(self._data, start, end)
        stop, body = (found.start(), found.end()) if found else (end, end)
        return parse(self._data[start:stop]), body

    def _kids(
        self, kind: str, params: dict[str, str], start: int, end: int, depth: int
    ) -> tuple[Part, ...]:
        boundary = self._boundary(params, start, end)
        if not boundary:
            return ()
        line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$\n?")
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        kids, open_at = [], -1
        for found in line.finditer(self._data, start, end):
            if open_at >= 0:
                kids.append(self.part(open_at, self._before(open_at, found.start()), depth + 1,
                                      default))  # fmt: skip
            open_at = -1 if found.group(1) else found.end()
            if found.group(1):
                break
        if open_at >= 0:  # never closed: cut off, or its sender forgot
            kids.append(self.part(open_at, end, depth + 1, default))
        return tuple(kids)

    def _boundary(self, params: dict[str, str], start: int, end: int) -> bytes:
        """Return the boundary that was announced, else the first line that looks like one."""
        announced = params.get("boundary", "").rstrip().encode("utf-8", "replace")
        if announced and self._data.find(b"--" + announced, start, end) >= 0:
            return announced
        found = _LIKE_BOUNDARY.search(self._data, start, end)
        return found.group(1) if found else b""

    def _before(self, start: int, end: int) -> int:
        """Return the end of a part: the line end before a boundary belongs to the boundary."""
        if end > start and self._data[end - 1 : end] == b"\n":
            end -= 1
        if end > start and self._data[end - 1 : end] == b"\r":
            end -= 1
        return end


def _as_it_is(raw: bytes) -> bytes:
    return raw


def _base64(raw: bytes) -> bytes:
    """Undo base64; lines that are none (a list's footer behind it) are left out.

    What is not base64 at all has a wrong label and is returned as it is.
    """
    lines = [line.strip() for line in raw.splitlines()]
    good = [line for line in lines if _BASE64.fullmatch(line)]
    if sum(map(len, good)) * 2 < sum(map(len, lines)):
        return raw
    joined, out = b"".join(good), b""
    for piece in re.findall(rb"[^=]+=*", joined):  # several encoded pieces, one after another
        out += base64_of(piece)
    return out


def _quoted(raw: bytes) -> bytes:
    return binascii.a2b_qp(raw)


def _uu(raw: bytes) -> bytes:
    found = uu_files(raw)
    return found[0][1] if found else raw


_UU: Final = re.compile(
    rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n"
    rb"((?:[ -`][^\r\n]{0,90}\r?\n)+?)(?:[` ]\r?\n)?end\b"
)


def uu_files(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Return name and content of each file that stands uuencoded in a text."""
    return [(found.group(1), _uu_lines(found.group(2))) for found in _UU.finditer(raw)]


def without_uu(raw: bytes) -> bytes:
    """Return a text without the files uuencoded in it."""
    return _UU.sub(b"", raw)


def _uu_lines(block: bytes) -> bytes:
    out = []
    for line in block.splitlines():
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:  # a line longer than it says: read as much as it says
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                continue
    return b"".join(out)


_decoders: Final = {
    "base64": _base64,
    "quoted-printable": _quoted,
    "x-uuencode": _uu,
    "uuencode": _uu,
    "x-uue": _uu,
}
