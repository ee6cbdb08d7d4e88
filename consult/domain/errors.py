"""Errors carry a code and values; ``consult.wording`` turns them into sentences for people.

A code is a stable, lower-case, dotted name (``"draft.no-headings"``). The values fill the sentence.
"""

from __future__ import annotations


class ConsultError(Exception):
    """Something the program can explain: a code and the values of its sentence."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.code}({shown})"


class InputRefused(ConsultError):
    """What was given cannot be taken; nothing was stored. ``field`` names what to correct."""

    def __init__(self, code: str, /, field: str = "", **values: object) -> None:
        super().__init__(code, **values)
        self.field = field


class NotFound(ConsultError):
    """The thing asked for does not exist, or may not be known to exist."""


class Unauthenticated(ConsultError):
    """Nobody that is known asks: a token is missing, wrong or revoked."""


class Forbidden(ConsultError):
    """This person may not see or do this now."""


class Conflict(ConsultError):
    """Somebody else changed the same thing first, or it exists already."""


class WindowClosed(ConsultError):
    """The consultation does not take comments from the public at this moment."""


class TooMany(ConsultError):
    """A limit was reached; ``seconds`` says when to come back."""

    def __init__(self, code: str, /, seconds: int, **values: object) -> None:
        super().__init__(code, seconds=seconds, **values)
        self.seconds = seconds


class StoreUnready(ConsultError):
    """The database is missing, locked, damaged, or of another schema version."""


class KeysUnready(ConsultError):
    """A key file is missing, unreadable or not the one the data were sealed with."""


class AccountingError(ConsultError):
    """The totals of a report do not add up; the report is not delivered."""


class OutboxUnready(ConsultError):
    """The mail server is not set, cannot be reached or does not let us in; nothing was sent."""


class MessageRefused(ConsultError):
    """This one message was not taken: a bad address, or the server said no. Others may pass."""


class DeliveryInDoubt(ConsultError):
    """The line broke after the message had gone out: it may have been taken, or not."""


class MailboxUnready(ConsultError):
    """The mailbox is not set, cannot be reached or read; what was taken before stays taken."""
