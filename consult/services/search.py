"""Search the comments of a consultation, two-character words included."""

from __future__ import annotations

from consult.analysis.segment import Segmenter
from consult.services.browse import Page, rows
from consult.services.office import Office
from consult.store import comments, consultations
from consult.store import search as index


def search(office: Office, *, slug: str, query: str, page: int = 1, size: int = 50) -> Page:
    """Return the comments that hold every word of the query, newest first."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    segmenter = Segmenter(consultations.knowledge(db, identifier).lexicon.words)
    words = segmenter.words(query[:200])
    tokens = [token for word in words for token in segmenter.search_tokens(word)]
    with office.store.read():
        page = max(1, page)
        total, numbers = index.find(db, identifier, tokens, limit=size, offset=(page - 1) * size)
        found = comments.by_numbers(db, identifier, numbers)
        return Page(rows(office, identifier, found), page, max(1, -(-total // size)), total)
