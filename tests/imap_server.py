"""A small IMAP server on loopback (RFC 3501) that breaks where it is told to.

It keeps one folder's letters with their numbers and flags, and a list of every command it got.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Kept:
    """A letter on the server."""

    uid: int
    data: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Faults:
    """What goes wrong: each counts down from the number given; -1 is never."""

    drop_in_fetch: int = -1  # the line breaks in the middle of the n-th letter
    bye_before_fetch: int = -1  # the server says goodbye before the n-th letter
    drop_before_store: int = -1  # the line breaks before the n-th mark
    refuse_login: bool = False
    refuse_folder: bool = False


class ImapServer:
    """Serve letters; use in a ``with`` block. ``moves`` says whether MOVE is offered."""

    def __init__(self, letters: Sequence[bytes] = (), *, moves: bool = True) -> None:
        self.letters = [Kept(at, data) for at, data in enumerate(letters, 1)]
        self.folders: dict[bytes, list[Kept]] = {}
        self.validity = 1
        self.moves = moves
        self.faults = Faults()
        self.commands: list[str] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            disable_nagle_algorithm = True  # else each letter waits 40 ms for its last line

            def handle(self) -> None:
                _Session(outer, self).run()

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> ImapServer:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._server.shutdown()
        self._server.server_close()

    def deliver(self, *letters: bytes) -> None:
        """Let letters arrive."""
        first = max((kept.uid for kept in self.letters), default=0) + 1
        self.letters += [Kept(first + at, data) for at, data in enumerate(letters)]

    def renumber(self) -> None:
        """Give every letter another number, as a restored server does."""
        self.validity += 1
        for at, kept in enumerate(self.letters, 1):
            kept.uid = at

    def flags(self) -> list[list[str]]:
        """Return the flags of every letter."""
        return [sorted(kept.flags) for kept in self.letters]


class _Broken(Exception):
    pass


class _Session:
    def __init__(self, server: ImapServer, handler: socketserver.StreamRequestHandler) -> None:
        self._server = server
        self._in, self._out = handler.rfile, handler.wfile

    def run(self) -> None:
        try:
            self._say(b"* OK ready")
            while line := self._in.readline():
                tag, _, rest = line.strip().partition(b" ")
                self._server.commands.append(rest.decode("ascii", "replace"))
                if not self._do(tag, rest):
                    return
        except (_Broken, OSError):
            return

    def _say(self, line: bytes) -> None:
        self._out.write(line + b"\r\n")
        self._out.flush()

    def _do(self, tag: bytes, command: bytes) -> bool:
        word = command.partition(b" ")[0].upper()
        faults = self._server.faults
        ok = b"OK done"
        if word == b"CAPABILITY":
            self._say(b"* CAPABILITY IMAP4rev1 ID UIDPLUS" + b" MOVE" * self._server.moves)
        elif word == b"LOGIN" and faults.refuse_login:
            ok = b"NO [AUTHENTICATIONFAILED] wrong password"
        elif word == b"SELECT":
            if faults.refuse_folder:
                ok = b"NO no such folder"
            else:
                self._say(b"* %d EXISTS" % len(self._server.letters))
                self._say(b"* OK [UIDVALIDITY %d] valid" % self._server.validity)
        elif word == b"UID":
            self._uid(command[4:])
        elif word == b"LOGOUT":
            self._say(b"* BYE goodbye")
        self._say(tag + b" " + ok)
        return word != b"LOGOUT"

    def _uid(self, command: bytes) -> None:
        verb, _, rest = command.partition(b" ")
        if verb.upper() == b"SEARCH":
            self._search(rest)
            return
        numbers, _, rest = rest.partition(b" ")
        chosen = self._chosen(numbers)
        if verb.upper() == b"FETCH":
            for kept in chosen:
                self._fetch(kept, rest)
        elif verb.upper() == b"STORE":
            self._store(chosen, rest)
        elif verb.upper() in (b"MOVE", b"COPY"):
            self._server.folders.setdefault(rest.strip(b'"'), []).extend(chosen)
            gone = chosen if verb.upper() == b"MOVE" else []
            self._server.letters = [k for k in self._server.letters if k not in gone]
        elif verb.upper() == b"EXPUNGE":
            self._server.letters = [
                k for k in self._server.letters if k not in chosen or "\\Deleted" not in k.flags
            ]

    def _search(self, criteria: bytes) -> None:
        last = max((kept.uid for kept in self._server.letters), default=0)
        found = [k.uid for k in self._server.letters if self._matches(k, criteria, last)]
        self._say(b"* SEARCH" + b"".join(b" %d" % uid for uid in found))

    def _matches(self, kept: Kept, criteria: bytes, last: int) -> bool:
        """Apply UNSEEN, UNDELETED and UID n:*; the last one fits the latter always, as in RFC."""
        first = re.search(rb"UID (\d+):\*", criteria)
        return not (
            (b"UNSEEN" in criteria and "\\Seen" in kept.flags)
            or (b"UNDELETED" in criteria and "\\Deleted" in kept.flags)
            or (first is not None and kept.uid < min(int(first.group(1)), last))
        )

    def _chosen(self, numbers: bytes) -> list[Kept]:
        wanted = {int(number) for number in numbers.split(b",")}
        return [kept for kept in self._server.letters if kept.uid in wanted]

    def _store(self, chosen: list[Kept], flags: bytes) -> None:
        if self._counted("drop_before_store"):
            raise _Broken
        for kept in chosen:
            kept.flags |= set(re.findall(r"\\\w+", flags.decode()))

    def _fetch(self, kept: Kept, what: bytes) -> None:
        if b"RFC822.SIZE" in what:
            self._say(b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (kept.uid, len(kept.data)))
            return
        if self._counted("bye_before_fetch"):
            self._say(b"* BYE too busy")
            raise _Broken
        head = b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (kept.uid, len(kept.data))
        if self._counted("drop_in_fetch"):
            self._out.write(head + kept.data[: len(kept.data) // 2])
            self._out.flush()
            raise _Broken
        if b".PEEK" not in what:
            kept.flags.add("\\Seen")
        self._out.write(head + kept.data + b")\r\n")

    def _counted(self, fault: str) -> bool:
        left = int(getattr(self._server.faults, fault))
        setattr(self._server.faults, fault, left - 1 if left >= 0 else left)
        return left == 0
