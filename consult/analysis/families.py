"""Families (雷同件): near-duplicates of one text, found in nearly linear time.

Equal texts (after folding) are one. The rest meet in buckets (``families_candidates``); a text
joins a family only when an exact comparison with the family's representative says so, and when the
edits do not turn the ask round (``families_reversal``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from consult.analysis.collection import collection_paused
from consult.analysis.engine import cut, map_shards
from consult.analysis.families_candidates import candidates
from consult.analysis.families_matcher import Matcher, Pair, Text, Verdict, text_of, verdicts
from consult.analysis.folding import cut_many
from consult.domain.lexicon import Lexicon

# Shorter texts share words by chance: only equality is evidence (measured on human-labelled pairs).
SHORTEST: Final = 20
_SHARD: Final = 2_000  # comparisons handed to another process at once
_ROUNDS: Final = 4  # a letter, its reversal, and what is made of both

_Heads = tuple[int, Sequence[tuple[int, bool]]]  # a text, and its heads: place, and whether near


class FamilyFinder:
    """Labels near-duplicates; scikit-learn's ``fit_predict`` without its import.

    ``bases_`` holds, after a call, for each text the position of the base text of its family: the
    one that has most in common with the others; among equal ones the first. A finder remembers
    what it has compared, for a second call with nearly the same texts. The result is the same for
    any number of ``processes``.
    """

    def __init__(self, lexicon: Lexicon | None = None, *, processes: int = 1) -> None:
        self.lexicon = lexicon
        self.processes = processes
        self.bases_: list[int] = []
        self._matcher = Matcher(lexicon)

    def fit_predict(self, texts: Sequence[str]) -> list[int]:
        """Return a label for each text, equal within a family; singletons have their own.

        A label is the index of the family's first text. Which texts form a family does not depend
        on their order.
        """
        with collection_paused():
            distinct, known = _distinct(texts)
            self._join(distinct)
            first, base = distinct.families()
        self.bases_ = [base[at] for at in known]
        return [first[at] for at in known]

    def _join(self, distinct: _Distinct) -> None:
        """Let texts join the families of their likest representatives.

        What meets its reversal only is compared again among its like: a letter and the reverse of
        it stand in the same buckets, and each bucket names one head.
        """
        places = [at for at, text in enumerate(distinct.text) if len(text.folded) >= SHORTEST]
        for _ in range(_ROUNDS):
            if len(places) < 2:
                return
            found = candidates(
                [distinct.text[at].folded for at in places], [distinct.weight[at] for at in places]
            )
            for at, company in zip(places, found.company.tolist(), strict=True):
                distinct.standing[at] = company
            pairs = list(found.by_rank(places))
            self._compare_ahead(distinct, pairs)
            places = [at for at, heads in pairs if not _placed(distinct, self._matcher, at, heads)]

    def _compare_ahead(self, distinct: _Distinct, pairs: Sequence[_Heads]) -> None:
        """Let other processes compare the texts with their heads, the likest first."""
        if self.processes == 1:
            return
        turn = 0
        while len(pairs) >= _SHARD:
            # One head's texts side by side.
            asked = sorted((*heads[turn], at) for at, heads in pairs)
            self._compare_elsewhere(
                [
                    (distinct.text[head].text, distinct.text[at].text, near)
                    for head, near, at in asked
                ]
            )
            turn += 1
            pairs = [
                (at, heads)
                for at, heads in pairs
                if len(heads) > turn
                and self._matcher.known(
                    distinct.text[heads[turn - 1][0]].text, distinct.text[at].text
                )
                is not Verdict.COPY
            ]

    def _compare_elsewhere(self, pairs: Sequence[Pair]) -> None:
        ahead = [pair for pair in pairs if self._matcher.known(*pair[:2]) is None]
        if len(ahead) < _SHARD:
            return
        shards = cut(ahead, self.processes, _SHARD)
        found = map_shards(partial(verdicts, self.lexicon), shards, self.processes)
        for shard, own in zip(shards, found, strict=True):
            for (base, copy, _), verdict in zip(shard, own, strict=True):
                self._matcher.remember(base, copy, Verdict(verdict))


class _Distinct:
    """Different folded texts, a list for each of their properties (a million of them fit)."""

    def __init__(self) -> None:
        self.text: list[Text] = []  # the least of those that read the same
        self.first: list[int] = []  # where the first of them stands
        self.weight: list[int] = []
        self.standing: list[float] = []  # how many it met
        self.head: list[int] = []  # the representative of its family

    def add(self, place: int, text: Text, index: int) -> None:
        if place < len(self.text):
            self.weight[place] += 1
            self.text[place] = min(self.text[place], text)
            return
        self.text.append(text)
        self.first.append(index)
        self.weight.append(1)
        self.standing.append(0.0)
        self.head.append(place)

    def families(self) -> tuple[list[int], list[int]]:
        """Return for each text the first position in its family, and its base text's."""
        first = list(self.first)
        base = list(range(len(first)))
        for place, head in enumerate(self.head):
            first[head] = min(first[head], self.first[place])
            if self._rank(place) < self._rank(base[head]):
                base[head] = place
        return [first[head] for head in self.head], [self.first[base[head]] for head in self.head]

    def _rank(self, place: int) -> tuple[float, int, int]:
        return -self.standing[place], -self.weight[place], self.first[place]


def _distinct(texts: Sequence[str]) -> tuple[_Distinct, list[int]]:
    """Return the different folded texts, and the place of each text among them."""
    place: dict[str, int] = {}
    distinct = _Distinct()
    known = []
    for index, (words, text) in enumerate(zip(cut_many(texts), texts, strict=True)):
        item = text_of(text, words)
        at = place.setdefault(item.folded, len(place))
        distinct.add(at, item, index)
        known.append(at)
    return distinct, known


def _placed(
    distinct: _Distinct, matcher: Matcher, at: int, heads: Sequence[tuple[int, bool]]
) -> bool:
    """Let a text join the first of these heads' families that it copies.

    Returns False when it was like some, and all of these turned round.
    """
    turned = False
    near = {distinct.head[head]: alike for head, alike in reversed(heads)}
    for head in dict.fromkeys(distinct.head[head] for head, _ in heads):
        verdict = matcher.verdict(distinct.text[head], distinct.text[at], near=near[head])
        if verdict is Verdict.COPY:
            distinct.head[at] = head
            return True
        turned = turned or verdict is Verdict.TURNED
    return not turned
