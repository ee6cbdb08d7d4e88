"""The doubtful maskings (存疑的遮盖) of what may be quoted, and what staff said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.analysis.mask_doubts import doubts
from consult.domain.masking import Doubtful
from consult.services.office import Office
from consult.store import consultations, maskings

_AROUND = 30  # characters shown on each side


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page of finds, the open ones first; ``open`` and ``total`` count all of them."""

    finds: tuple[Doubtful, ...]
    page: int
    pages: int
    open: int
    total: int


def doubtful(office: Office, *, slug: str, page: int = 1, size: int = 50) -> DoubtfulPage:
    """Return a page of the doubtful places in comments whose authors agreed to be quoted."""
    found = every_doubt(office, slug=slug)
    ordered = sorted(found, key=lambda find: find.masking is not None)  # stable: by number
    pages = max(1, -(-len(ordered) // size))
    page = min(max(1, page), pages)
    return DoubtfulPage(
        tuple(ordered[(page - 1) * size : page * size]), page, pages,
        sum(find.masking is None for find in found), len(found),
    )  # fmt: skip


def every_doubt(office: Office, *, slug: str) -> Sequence[Doubtful]:
    """Return all of them by number and place; raises ``NotFound``."""
    with office.store.read():
        identifier, _ = consultations.find(office.store.db, slug)
        return [*_read(office, identifier)]


def open_doubts(office: Office, consultation: int) -> int:
    """Count those that nobody has looked at yet: they are hidden."""
    return sum(find.masking is None for find in _read(office, consultation))


def _read(office: Office, consultation: int) -> Iterator[Doubtful]:
    db = office.store.db
    said = maskings.every(db, consultation)
    for number, section, text in maskings.quotable(db, consultation):
        for find in doubts(text):
            yield Doubtful(
                comment=number,
                section=section,
                find=find,
                before=text[max(0, find.start - _AROUND) : find.start],
                words=text[find.start : find.end],
                after=text[find.end : find.end + _AROUND],
                masking=said.get((number, find.start, find.end)),
            )
