"""What one submission meets on its way in, asked in one statement: each costs as much as a write.

Only inside the transaction that stores the submission is the answer worth anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

from sqlite_utils import Database

from consult.store import attempts, codec
from consult.store.verify_chain import START

AFTER: Final = "~"  # sorts behind whatever a key is made of


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is there already.

    ``known`` is the id of the submission stored under the key, ``taken`` tells that the number is
    somebody's, ``files`` and ``draft`` that something lies with the form; ``last`` is number and
    hash of the newest event. ``of_bucket`` and ``of_form`` count acts of the window.
    """

    known: int | None
    taken: bool
    files: bool
    draft: bool
    last: tuple[int, str]
    of_bucket: int
    of_form: int


def look(
    db: Database,
    consultation: int,
    *,
    key: str,
    owner: str,
    number: str,
    form: str,
    bucket: str,
    at: float,
    window: int,
) -> Arrival:
    """Return what a submission meets; acts count for ``window`` seconds before ``at``.

    ``owner`` is what all keys of one form begin with, "" where the form is not counted.
    """
    if not (owner or form or bucket):  # one of an import
        found = db.conn.execute(_BARE, (consultation, key or None, number)).fetchone()
        known, taken, number_of_last, head = found
        last = (number_of_last or 0, head or START)
        return Arrival(known, bool(taken), False, False, last, 0, 0)
    ticks = attempts.ticks(at, window)
    values: dict[str, object] = {
        "consultation": consultation,
        "key": key or None,
        "owner": owner or AFTER,
        "end": f"{owner}{AFTER}",
        "number": number,
        "form": form,
        "bucket": bucket,
        "since": at - window,
        "stored": codec.to_text(datetime.fromtimestamp(at - window, UTC)),
    }
    values |= {f"t{place}": tick for place, tick in enumerate(ticks)}
    found = db.conn.execute(_question(len(ticks)), values).fetchone()
    known, taken, files, draft, number_of_last, head, of_bucket, of_form = found
    last = (number_of_last or 0, head or START)
    return Arrival(known, bool(taken), bool(files), bool(draft), last, of_bucket, of_form)


_BARE: Final = (
    "select (select id from submissions where consultation = ? and key = ?),"
    " exists (select 1 from submissions where number = ?), e.number, e.hash"
    " from (select 1) left join (select number, hash from events order by number desc limit 1) e"
)


@cache
def _question(ticks: int) -> str:
    """Write the statement for a window of so many ticks."""
    marks = [f":t{place}" for place in range(ticks)]
    return (
        "select (select id from submissions where consultation = :consultation and key = :key),"
        " exists (select 1 from submissions where number = :number),"
        " exists (select 1 from uploads where form = :form),"
        " exists (select 1 from drafts where form = :form),"
        f" e.number, e.hash, {attempts.used(':bucket', ':since', marks)},"
        " (select count(*) from submissions where consultation = :consultation"
        " and key >= :owner and key < :end and stored >= :stored)"
        " from (select 1)"
        " left join (select number, hash from events order by number desc limit 1) e"
    )
