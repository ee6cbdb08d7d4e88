"""Messages (邮件): what an office sends out, and the interface that whatever sends them keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

# What HTML calls a valid e-mail address (WHATWG, "valid email address"): plain ASCII, no quoted
# names, no comments, no lists; so nothing in it can end a header or add a second recipient.
_LETTER: Final = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
_HOST: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LETTER}{{1,64}}@{_HOST}(?:\.{_HOST})+")
_FOUND: Final = re.compile(
    rf"(?<!{_LETTER})(?<!@){_LETTER}{{1,64}}@{_HOST}(?:\.{_HOST})+(?![A-Za-z0-9@-])"
)
_LONGEST: Final = 254  # characters, RFC 5321 4.5.3.1.3 with RFC 3696 erratum 1690
# People type full-width forms of what stands in an address.
_NARROW: Final = str.maketrans("＠．。", "@..")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a message: its name, its media type, its bytes."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One plain-text message to one address.

    ``id`` (without angle brackets) is the Message-ID: a message sent twice for safety carries the
    same one, and a bounce names it. ``reply_to`` is empty where answers go to the sender.
    """

    to: str
    subject: str
    text: str
    id: str
    reply_to: str = ""
    enclosures: tuple[Enclosure, ...] = ()


class Outbox(Protocol):
    """Whatever takes messages: SMTP in production, a list in a test, nothing in a dry run."""

    def send(self, message: Message) -> str:
        """Hand one message over; returns what the other side answered (codes, no address).

        Raises ``MessageRefused`` (this message, for good or for now), ``OutboxUnready`` (none
        will pass), ``DeliveryInDoubt`` (it may have passed).
        """

    def check(self) -> None:
        """See whether messages would be taken, without sending one; raises ``OutboxUnready``."""

    def close(self) -> None:
        """Let go of the connection; the next ``send`` opens another one."""


def is_address(text: str) -> bool:
    """Tell whether a text is one address that can be written to, and nothing else."""
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def address_in(contact: str) -> str:
    """Return the first address that somebody wrote among their contact data; empty without one."""
    found = _FOUND.search(contact.translate(_NARROW))
    return found.group() if found and is_address(found.group()) else ""


def masked_address(address: str) -> str:
    """Return an address as its owner knows it again and nobody else learns it: ``z***@163.com``."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}***@{host}" if name else ""
