"""Hold back who guesses receipt numbers and codes, never who knows them.

A code has 65 random bits, 3.7e19 values. Three counts of wrong answers within the hour, kept in the
database, hold for all processes together:

- *a number from one address*: 20. The next try is refused unread, right or wrong. A year of that is
  175,000 guesses, a chance of 5e-15.
- *a number from everywhere*: from 200 on, each address has 3 tries for that number instead of 20.
  A million addresses then make 2.6e10 guesses a year, a chance of 7e-10; the author, who types the
  right code, is let in all the while, because an address without a miss is never refused.
- *an address*: past its setting a wrong answer is 429 with a time to come back instead of 404, and
  a right one is let in as ever: one robot shuts nobody out of an office behind one address. Those
  guesses go over many numbers and gain nothing by that, each is good for one of them: a server that
  is asked 1,000 times a second for a whole year gives away any code at all with a chance of 9e-10
  (a draft's code, with 50,000 saved, the most there may be: 4e-5). What a miss costs is bounded
  too: an HMAC, four look-ups in indexes, one short transaction, and some 150 bytes for an hour.

Wrong number and wrong code are counted and answered alike. Several requests at the same instant may
pass a bound by as many as the server has threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from consult.crypto.codes import canonical
from consult.domain.errors import TooMany
from consult.services.limit import WINDOW, bucket, used
from consult.services.office import Office
from consult.store import attempts

_PAIR: Final = 20  # wrong codes for a number from one address
_NUMBER: Final = 200  # wrong codes for a number from everywhere, before each address has
_UNDER_ATTACK: Final = 3  # this many
_TRY, _OF_NUMBER, _OF_ADDRESS = "look-up one", "look-up number", "look-up"


@dataclass(frozen=True, slots=True)
class Guess:
    """Who tries what: an address, its wrong answers an hour, and the number that was typed.

    The number is empty where a code alone opens (a saved draft): each miss tried another one.
    """

    client: str
    per_hour: int
    number: str = ""


def refuse_guessing(office: Office, guess: Guess) -> None:
    """Raise ``TooMany("limit.number")`` when this address has missed this number too often."""
    if not guess.number:
        return
    allowed = _PAIR
    if used(office, _OF_NUMBER, canonical(guess.number)) >= _NUMBER:
        allowed = _UNDER_ATTACK
    if used(office, _TRY, _pair(guess)) >= allowed:
        raise TooMany("limit.number", seconds=WINDOW)


def missed(office: Office, guess: Guess) -> None:
    """Count a wrong answer; raises ``TooMany`` when its address has given too many."""
    at = office.clock().timestamp()
    counted = []
    if guess.number:
        counted += [
            bucket(office, _OF_NUMBER, canonical(guess.number)),
            bucket(office, _TRY, _pair(guess)),
        ]
    with office.store.write() as db:
        over = used(office, _OF_ADDRESS, guess.client) >= guess.per_hour
        if not over:
            counted.append(bucket(office, _OF_ADDRESS, guess.client))
        attempts.add(db, *counted, at=at, window=WINDOW)
    if over:
        raise TooMany("limit.receipt" if guess.number else "limit.draft-code", seconds=WINDOW)


def _pair(guess: Guess) -> str:
    return f"{canonical(guess.number)} {guess.client}"
