"""The queue of staff: a page of the comments that are wanted, in order, and their neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from consult.analysis.segment import Segmenter
from consult.domain.desk import SavedView
from consult.domain.queue import Order, Place, Wanted
from consult.services.browse import CommentRow, rows
from consult.services.office import Office
from consult.store import comments, consultations, desk
from consult.store.queue import Queue

LONGEST_QUERY = 200  # characters of a search


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue.

    ``total`` counts all that is wanted, ``by_section`` the same for every section, whichever are
    asked for; ``before`` and ``after`` are where the page before and the next one begin, None
    without such a page. ``tags`` are those of the comments shown, ``sizes`` how many of what is
    wanted each theme on the page holds (in the order by themes).
    """

    rows: tuple[CommentRow, ...]
    total: int
    by_section: Mapping[str, int]
    before: Place | None
    after: Place | None
    tags: Mapping[int, tuple[str, ...]]
    sizes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The comments before and after one in the queue (0: none), and how many are wanted."""

    before: int
    after: int
    total: int


def prepared(office: Office, *, slug: str, wanted: Wanted, query: str) -> Wanted | None:
    """Return what is wanted with the words of a search; None when it has no word to search for."""
    if not query.strip():
        return wanted
    identifier, _ = consultations.find(office.store.db, slug)
    segmenter = _segmenter(consultations.lexicon(office.store.db, identifier).words)
    words = segmenter.words(query[:LONGEST_QUERY])
    tokens = tuple(dict.fromkeys(t for word in words for t in segmenter.search_tokens(word)))
    return replace(wanted, words=tokens) if tokens else None


@lru_cache(maxsize=4)
def _segmenter(words: tuple[str, ...]) -> Segmenter:
    return Segmenter(words)


def queue(
    office: Office,
    *,
    slug: str,
    wanted: Wanted,
    order: Order,
    after: Place | None = None,
    before: Place | None = None,
    size: int = 50,
) -> QueuePage:
    """Return the page behind ``after`` (or that ends ``before``); raises ``NotFound``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        asked = Queue(db, identifier, wanted, order)
        by_section = asked.by_section  # before the total, which is its sum
        found = asked.page(start=before or after, backwards=before is not None, limit=size + 1)
        more = len(found) > size
        found = found[-size:] if before is not None else found[:size]
        numbers = [place.number for place in found]
        return QueuePage(
            rows=rows(office, identifier, comments.by_numbers(db, identifier, numbers)),
            total=asked.total,
            by_section=by_section,
            before=found[0] if found and (more if before is not None else after) else None,
            after=found[-1] if found and (before is not None or more) else None,
            tags=desk.tags_of(db, numbers),
            sizes={place.theme: int(place.key or 0) for place in found if place.theme},
        )


def neighbours(
    office: Office, *, slug: str, wanted: Wanted, order: Order, number: int
) -> Neighbours:
    """Return what stands around a comment in the queue, also one that is no longer wanted."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        asked = Queue(db, identifier, wanted, order)
        here = asked.place(number)
        around = [
            asked.page(start=here, backwards=backwards, limit=1) for backwards in (True, False)
        ]
        before, after = (found[0].number if found else 0 for found in around)
        return Neighbours(before, after, asked.total)


def everything(office: Office, *, slug: str, wanted: Wanted) -> tuple[int, ...]:
    """Return the numbers of all that is wanted."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        return Queue(db, identifier, wanted, Order.NUMBER).numbers()


def saved_views(office: Office, *, slug: str, username: str) -> tuple[SavedView, ...]:
    """Return a person's views and the shared ones."""
    identifier, _ = consultations.find(office.store.db, slug)
    return desk.views(office.store.db, identifier, username)


def every_handler(office: Office, *, slug: str) -> tuple[str, ...]:
    """Return who handles any comment or chapter of a consultation."""
    identifier, _ = consultations.find(office.store.db, slug)
    return desk.handlers(office.store.db, identifier)


def every_tag(office: Office, *, slug: str) -> Mapping[str, int]:
    """Return the tags in use and how often, the most used first."""
    identifier, _ = consultations.find(office.store.db, slug)
    return desk.tags(office.store.db, identifier)
