"""Take in letters: read in the sandbox, known again by their Message-ID and content, imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from consult.crypto.codes import keyed_hash
from consult.domain.comment import NewSubmission, Refusal
from consult.domain.ledger import ImportReport, Source, SourceKind
from consult.intake.letter import MAX_CHARACTERS
from consult.intake.mail_boxes import RawLetter, digest_of, letters_of, raw_letters
from consult.intake.mail_letter import Reader
from consult.services.admit import Rules
from consult.services.import_items import import_items
from consult.services.office import Office

# A letter may be as long as one that comes as a file.
LETTERS = Rules(max_text=MAX_CHARACTERS)


def take_letters(
    office: Office, *, slug: str, path: Path, now: datetime, actor: str
) -> ImportReport:
    """Import an mbox or eml file, a Maildir or a folder of letters; raises as ``import_items``.

    Broken off, it goes on where it stopped when begun again; again after its end it adds nothing.
    """
    source = Source(SourceKind.MAIL, path.name, digest_of(path))
    return import_items(
        office, slug=slug, items=items_of(office, raw_letters(path), now=office.clock()), now=now,
        actor=actor, rules=LETTERS, source=source,
    )  # fmt: skip


def take_mail(
    office: Office, *, slug: str, data: bytes, source: Source, now: datetime, actor: str,
    rules: Rules, options: Mapping[str, object], number: int | None,
) -> ImportReport:  # fmt: skip
    """Import the bytes of an mbox or eml file, of which the ledger may know already."""
    return import_items(
        office, slug=slug, now=now, actor=actor, rules=LETTERS, source=source, options=options,
        items=items_of(office, letters_of(BytesIO(data), source.name), now=office.clock()),
        number=number,
    )  # fmt: skip


def items_of(
    office: Office, raws: Iterable[RawLetter], *, now: datetime, aside: bool = True
) -> Iterator[NewSubmission | Refusal]:
    """Yield what becomes of letters, under keys that say nothing of them.

    A key is made of Message-ID, sender, date and words: a keyed hash stands for it in the database.
    """
    with Reader(now=now, aside=aside) as reader:
        for item in reader.items(raws):
            yield replace(item, key=letter_key(office, item.key)) if item.key else item


def letter_key(office: Office, key: str) -> str:
    """Return the keyed hash that stands for a letter."""
    return f"mail:{keyed_hash(office.keys.codes, key)}"
