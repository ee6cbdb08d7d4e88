"""Letters as programs send them, made by hand byte by byte: no library corrects them on the way."""

from __future__ import annotations

import base64
import binascii
import quopri
import random
from collections.abc import Iterator, Sequence

SENDER = "zhang@example.com"
DATE = "Fri, 10 May 2024 09:00:00 +0800"
WORDS = "建议在步道上加装路灯，并把步道加宽到三米。"


def word(text: str, charset: str = "utf-8", *, form: str = "B", label: str = "") -> bytes:
    """Return an encoded word (RFC 2047)."""
    data = text.encode(charset)
    if form == "B":
        said = base64.b64encode(data)
    else:
        said = b"".join(b"=%02X" % byte if byte > 126 or byte < 48 else bytes([byte])
                        for byte in data)  # fmt: skip
    return b"=?%s?%s?%s?=" % ((label or charset).encode(), form.encode(), said)


def transferred(data: bytes, how: str) -> bytes:
    """Return a body under a transfer encoding."""
    if how == "base64":
        return base64.encodebytes(data)
    if how == "quoted-printable":
        return quopri.encodestring(data)
    if how == "x-uuencode":
        lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
        return b"begin 644 letter.txt\n" + b"".join(lines) + b"`\nend\n"
    return data


def part(
    data: bytes, kind: str = "text/plain", *, charset: str = "utf-8", how: str = "base64",
    name: bytes = b"", more: bytes = b"",
) -> bytes:  # fmt: skip
    """Return one part with its headers; a name makes it an enclosed file."""
    label = f"; charset={charset}" if charset else ""
    head = f"Content-Type: {kind}{label}\nContent-Transfer-Encoding: {how}\n".encode()
    if name:
        head += b'Content-Disposition: attachment; filename="%s"\n' % name
    return head + more + b"\n" + transferred(data, how)


def many(*parts: bytes, kind: str = "mixed", boundary: bytes = b"=-=b") -> bytes:
    """Return a multipart body with its header."""
    head = b'Content-Type: multipart/%s; boundary="%s"\n\n' % (kind.encode(), boundary)
    return (
        head
        + b"".join(b"--" + boundary + b"\n" + item + b"\n" for item in parts)
        + (b"--" + boundary + b"--\n")
    )


def letter(
    body: bytes | str = WORDS, *, subject: bytes = b"", sender: str = SENDER,
    ident: str = "<1@example.com>", date: str = DATE, more: bytes = b"",
) -> bytes:  # fmt: skip
    """Return a whole letter; ``body`` is its words, or parts with their headers."""
    content = part(body.encode()) if isinstance(body, str) else body
    head = b"From: %s\nSubject: %s\n" % (sender.encode(), subject or word("对步道的意见"))
    head += f"Message-ID: {ident}\n".encode() if ident else b""
    head += f"Date: {date}\n".encode() if date else b""
    return head + b"To: office@example.com\nMIME-Version: 1.0\n" + more + content


def mbox(letters: Sequence[bytes], *, blank: bool = True, ends: bytes = b"\n") -> bytes:
    """Return an mbox file; lines of letters that begin with From are marked as its format asks."""
    out = []
    for data in letters:
        marked = b"".join(
            b">" + line if line.lstrip(b">").startswith(b"From ") else line
            for line in data.splitlines(keepends=True)
        )
        marked += b"" if marked.endswith(b"\n") else b"\n"
        out.append(b"From sender@example.com Fri May 10 09:00:00 2024\n" + marked)
        out.append(b"\n" if blank else b"")
    return b"".join(out).replace(b"\n", ends)


# Charset that is announced, and the one the letter is really in.
CHARSETS = (
    ("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gb18030"), ("gb18030", "gb18030"),
    ("big5", "big5"), ("hz-gb-2312", "hz"), ("utf-16", "utf-16"), ("", "gb18030"),
)  # fmt: skip
_TRADITIONAL = "建議在步道上加裝路燈，並把步道加寬到三公尺，謝謝。"


def generated(count: int, *, seed: int = 7) -> Iterator[tuple[bytes, str]]:
    """Yield letters in eight charsets and three transfer encodings, each with its words."""
    chance = random.Random(seed)
    for number in range(count):
        label, codec = CHARSETS[number % len(CHARSETS)]
        words = _TRADITIONAL if codec == "big5" else WORDS
        text = f"{words} {number} {chance.randrange(10**6)}"
        how = ("base64", "quoted-printable", "8bit")[number // len(CHARSETS) % 3]
        how = "base64" if codec == "utf-16" else how
        body = part(text.encode(codec), charset=label, how=how)
        yield letter(
            body, ident=f"<{number}@example.com>", sender=f"p{number % 977}@example.com",
            subject=word("建", codec if codec != "utf-16" else "utf-8"),
        ), text  # fmt: skip
