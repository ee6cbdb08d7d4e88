"""The one door to imap-tools: the office's mailbox, read as raw bytes, marked by our word only.

Reading never marks anything (``BODY.PEEK``); ``settle`` does, after the caller has stored. Letters
are marked or moved by number alone: the library's own helpers expunge the folder besides, which
would delete what others have marked.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.utils import encode_folder

from consult import __version__
from consult.domain.errors import MailboxUnready
from consult.intake.mail_boxes import LARGEST, RawLetter

SSL, STARTTLS, PLAIN = "ssl", "starttls", "none"
SECURITIES: Final = (SSL, STARTTLS, PLAIN)
_SAME_MACHINE: Final = ("127.0.0.1", "::1", "localhost")
_AT_ONCE: Final = 200  # numbers in one command: servers bound the length of a line
# 163 and 126 let nobody read who has not said who he is (RFC 2971): "Unsafe Login".
imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is and who we are there.

    ``done`` is the folder that letters are moved to; without one they are marked as seen.
    ``seconds`` is how long to wait for each answer.
    """

    host: str
    port: int = 993
    security: str = SSL
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    done: str = ""
    seconds: float = 60.0

    @property
    def name(self) -> str:
        """What the ledger calls it."""
        return f"{self.user}/{self.folder}"


class Mailbox:
    """One connection to a folder; use in a ``with`` block.

    Raises ``MailboxUnready``: ``imap.insecure`` (a password in the clear to another machine),
    ``imap.unreachable``, ``imap.login``, ``imap.folder``, and ``imap.broken`` when the line breaks.
    """

    def __init__(self, account: Account, *, context: ssl.SSLContext | None = None) -> None:
        self._account = account
        self._context = context
        self._box: BaseMailBox | None = None
        self._can: frozenset[str] = frozenset()
        self.validity = ""

    def __enter__(self) -> Mailbox:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect, say who we are, choose the folder."""
        account = self._account
        if account.security == PLAIN and account.host not in _SAME_MACHINE:
            raise MailboxUnready("imap.insecure", host=account.host)
        try:
            self._box = box = self._connected()
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxUnready("imap.unreachable", host=account.host, port=account.port,
                                 reason=_reason(error)) from error  # fmt: skip
        try:
            self._login(box)
            self._introduce(box)
            box.folder.set(account.folder)
            self.validity = _number(box.client.response("UIDVALIDITY")[1])
        except (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError) as error:
            self.close()
            raise MailboxUnready("imap.folder", folder=account.folder,
                                 reason=_reason(error)) from error  # fmt: skip

    def close(self) -> None:
        """Say goodbye, if anybody listens."""
        box, self._box = self._box, None
        if box is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.logout()
            with contextlib.suppress(OSError):
                box.client.shutdown()

    def waiting(self, *, after: int) -> tuple[int, ...]:
        """Return the numbers (UID) of letters to look at, oldest first.

        Those that came after number ``after``, and those still unseen: a letter that was stored
        but not yet marked when the line broke is looked at again and found to be there already.
        """
        with self._unbroken() as box:
            if self._account.done:
                return _sorted(box.uids("UNDELETED", charset=None))
            unseen = box.uids("UNSEEN UNDELETED", charset=None)
            fresh = box.uids(f"UID {after + 1}:* UNDELETED", charset=None)
        # "n:*" names the last letter even where it lies before n (RFC 3501 section 9).
        return _sorted([*unseen, *(uid for uid in fresh if int(uid) > after)])

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the size in bytes of each letter that is still there."""
        found: dict[int, int] = {}
        for some in _chunks(uids):
            with self._unbroken() as box:
                _, answer = box.client.uid("FETCH", some, "(RFC822.SIZE)")
            for line in answer or []:
                said = line if isinstance(line, bytes) else b""
                uid = re.search(rb"UID (\d+)", said)
                size = re.search(rb"RFC822\.SIZE (\d+)", said)
                if uid and size:
                    found[int(uid.group(1))] = int(size.group(1))
        return found

    def letter(self, uid: int, size: int) -> RawLetter | None:
        """Return a letter's bytes; None when it is gone, no bytes when it is too large."""
        place = f"{self._account.folder}:{uid}"
        if size > LARGEST:
            return RawLetter(place, b"", size)
        with self._unbroken() as box:
            _, answer = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
        data = next((bytes(item[1]) for item in answer or [] if isinstance(item, tuple)), None)
        return None if data is None else RawLetter(place, data, len(data))

    def settle(self, uids: Sequence[int]) -> None:
        """Mark letters as seen, or move them: called after they have been stored."""
        for some in _chunks(uids):
            with self._unbroken() as box:
                if not self._account.done:
                    _checked(box.client.uid("STORE", some, "+FLAGS.SILENT", r"(\Seen)"))
                elif "MOVE" in self._can:
                    _checked(box.client.uid("MOVE", some, self._folder()))
                else:
                    self._move_by_hand(box, some)

    def _move_by_hand(self, box: BaseMailBox, some: str) -> None:
        """Copy and delete (RFC 6851 section 3.3); expunge only these, where the server can."""
        _checked(box.client.uid("COPY", some, self._folder()))
        _checked(box.client.uid("STORE", some, "+FLAGS.SILENT", r"(\Seen \Deleted)"))
        if "UIDPLUS" in self._can:
            box.client.uid("EXPUNGE", some)

    def _folder(self) -> Any:
        return encode_folder(self._account.done)

    def _connected(self) -> BaseMailBox:
        account, context = self._account, self._context or ssl.create_default_context()
        if account.security == SSL:
            return MailBox(account.host, account.port, account.seconds, ssl_context=context)
        if account.security == STARTTLS:
            return MailBoxStartTls(account.host, account.port, account.seconds, ssl_context=context)
        return MailBoxUnencrypted(account.host, account.port, account.seconds)

    def _login(self, box: BaseMailBox) -> None:
        account = self._account
        try:
            if account.user.isascii() and account.password.isascii():
                box.login(account.user, account.password, initial_folder=None)
            else:
                box.login_utf8(account.user, account.password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            self.close()
            raise MailboxUnready("imap.login", user=account.user, reason=_reason(error)) from error

    def _introduce(self, box: BaseMailBox) -> None:
        """Ask what the server can do now that it knows us, and say who we are."""
        _, said = box.client.capability()
        self._can = frozenset(b" ".join(item for item in said if item).decode().upper().split())
        if "ID" in self._can:
            who = f'("name" "consult" "version" "{__version__}")'
            box.client._simple_command("ID", who)

    @contextlib.contextmanager
    def _unbroken(self) -> Iterator[BaseMailBox]:
        if self._box is None:
            raise MailboxUnready("imap.broken", host=self._account.host, reason="closed")
        try:
            yield self._box
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            self.close()
            raise MailboxUnready("imap.broken", host=self._account.host,
                                 reason=_reason(error)) from error  # fmt: skip


def _checked(answer: tuple[str, list[Any]]) -> None:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(answer[1])


def _sorted(uids: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({int(uid) for uid in uids}))


def _chunks(uids: Sequence[int]) -> Iterator[str]:
    for at in range(0, len(uids), _AT_ONCE):
        yield ",".join(map(str, uids[at : at + _AT_ONCE]))


def _number(answer: Sequence[object]) -> str:
    return next((item.decode("ascii", "replace") for item in answer if isinstance(item, bytes)), "")


def _reason(error: BaseException) -> str:
    """Return what the server or the system said, on one line."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return re.sub(r"\s+", " ", str(said))[:200]
