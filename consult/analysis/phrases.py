"""Finding many known phrases in a text at once: longest match, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

Match = tuple[int, int, int]  # index of the phrase, start, end
_HALF: Final = re.compile("[\ud800-\udfff]")  # no automaton takes half of a surrogate pair


class PhraseFinder:
    """Finds phrases of two characters and more; the longest one at each place wins.

    Texts and phrases must be in the same normal form. ``phrases`` keeps the known ones in order;
    matches name them by index. Picklable: a copy builds its own automaton, when it is first asked;
    many texts are mostly searched without it.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(sorted({_whole(p) for p in phrases if len(p) > 1}))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self.phrases, matchkind=MatchKind.LeftmostLongest)

    def __getstate__(self) -> dict[str, object]:
        return {"phrases": self.phrases}

    def __bool__(self) -> bool:
        return bool(self.phrases)

    def find(self, text: str) -> list[Match]:
        """Return the matches in order; they do not overlap."""
        try:
            found: list[Match] = self._automaton.find_matches_as_indexes(text)
        except UnicodeEncodeError:
            found = self._automaton.find_matches_as_indexes(_whole(text))
        return found

    def first(self, text: str) -> list[Match]:
        """Return the first match of each phrase in a text, in order."""
        seen: dict[int, Match] = {}
        for match in self.find(text):
            seen.setdefault(match[0], match)
        return list(seen.values())


class SignFinder:
    """Tells which of many signs (of any length) stand in a text, overlapping or not; picklable."""

    def __init__(self, signs: Iterable[str]) -> None:
        self.signs = tuple(sorted(set(signs)))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self.signs)

    def __getstate__(self) -> dict[str, object]:
        return {"signs": self.signs}

    def find(self, text: str) -> set[str]:
        """Return the signs in a text."""
        try:
            found = self._automaton.find_matches_as_strings(text, overlapping=True)
        except UnicodeEncodeError:
            found = self._automaton.find_matches_as_strings(_whole(text), overlapping=True)
        return set(found)

    def places(self, text: str) -> list[Match]:
        """Return every place of every sign, in the order of their ends."""
        try:
            found: list[Match] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            found = self._automaton.find_matches_as_indexes(_whole(text), overlapping=True)
        return found


def _whole(text: str) -> str:
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def tree(words: Iterable[str]) -> str:
    """Return a pattern that matches one of some words, the longest first.

    Its alternatives begin differently, level by level: a search tries one of them where in a plain
    list of words it tries all that begin alike (150 names: half of the time).
    """
    alike: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        alike.setdefault(word[:1], []).append(word)
    ends = alike.pop("", None) is not None
    branches = []
    for own in alike.values():
        # In order: what the first and the last of them share, all do.
        both = enumerate(zip(own[0], own[-1], strict=False))
        shared = next((own[0][:place] for place, (a, b) in both if a != b), own[0])
        branches.append(re.escape(shared) + tree(word[len(shared) :] for word in own))
    if not branches:
        return ""
    every = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{every})?" if ends else every
