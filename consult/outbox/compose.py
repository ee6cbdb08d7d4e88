"""A message as the bytes that go over the line (RFC 5322, MIME)."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from consult.domain.errors import MessageRefused
from consult.domain.message import Message, is_address
from consult.domain.text import normalise, single_line

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,120}@[A-Za-z0-9.-]{1,120}")
_SUBJECT: Final = 150  # characters


def compose(message: Message, *, sender: str, name: str, at: datetime) -> bytes:
    """Return the message with its headers; the same arguments give the same bytes.

    ``sender`` is the office's address, ``name`` what stands before it. Nothing given can add a
    header: addresses and ids are plain ASCII without white space, names and subjects one line.
    Raises ``MessageRefused("outbox.address")``.
    """
    for address in (message.to, message.reply_to or sender, sender):
        if not is_address(address):
            raise MessageRefused("outbox.address")
    if not _ID.fullmatch(message.id):
        raise ValueError(message.id)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(_line(name), addr_spec=sender)
    mail["To"] = Address(addr_spec=message.to)
    if message.reply_to:
        mail["Reply-To"] = Address(addr_spec=message.reply_to)
    mail["Subject"] = _line(message.subject)[:_SUBJECT]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.id}>"
    # RFC 3834: holiday notices and other machines keep quiet.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(normalise(message.text, strict=False), cte="base64")
    if message.enclosures:
        _enclose(mail, message)
    return mail.as_bytes()


def _enclose(mail: EmailMessage, message: Message) -> None:
    for item in message.enclosures:
        main, _, sub = item.content_type.partition("/")
        mail.add_attachment(item.data, maintype=main, subtype=sub, filename=_line(item.name))
    mail.set_boundary(f"=_{message.id.partition('@')[0]}")  # not by chance: same bytes each time


def _line(text: str) -> str:
    """Return one line of visible characters: direction marks could turn a subject round."""
    return "".join(c for c in single_line(text, strict=False) if c.isprintable())
