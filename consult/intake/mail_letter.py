"""Letters → submissions and refusals, each letter and each of its files for itself.

A letter that is enclosed in another one (passed on as a file) is its own sender's submission. What
no person wrote is refused as set aside: its original is kept, and staff can take it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from consult.domain.attachment import Enclosure
from consult.domain.comment import Channel, NewSubmission, Refusal
from consult.domain.errors import InputRefused
from consult.domain.message import masked_address
from consult.domain.text import is_blank
from consult.intake.enclosures import BadFile, Opener
from consult.intake.mail_boxes import LARGEST, RawLetter
from consult.intake.sandbox import Limits, ManyInSandbox

DEEPEST: Final = 10  # letters in letters in letters: more is a loop
# A letter comes back with its files, as large as the letter at most.
LIMITS: Final = Limits(
    memory=1024 * 1024 * 1024, output=LARGEST + 16 * 1024 * 1024, clock=60.0, cpu=30
)
_AHEAD: Final = timedelta(days=1)  # a clock may be wrong; what lies further ahead is no date
BOUNCE: Final = "mail.bounce"  # the code of a letter that came back
# Why a letter is set aside (``mail_auto``) → what staff are told.
_ASIDE: Final = {
    "automatic": "mail.automatic",
    "bounce": BOUNCE,
    "receipt": "mail.receipt",
    "bulk": "mail.bulk",
}
_SHOWN: Final = 120  # characters of a subject that a report repeats


class Reader:
    """Reads letters in child processes; use in a ``with`` block.

    ``now`` bounds what counts as a date; ``aside`` false takes in what no person wrote, too.
    """

    def __init__(self, *, now: datetime, aside: bool = True) -> None:
        self._now = now
        self._aside = aside
        self._letters = ManyInSandbox("consult.intake.mail:read", limits=LIMITS)
        self._opener = Opener()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._letters.close()
        self._opener.__exit__()

    def items(self, raws: Iterable[RawLetter]) -> Iterator[NewSubmission | Refusal]:
        """Yield what becomes of each letter and of each of its files."""
        for raw in raws:
            if raw.size > LARGEST:
                size, limit = raw.size // 1_000_000, LARGEST // 1_000_000
                error = InputRefused("mail.large", field="file", size=size, limit=limit)
                yield self._refused(raw.place, error, b"")
            else:
                yield from self._one(raw.place, raw.data, 0)

    def _one(self, place: str, data: bytes, depth: int) -> Iterator[NewSubmission | Refusal]:
        try:
            if depth > DEEPEST:
                raise InputRefused("mail.nested", field="body", limit=DEEPEST)
            letter = self._letters(data)
        except InputRefused as error:
            yield self._refused(place, error, data)
            return
        if letter["aside"] and self._aside:
            subject, address = letter["subject"][:_SHOWN], masked_address(letter["address"])
            why = InputRefused(
                _ASIDE[letter["aside"]], field="headers", subject=subject, address=address
            )
            yield self._refused(place, why, data, letter)
            return
        yield from self._taken(place, data, letter)
        for at, enclosed in enumerate(letter["letters"], 1):
            yield from self._one(f"{place}/{at}", enclosed, depth + 1)

    def _taken(
        self, place: str, data: bytes, letter: Mapping[str, Any]
    ) -> Iterator[NewSubmission | Refusal]:
        opened = list(self._opener.open(letter["files"]))
        enclosures = tuple(item for item in opened if isinstance(item, Enclosure))
        bad = [item for item in opened if isinstance(item, BadFile)]
        if not is_blank(letter["text"]) or enclosures:
            yield NewSubmission(
                text=letter["text"], channel=Channel.EMAIL, name=letter["name"],
                contact=letter["address"], received=self._received(letter), key=_key(letter),
                source=place, enclosures=enclosures, original=data,
            )  # fmt: skip
        elif bad or not letter["letters"]:
            error = InputRefused("mail.files") if bad else InputRefused("mail.blank")
            yield self._refused(place, error, data, letter)
        for at, item in enumerate(bad, 1):
            yield Refusal(
                f"{place}#{at}", "", item.error.code, item.error.values,
                original=item.data, file=item.name, key=f"{_key(letter)}#{at}",
            )  # fmt: skip

    def _received(self, letter: Mapping[str, Any]) -> datetime | None:
        """Return when the letter came: as the last server noted, else as the sender says."""
        for said in (letter["arrived"], letter["dated"]):
            moment = datetime.fromisoformat(said) if said else None
            if moment is not None and moment <= self._now + _AHEAD:
                return moment
        return None

    def _refused(
        self, place: str, error: InputRefused, data: bytes, letter: Mapping[str, Any] | None = None
    ) -> Refusal:
        """Refuse a letter; what could be read of it is kept for whoever puts it right."""
        file = f"{place.rpartition('/')[2].replace(':', '-')}.eml".replace(".eml.eml", ".eml")
        # Never its place alone: the numbers of two mailboxes, or of one restored, are the same.
        bare = sha256(data or f"{place} {error.values}".encode()).hexdigest()
        known = letter["digest"] if letter else bare
        key = f"mail {known}"
        fields = self._fields(letter) if letter else {}
        return Refusal(
            place, "", error.code, error.values, fields=fields, original=data, file=file, key=key
        )

    def _fields(self, letter: Mapping[str, Any]) -> dict[str, str]:
        received = self._received(letter)
        found = {
            "channel": Channel.EMAIL.value, "text": str(letter["text"]),
            "name": str(letter["name"]), "contact": str(letter["address"]),
            "received": received.isoformat() if received else "",
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


def _key(letter: Mapping[str, Any]) -> str:
    """Return what two copies of a letter have in common and two letters have not."""
    return f"mail {letter['id']} {letter['digest']}"
