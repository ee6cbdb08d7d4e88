"""One letter (RFC 5322): whose it is, when it came, its own words, what is enclosed.

``read`` runs in the sandbox and gives back a value of JSON and bytes; ``mail_letter`` makes a
submission of it outside. Enclosed letters and files come as bytes, to be read one by one, so that
a bad one harms nothing else.
"""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, single_line
from consult.intake.charsets import decode, known
from consult.intake.mail_auto import set_aside
from consult.intake.mail_furniture import STUBS
from consult.intake.mail_header import instant, sender
from consult.intake.mail_html import html_text
from consult.intake.mail_own import own_words
from consult.intake.mail_parts import Part, parts_of, uu_files, without_uu

# Pictures in the text smaller than this are logos, faces and lines, not a photographed letter.
_ORNAMENT: Final = 10_000  # bytes
_SEALED: Final = frozenset({"multipart/encrypted", "application/pkcs7-mime",
                            "application/x-pkcs7-mime"})  # fmt: skip
# Parts of the post itself; what a person encloses has other types.
_POSTAL: Final = frozenset({"application/pgp-signature", "application/pkcs7-signature",
                            "application/x-pkcs7-signature", "message/delivery-status",
                            "message/disposition-notification", "text/rfc822-headers"})  # fmt: skip


@dataclass(slots=True)
class _Found:
    """What the walk through the parts gathers."""

    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)


def read(data: bytes) -> dict[str, Any]:
    """Read one letter; the keys are those of ``mail_letter.Letter``.

    Raises ``InputRefused``: ``mail.none`` (not a letter), ``mail.locked`` (encrypted), and those of
    ``parts_of``.
    """
    tree = parts_of(data.removeprefix(BOM_UTF8).lstrip(b"\r\n"))
    headers = tree.headers
    if not headers.fields:
        raise InputRefused("mail.none", field="headers")
    if tree.type in _SEALED and tree.params.get("smime-type", "") != "signed-data":
        raise InputRefused("mail.locked", field="body")
    found = _Found()
    _gather(tree, found)
    subject = single_line(headers.text("subject"), strict=False)
    words = _body(found)
    name, address = sender(headers.raw("from") or headers.raw("reply-to"))
    text = own_words(words, subject=subject) if words.strip() or not found.letters else ""
    return {
        "id": headers.raw("message-id").decode("ascii", "replace").strip(" <>\t")[:500],
        "subject": subject[:500],
        "name": single_line(name, strict=False)[:200],
        "address": address[:200],
        "arrived": _iso(next(map(instant, headers.all("received")), None)),
        "dated": _iso(instant(headers.raw("date"))),
        "text": text,
        "aside": set_aside(headers, tree.type, tree.params.get("report-type", "").lower()),
        "files": found.files,
        "letters": found.letters,
        "digest": _digest(headers.raw("date"), address, subject, words, found),
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _digest(date: bytes, address: str, subject: str, words: str, found: _Found) -> str:
    """Return what makes two copies of a letter one: the same words from the same person at a time.

    Folded to what no mail server changes: Inbox and Sent differ in headers and line ends.
    """
    parts = [address, subject, re.sub(r"\s+", " ", date.decode("ascii", "replace")),
             re.sub(r"\s+", "", words)]  # fmt: skip
    parts += [hashlib.sha256(item["data"]).hexdigest() for item in found.files]
    parts += [hashlib.sha256(letter).hexdigest() for letter in found.letters]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def _body(found: _Found) -> str:
    """Return the text of the letter: the plain half, unless it says nothing."""
    plain = "\n".join(found.plain)
    if found.pages and (is_blank(plain) or STUBS.fullmatch(plain.strip())):
        return "\n".join(found.pages)
    return plain


def _gather(part: Part, found: _Found) -> None:
    if part.type == "multipart/alternative":
        _alternatives(part, found)
    elif part.kids:
        for kid in part.kids if part.type != "multipart/signed" else part.kids[:1]:
            _gather(kid, found)
    elif part.type == "message/rfc822":
        found.letters.append(part.content())
    elif part.type in _POSTAL:
        return
    elif part.main == "text" and part.disposition != "attachment" and not part.name:
        _text(part, found)
    else:
        _file(part, found)


def _alternatives(part: Part, found: _Found) -> None:
    """Take the same thing said twice once: the plain text, and the page for want of one."""
    plain, pages = len(found.plain), len(found.pages)
    for kid in part.kids:
        _gather(kid, found)
    said = "".join(found.plain[plain:])
    if is_blank(said) or STUBS.fullmatch(said.strip()):
        found.plain[plain:] = found.pages[pages:]
    del found.pages[pages:]


def _text(part: Part, found: _Found) -> None:
    data, label = part.content(), part.params.get("charset", "")
    if part.type == "text/html":
        found.pages.append(html_text(data, label if known(label) else ""))
        return
    for name, content in uu_files(data):
        found.files.append({"name": decode(name), "data": content, "inline": False})
    text = decode(without_uu(data), label)
    if part.type == "text/enriched":
        text = re.sub(r"<[^<>]{0,60}>", "", text)
    if part.params.get("format", "").lower() == "flowed":
        text = _unflowed(text, part.params.get("delsp", "").lower() == "yes")
    found.plain.append(text)


def _unflowed(text: str, joined: bool) -> str:
    """Join the lines that a program broke (RFC 3676): those that end in a space."""
    return re.sub(r"(?<!^-- )(?<!\n-- ) \r?\n(?!>)", "" if joined else " ", text)


def _file(part: Part, found: _Found) -> None:
    data = part.content()
    inline = part.disposition != "attachment" and part.headers.raw("content-id") != b""
    if inline and part.main == "image" and len(data) < _ORNAMENT:
        return
    found.files.append({"name": part.name or _named(part), "data": data, "inline": inline})


def _named(part: Part) -> str:
    """Return a name for a nameless file: only shown, never opened."""
    return f"{part.main}.{part.type.partition('/')[2][:20]}"
