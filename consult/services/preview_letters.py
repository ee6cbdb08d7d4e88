"""The first letters of a mailbox file with what would become of them; nothing is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from consult.domain.comment import NewSubmission, Refusal
from consult.domain.message import masked_address
from consult.intake.mail_boxes import RawLetter, letters_of, raw_letters
from consult.services.office import Office
from consult.services.take_letters import items_of
from consult.store import consultations, submissions

FIRST: Final = 20  # letters that are read for the preview
_WORDS: Final = 120  # characters of a letter that are shown


@dataclass(frozen=True, slots=True)
class SeenLetter:
    """What would become of a letter, or of a file of one; ``sender`` is masked.

    ``refusal`` is None for one that would be taken, ``repeated`` tells that it is there already.
    """

    place: str
    sender: str = ""
    received: datetime | None = None
    words: str = ""
    files: int = 0
    repeated: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class MailPreview:
    """The first letters, and how many there are."""

    letters: tuple[SeenLetter, ...]
    total: int


def preview_letters(office: Office, *, slug: str, name: str, data: bytes) -> MailPreview:
    """Read the first letters of a file as an import would; raises ``NotFound``."""
    return _preview(office, slug, lambda: letters_of(BytesIO(data), name))


def preview_mailbox(office: Office, *, slug: str, path: Path) -> MailPreview:
    """Read the first letters of a file or folder; raises as ``raw_letters``, and ``NotFound``."""
    return _preview(office, slug, lambda: raw_letters(path))


def _preview(office: Office, slug: str, letters: Callable[[], Iterator[RawLetter]]) -> MailPreview:
    consultation, _ = consultations.find(office.store.db, slug)
    items = items_of(office, islice(letters(), FIRST), now=office.clock())
    seen = tuple(_seen(office, consultation, item) for item in items)
    return MailPreview(seen, sum(1 for _ in letters()))


def _seen(office: Office, consultation: int, item: NewSubmission | Refusal) -> SeenLetter:
    if isinstance(item, Refusal):
        return SeenLetter(item.place, refusal=item)
    return SeenLetter(
        place=item.source,
        sender=masked_address(item.contact),
        received=item.received,
        words=item.text[:_WORDS],
        files=len(item.enclosures),
        repeated=submissions.by_key(office.store.db, consultation, item.key) is not None,
    )
