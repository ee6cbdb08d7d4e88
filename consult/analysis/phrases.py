"""Finding many known phrases in a text at once: longest match, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class PhraseFinder:
    """Finds phrases of two characters and more; the longest one at each place wins.

    Texts and phrases must be in the same normal form. Phrases are filed under their first two
    characters, so that a place in the text costs one look-up and not one test per phrase.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            if len(phrase) > 1:
                self._by_head.setdefault(phrase[:2], []).append(phrase)

    def __bool__(self) -> bool:
        return bool(self._by_head)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield position and phrase of each match; matches do not overlap."""
        heads = self._by_head
        free = 0
        for place in range(len(text) - 1):
            if place < free:
                continue
            for phrase in heads.get(text[place : place + 2], ()):
                if text.startswith(phrase, place):
                    yield place, phrase
                    free = place + len(phrase)
                    break
