"""Write the words that comments are searched by, after the run that cut them is visible."""

from __future__ import annotations

from collections.abc import Sequence

from consult.services.office import Office
from consult.store import search

_CHUNK = 500  # comments whose words are written in one transaction


def index_words(
    office: Office, entries: Sequence[tuple[int, Sequence[str]]], *, version: str
) -> None:
    """Write (number, words) in short steps: what a stopped run left out, the next one writes.

    A comment erased or withdrawn meanwhile gets none.
    """
    for begin in range(0, len(entries), _CHUNK):
        chunk = entries[begin : begin + _CHUNK]
        with office.store.write() as db:
            listed = search.listed(db, [number for number, _ in chunk])
            search.index(db, [own for own in chunk if own[0] in listed], version=version)
