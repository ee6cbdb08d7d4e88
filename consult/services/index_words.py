"""The words that comments are searched by: cut by a run, written after it is visible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain

from consult.analysis.engine import cut, stream_shards
from consult.analysis.segment import Segmenter
from consult.services.office import Office
from consult.store import search

_CHUNK = 500  # comments whose words are written in one transaction
_SHARD = 2_000  # texts cut at a time


def searched_by(texts: Sequence[str], segmenter: Segmenter, processes: int = 1) -> list[str]:
    """Return the words that each text is searched by, with blanks between them."""
    shards = cut(texts, processes, _SHARD)
    return [*chain.from_iterable(stream_shards(partial(_words, segmenter), shards, processes))]


def _words(segmenter: Segmenter, texts: Sequence[str]) -> list[str]:
    return [" ".join(segmenter.search_tokens(text)) for text in texts]


def index_words(office: Office, entries: Sequence[tuple[int, str]], *, version: str) -> None:
    """Write (number, words with blanks between) in short steps.

    What a stopped run left out, the next one writes. A comment erased or withdrawn meanwhile gets
    none.
    """
    for begin in range(0, len(entries), _CHUNK):
        chunk = entries[begin : begin + _CHUNK]
        with office.store.write() as db:
            listed = search.listed(db, [number for number, _ in chunk])
            search.index(db, [own for own in chunk if own[0] in listed], version=version)
