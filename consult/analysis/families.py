"""Families (雷同件): near-duplicates of one text, found in nearly linear time.

Equal texts (after folding) are one. The rest meet in the buckets of MinHash bands (edited copies)
and of sampled character runs (excerpts, letters with paragraphs added, where overlap is small).
A text joins a family only when an exact comparison with the family's representative says so:
unverified buckets chain everything together. A letter with its ask reversed stays outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from consult.analysis.families_candidates import meetings
from consult.analysis.normalise import fold
from consult.analysis.opposites import Opposites
from consult.domain.lexicon import Lexicon

# Shorter texts share words by chance: only equality is evidence (measured on human-labelled pairs).
SHORTEST: Final = 20
# An excerpt must be this long, or it may be a phrase of the draft that many quote.
_SHORTEST_EXCERPT: Final = 30
_SHORTEST_BASE: Final = 60
# Copies by hand with typing errors and blanks filled in differently keep this part of their
# character triples; excerpts keep nearly all of theirs.
_CONTAINED: Final = 0.6
_OVERLAP: Final = 0.3
_EXCERPT: Final = 0.8
# Representatives compared per text, those with most buckets in common first; one bucket in common
# is chance. A bucket of many representatives is a set phrase: it names the first few only.
_MOST_COMPARED: Final = 6
_LEAST_MET: Final = 2
_MOST_STANDING: Final = 8


class FamilyFinder:
    """Labels near-duplicates; scikit-learn's ``fit_predict`` without its import."""

    def __init__(self, lexicon: Lexicon | None = None, *, seed: int = 42) -> None:
        self.lexicon = lexicon
        self.seed = seed

    def fit_predict(self, texts: Sequence[str]) -> list[int]:
        """Return a label for each text, equal within a family; singletons have their own.

        A label is the index of the family's first text. Which texts form a family does not depend
        on their order.
        """
        folded = [fold(text) or text.strip() for text in texts]
        distinct: dict[str, str] = {}
        for words, text in zip(folded, texts, strict=True):
            distinct[words] = min(text, distinct.get(words, text))
        family = self._families(distinct)
        first: dict[str, int] = {}
        return [first.setdefault(family[words], index) for index, words in enumerate(folded)]

    def _families(self, distinct: dict[str, str]) -> dict[str, str]:
        """Map each folded text to the representative of its family."""
        family = {words: words for words in distinct}
        longer = sorted(words for words in distinct if len(words) >= SHORTEST)
        meeting = dict(zip(longer, meetings(longer, self.seed), strict=True))
        # Most surrounded first: the text all others were made from becomes the representative.
        order = sorted(longer, key=lambda words: (-meeting[words].company, words))
        standing: dict[int, list[str]] = {}
        matcher = _Matcher(distinct, Opposites(self.lexicon.opposites if self.lexicon else ()))
        for words in order:
            buckets = meeting[words].buckets
            common = Counter(rep for bucket in buckets for rep in standing.get(bucket, ()))
            found = matcher.representative(words, common)
            if found is None:
                for bucket in buckets:
                    own = standing.setdefault(bucket, [])
                    if len(own) < _MOST_STANDING:
                        own.append(words)
            else:
                family[words] = found
        return family


class _Matcher:
    """Compares texts exactly; keeps the character triples of representatives."""

    def __init__(self, texts: dict[str, str], opposites: Opposites) -> None:
        self._texts = texts
        self._opposites = opposites
        self._kept: dict[str, frozenset[str]] = {}

    def representative(self, words: str, common: Mapping[str, int]) -> str | None:
        """Return the likest representative of the same ask among those met, None without one."""
        met = sorted((-times, rep) for rep, times in common.items() if times >= _LEAST_MET)
        own = triples(words) if met else frozenset()
        scored = [(self.score(words, own, rep), rep) for _, rep in met[:_MOST_COMPARED]]
        for score, rep in sorted(scored, key=lambda entry: (-entry[0], entry[1])):
            if score and self.same_ask(words, rep):
                return rep
        return None

    def score(self, words: str, ours: frozenset[str], representative: str) -> float:
        """Return the overlap when it makes a near-duplicate, else 0."""
        theirs = self._kept.get(representative)
        if theirs is None:
            theirs = self._kept[representative] = triples(representative)
        shared = len(ours & theirs)
        overlap = shared / len(ours | theirs)
        contained = shared / min(len(ours), len(theirs))
        if contained >= _CONTAINED and overlap >= _OVERLAP:
            return overlap
        long_enough = (
            len(words) >= _SHORTEST_EXCERPT
            if len(words) <= len(representative)
            else len(representative) >= _SHORTEST_BASE
        )
        return overlap if contained >= _EXCERPT and long_enough else 0.0

    def same_ask(self, words: str, representative: str) -> bool:
        return not self._opposites.reverse(self._texts[words], self._texts[representative])


def triples(text: str) -> frozenset[str]:
    """Return the runs of three characters of a folded text."""
    return frozenset(text[i : i + 3] for i in range(max(1, len(text) - 2)))
