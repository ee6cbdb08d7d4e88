"""Sending by SMTP through the server that the office has configured (RFC 5321, 3207, 8314)."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from consult.domain.errors import DeliveryInDoubt, MessageRefused, OutboxUnready
from consult.domain.message import Message, is_address
from consult.outbox.compose import compose

PLAIN: Final = "none"  # only for a server on the same machine or line
STARTTLS: Final = "starttls"
SSL: Final = "ssl"
SECURITIES: Final = (STARTTLS, SSL, PLAIN)
_SERVICE_OVER = 421  # the server shuts the line


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how messages are handed over; ``sender`` is the office's own address.

    ``seconds`` is how long to wait for each answer.
    """

    host: str
    port: int = 587
    security: str = STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    seconds: float = 30.0

    @property
    def ready(self) -> bool:
        """Whether host and sender are set, so that something can be sent."""
        return bool(self.host) and is_address(self.sender)


class SmtpOutbox:
    """An ``Outbox`` over one connection that is opened when needed and kept while it lasts.

    ``name`` stands before the sender's address, ``context`` are the certificates believed (the
    system's by default), ``clock`` gives the Date header.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        name: str,
        clock: Callable[[], datetime],
        context: ssl.SSLContext | None = None,
    ) -> None:
        if not server.ready:
            raise OutboxUnready("outbox.unset")
        self._server = server
        self._name = name
        self._clock = clock
        self._context = context
        self._line: smtplib.SMTP | None = None

    def check(self) -> None:
        """Open the connection, log in, and let go again; raises ``OutboxUnready``."""
        self._connected()
        self.close()

    def send(self, message: Message) -> str:
        """Hand one message over; see ``Outbox.send``."""
        data = compose(message, sender=self._server.sender, name=self._name, at=self._clock())
        line = self._connected()
        try:
            self._envelope(line, message.to)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.close()
            raise OutboxUnready("outbox.unreachable", host=self._server.host,
                                reason=_reason(error)) from error  # fmt: skip
        return self._content(line, data)

    def close(self) -> None:
        """Let go of the connection."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _envelope(self, line: smtplib.SMTP, to: str) -> None:
        for step, address in ((line.mail, self._server.sender), (line.rcpt, to)):
            code, words = step(address)
            if code == _SERVICE_OVER:
                raise smtplib.SMTPServerDisconnected(str(code))
            if code not in {250, 251}:
                line.rset()
                raise _refused(code, words)

    def _content(self, line: smtplib.SMTP, data: bytes) -> str:
        """Send the content. Without an answer to it nobody knows whether it was taken."""
        try:
            code, words = line.data(data)
        except smtplib.SMTPDataError as error:  # said no before the content went out
            line.rset()
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise DeliveryInDoubt("outbox.doubtful") from error
        if code != 250:
            raise _refused(code, words)
        return _codes(code, words)

    def _connected(self) -> smtplib.SMTP:
        if self._line is not None:
            try:
                if self._line.noop()[0] == 250:
                    return self._line
            except (OSError, smtplib.SMTPException):
                pass
            self.close()
        try:
            self._line = self._open()
        except smtplib.SMTPAuthenticationError as error:
            raise OutboxUnready("outbox.login", host=self._server.host) from error
        except smtplib.SMTPNotSupportedError as error:
            raise OutboxUnready("outbox.insecure", host=self._server.host) from error
        except (OSError, smtplib.SMTPException) as error:
            raise OutboxUnready(
                "outbox.unreachable", host=self._server.host, reason=_reason(error)
            ) from error
        return self._line

    def _open(self) -> smtplib.SMTP:
        server = self._server
        context = self._context or ssl.create_default_context()
        # The name we greet with: asking the network for our own could hang.
        ours = server.sender.rpartition("@")[2]
        if server.security == SSL:
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, ours, timeout=server.seconds, context=context
            )
        else:
            line = smtplib.SMTP(server.host, server.port, ours, timeout=server.seconds)
        try:
            if server.security == STARTTLS:
                line.starttls(context=context)
            if server.user:
                if server.security == PLAIN:  # a password never crosses a line in the clear
                    raise smtplib.SMTPNotSupportedError
                line.login(server.user, server.password)
            line.ehlo_or_helo_if_needed()
        except BaseException:
            line.close()
            raise
        return line


def _refused(code: int, words: bytes | str) -> MessageRefused:
    kind = "outbox.refused" if code >= 500 else "outbox.delayed"
    return MessageRefused(kind, reply=_codes(code, words))


def _codes(code: int, words: bytes | str) -> str:
    """Return the codes of an answer; its words may repeat the address."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    first = text.split(" ", 1)[0]
    enhanced = first if first[:2] in {"2.", "4.", "5."} and first.replace(".", "").isdigit() else ""
    return f"{code} {enhanced}".strip()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
