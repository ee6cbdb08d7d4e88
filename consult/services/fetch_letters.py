"""Fetch the letters of the office's mailbox (IMAP): stored first, marked afterwards.

Whenever the line breaks or the program is killed, the next fetch goes on: what was stored and not
yet marked is looked at again, found to be there, and marked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from consult.crypto.codes import keyed_hash
from consult.domain.errors import MailboxUnready
from consult.domain.ledger import ImportReport, Source, SourceKind
from consult.intake.imap import Account, Mailbox
from consult.intake.mail_boxes import RawLetter
from consult.services.import_items import import_items
from consult.services.office import Office
from consult.services.take_letters import LETTERS, items_of
from consult.store import facts

_BATCH: Final = 200  # letters of one import: marked when all of them are stored
_TRIES: Final = 3  # connections for one batch
_Found = TypeVar("_Found")
_PAUSE: Final = 2.0  # seconds before another try, then twice as long


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did: the imports it made, one for each batch; none when nothing waited."""

    reports: tuple[ImportReport, ...]

    @property
    def taken(self) -> int:
        """Number of new submissions."""
        return sum(report.taken for report in self.reports)


def fetch_letters(
    office: Office,
    *,
    slug: str,
    account: Account,
    now: datetime,
    actor: str,
    connect: Callable[[Account], Mailbox] = Mailbox,
    pause: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Import what waits in the mailbox, in batches, until nothing does.

    Raises ``MailboxUnready`` and what ``import_items`` raises; what was taken stays taken.
    """
    if not (account.host and account.user):
        raise MailboxUnready("imap.unset")
    run = _Run(office, account, connect, pause)
    reports: list[ImportReport] = []
    try:
        while batch := run.waiting():
            source = Source(SourceKind.MAIL, account.name)
            items = items_of(office, run.letters(batch), now=office.clock())
            reports.append(
                import_items(
                    office, slug=slug, items=items, now=now, actor=actor, rules=LETTERS,
                    source=source,
                )
            )  # fmt: skip
            run.settle(batch)
    finally:
        run.close()
    return Fetched(tuple(reports))


class _Run:
    """One fetch: a connection that is made anew when it breaks, and how far we are."""

    def __init__(
        self, office: Office, account: Account, connect: Callable[[Account], Mailbox],
        pause: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._office = office
        self._fact = f"imap {keyed_hash(office.keys.codes, f'{account.host} {account.name}')[:32]}"
        self._connect: Callable[[], Mailbox] = lambda: connect(account)
        self._pause = pause
        self._box: Mailbox | None = None
        self._settled: set[int] = set()

    def waiting(self) -> tuple[int, ...]:
        """Return the next numbers to look at; those of this run that would not be marked end it."""
        found = self._trying(lambda box: box.waiting(after=self._last(box)))
        return tuple(uid for uid in found if uid not in self._settled)[:_BATCH]

    def letters(self, uids: Sequence[int]) -> Iterator[RawLetter]:
        """Yield the letters of a batch; the line may break between two of them."""
        sizes = self._trying(lambda box: box.sizes(uids))
        for uid in uids:
            if uid in sizes and (raw := self._letter(uid, sizes[uid])) is not None:
                yield raw

    def _letter(self, uid: int, size: int) -> RawLetter | None:
        return self._trying(lambda box: box.letter(uid, size))

    def settle(self, uids: Sequence[int]) -> None:
        """Note how far we are, then mark: in this order nothing is passed over."""
        box = self._open()
        last = max(self._last(box), *uids)
        with self._office.store.write() as db:
            facts.write(db, self._fact, f"{box.validity}:{last}")
        self._settled.update(uids)
        self._trying(lambda again: again.settle(uids))

    def close(self) -> None:
        """End the connection."""
        if self._box is not None:
            self._box.close()
        self._box = None

    def _last(self, box: Mailbox) -> int:
        """Return the highest number dealt with; numbers of another validity mean nothing."""
        validity, _, last = facts.read(self._office.store.db, self._fact).partition(":")
        return int(last) if last and validity == box.validity else 0

    def _open(self) -> Mailbox:
        if self._box is None:
            box = self._connect()
            box.open()
            self._box = box
        return self._box

    def _trying(self, act: Callable[[Mailbox], _Found]) -> _Found:
        for again in range(_TRIES):
            try:
                return act(self._open())
            except MailboxUnready as error:
                self.close()
                if error.code != "imap.broken" or again + 1 == _TRIES:
                    raise
                self._pause(_PAUSE * 2**again)
        raise AssertionError
