"""Themes (同类意见): comments of one section that make the same ask.

Families count as one text. Inside a section alike texts are grouped by average linkage; a group
that holds opposite asks is parted afterwards, since opposite asks share nearly all their words.
Comments of different sections never share a theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families import FamilyFinder
from consult.analysis.normalise import fold
from consult.analysis.opposites import Opposites
from consult.analysis.segment import Segmenter
from consult.analysis.themes_constraints import hold
from consult.analysis.themes_features import COLUMNS, counts, frequencies, weigh
from consult.analysis.themes_linkage import LARGEST, group
from consult.analysis.themes_parting import Parter
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Constraints

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Mean cosine inside a theme. Everyday wordings of one ask share few terms: on two sets of labelled
# comments written apart from the development set, .07 and .08 gave the same agreement (±.01).
THRESHOLD: Final = 0.075

Item = tuple[str, int]  # section, family


class ThemeClusterer:
    """Groups comments by ask; scikit-learn's ``fit_predict``."""

    def __init__(
        self,
        segmenter: Segmenter | None = None,
        lexicon: Lexicon | None = None,
        *,
        threshold: float = THRESHOLD,
        largest: int = LARGEST,
    ) -> None:
        self.lexicon = lexicon or Lexicon()
        self.segmenter = segmenter or Segmenter(self.lexicon.words)
        self.threshold = threshold
        self.largest = largest
        self._opposites = Opposites(self.lexicon.opposites)

    def fit_predict(
        self,
        texts: Sequence[str],
        sections: Sequence[str],
        families: Sequence[int] | None = None,
        constraints: Constraints | None = None,
    ) -> list[int]:
        """Return a label for each text: the index of the first text of its theme.

        ``families`` are labels of near-duplicates where they are known already; ``constraints``
        hold whatever the likeness of the texts. Which texts form a theme does not depend on their
        order.
        """
        if families is None:
            families = FamilyFinder(self.lexicon).fit_predict(texts)
        items = list(zip(sections, families, strict=True))
        themes = self._themes(_representatives(texts, items), Counter(items))
        first: dict[int, int] = {}
        found = [first.setdefault(themes[item], index) for index, item in enumerate(items)]
        if constraints is None:
            return found
        return hold(found, texts, families, constraints, self.segmenter)

    def _themes(self, items: Mapping[Item, str], sizes: Mapping[Item, int]) -> dict[Item, int]:
        """Give each family in a section the number of its theme."""
        by_section: dict[str, list[Item]] = {}
        for item in sorted(items, key=lambda item: (item[0], items[item], item[1])):
            by_section.setdefault(item[0], []).append(item)
        texts = {section: [items[item] for item in own] for section, own in by_section.items()}
        # Counted anew for each pass: all sections at once would not fit a small server.
        frequency = self._frequency(texts.values())
        found: dict[Item, int] = {}
        following = 0
        for section, own in by_section.items():
            rows = weigh(counts(texts[section], self.segmenter), frequency, len(items))
            labels = group(rows, texts[section], self.threshold, self.largest).tolist()
            standing = [sizes[item] for item in own]
            labels = Parter(texts[section], standing, rows, self._opposites).part(labels)
            found.update(zip(own, (following + label for label in labels), strict=True))
            following += max(labels) + 1
        return found

    def _frequency(self, sections: Iterable[list[str]]) -> NDArray[Any]:
        """Count the texts of all sections that hold each term."""
        import numpy as np

        found: NDArray[Any] = np.zeros(COLUMNS, dtype=np.int64)
        for texts in sections:
            found += frequencies(counts(texts, self.segmenter))
        return found


def _representatives(texts: Sequence[str], items: Sequence[Item]) -> dict[Item, str]:
    """Return one text for each family in each section: the one of middle length."""
    members: dict[Item, set[str]] = {}
    for text, item in zip(texts, items, strict=True):
        members.setdefault(item, set()).add(text)
    return {item: _middle(own) for item, own in members.items()}


def _middle(texts: Iterable[str]) -> str:
    ordered = sorted(texts, key=lambda text: (len(fold(text)), text))
    return ordered[len(ordered) // 2]
