"""Themes (同类意见): comments of one section that make the same ask.

Families count as one text. Inside a section alike texts are grouped by average linkage; a group
that holds opposite asks is parted afterwards, since opposite asks share nearly all their words.
Comments of different sections never share a theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from consult.analysis.engine import stream_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.opposites import Opposites
from consult.analysis.opposites_batch import Reversals
from consult.analysis.segment import Segmenter
from consult.analysis.themes_constraints import hold
from consult.analysis.themes_features import Features
from consult.analysis.themes_likeness import LARGEST, Likeness
from consult.analysis.themes_linkage import content_order, group
from consult.analysis.themes_opposed import opposed
from consult.analysis.themes_parting import Parter
from consult.analysis.themes_portrait import Portrait, Shown, portraits, shown
from consult.analysis.themes_rows import COUNTED, Rows
from consult.analysis.themes_weights import Weights
from consult.analysis.word_lists import KnownWords, WordLists
from consult.domain.knowledge import Thesaurus
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Constraints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Mean cosine inside a theme. Everyday wordings of one ask share few terms: on four sets of labelled
# comments written apart from each other, .07 to .1 gave the same agreement (±.01).
THRESHOLD: Final = 0.09

Item = tuple[str, int]  # section, family
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Shard:
    """One section: the texts that stand for its families, and how many comments each has.

    ``rows`` count what each text holds; ``words`` are those of the texts where portraits are
    wanted.
    """

    texts: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: csr_matrix
    words: WordLists | None


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A label for each text of a shard, and pairs of texts whose themes oppose.

    ``portraits`` are by label, where they were wanted.
    """

    labels: list[int]
    opposed: list[tuple[int, int]]
    portraits: dict[int, Portrait]


class Vectors:
    """Texts as rows of counts, cut into words where nobody has done so yet; picklable."""

    def __init__(self, segmenter: Segmenter, features: Features) -> None:
        self._segmenter = segmenter
        self._features = features

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows of texts."""
        return self.counted(texts)[0]

    def counted(self, texts: Sequence[str]) -> tuple[csr_matrix, WordLists]:
        """Return the rows of texts and their words."""
        words = WordLists.of(self._segmenter.words_of(texts))
        return self._features.rows(texts, words), words

    def weights(self, texts: Sequence[str]) -> Weights:
        """Learn from a sample of all texts how rare each term is."""
        return Weights.of(self.rows([texts[place] for place in content_order(texts)[:COUNTED]]))

    def among_themselves(self, texts: Sequence[str]) -> csr_matrix:
        """Return unit rows of texts, weighed by what sets them apart from each other."""
        rows = self.rows(texts)
        return Weights.of(rows).weigh(rows)


class _Grouper:
    """Finds the groups of a shard; picklable, so that shards can go to other processes."""

    def __init__(
        self,
        weights: Weights,
        opposites: Opposites,
        threshold: float,
        largest: int,
    ) -> None:
        self._weights = weights
        self._opposites = opposites
        self._threshold = threshold
        self._largest = largest

    def __call__(self, shard: _Shard) -> _Grouped:
        rows = self._weights.weigh(shard.rows)
        likeness = Likeness(rows)
        labels = group(likeness, shard.texts, self._threshold, self._largest).tolist()
        sides = Reversals(self._opposites, shard.texts)
        parter = Parter(shard.texts, shard.sizes, likeness, sides.leanings, sides.among)
        parted = parter.part(labels)
        pairs = opposed(likeness, parted, sides.leanings, sides.among)
        return _Grouped(parted, pairs, _portraits(shard, parted))


def _portraits(shard: _Shard, labels: Sequence[int]) -> dict[int, Portrait]:
    """Draw the themes of a section while its texts are here.

    Families of the same text would have it twice, where a portrait has it once.
    """
    if shard.words is None or len(set(shard.texts)) < len(shard.texts):
        return {}
    members: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        members.setdefault(label, []).append(place)
    drawn = portraits([*members.values()], shard.texts, shard.words, shard.sizes)
    return dict(zip(members, drawn, strict=True))


class ThemeClusterer:
    """Groups comments by ask; scikit-learn's ``fit_predict``.

    ``opposed_`` then holds the pairs of labels whose themes want opposite things (相反诉求), and
    ``facing_`` for each of them the two texts (indices) that do so most plainly; ``words_`` are the
    words of the texts that stood for families. ``shown_`` says by label what is shown of themes of
    sections in which no decision has changed any.
    """

    def __init__(
        self,
        segmenter: Segmenter | None = None,
        lexicon: Lexicon | None = None,
        thesaurus: Thesaurus | None = None,
        *,
        threshold: float = THRESHOLD,
        largest: int = LARGEST,
    ) -> None:
        self.lexicon = lexicon or Lexicon()
        self.segmenter = segmenter or Segmenter(self.lexicon.words)
        self.thesaurus = thesaurus or Thesaurus()
        self.threshold = threshold
        self.largest = largest
        self.vectors = Vectors(self.segmenter, Features(self.thesaurus))
        self.opposed_: list[tuple[int, int]] = []
        self.facing_: list[tuple[int, int]] = []
        self.words_ = KnownWords((), WordLists.of(()))
        self.shown_: dict[int, Shown] = {}
        self._opposites = Opposites(self.lexicon.opposites)

    def fit_predict(
        self,
        texts: Sequence[str],
        sections: Sequence[str],
        families: Sequence[int] | None = None,
        constraints: Constraints | None = None,
        *,
        processes: int = 1,
        portrayed: bool = False,
    ) -> list[int]:
        """Return a label for each text: the index of the first text of its theme.

        ``families`` are labels of near-duplicates where they are known already; ``constraints``
        hold whatever the likeness of the texts. Where they are to be ``portrayed``, themes are
        drawn by who finds them: their texts need not be sent twice. Which texts form a theme
        depends neither on their order nor on the number of processes.
        """
        if families is None:
            families = FamilyFinder(self.lexicon).fit_predict(texts)
        items = list(zip(sections, families, strict=True))
        standing, sizes = representatives(texts, items), Counter(items)
        themes, opposite, shown = self._themes(standing, sizes, processes, portrayed=portrayed)
        first: dict[int, int] = {}
        found = [first.setdefault(themes[item], index) for index, item in enumerate(items)]
        self.shown_ = {first[theme]: own for theme, own in shown.items()}
        if constraints is not None:
            free = found
            found = hold(free, texts, families, constraints, self.vectors.among_themselves)
            touched = _touched(free, found, sections)
            self.shown_ = {n: own for n, own in self.shown_.items() if sections[n] not in touched}
        at = {item: index for index, item in reversed([*enumerate(items)])}
        pairs: dict[tuple[int, int], tuple[int, int]] = {}
        for left, right in sorted((at[one], at[other]) for one, other in opposite):
            one, other = sorted((left, right), key=found.__getitem__)
            if found[one] != found[other]:  # a decision may have put both into one theme
                pairs.setdefault((found[one], found[other]), (one, other))
        self.opposed_ = sorted(pairs)
        self.facing_ = [pairs[pair] for pair in self.opposed_]
        return found

    def _themes(
        self,
        items: Mapping[Item, str],
        sizes: Mapping[Item, int],
        processes: int,
        *,
        portrayed: bool,
    ) -> tuple[dict[Item, int], list[tuple[Item, Item]], dict[int, Shown]]:
        """Give each family in a section the number of its theme; name families that oppose."""
        if not items:
            return {}, [], {}
        by_section: dict[str, list[Item]] = {}
        for item in sorted(items, key=lambda item: (item[0], items[item], item[1])):
            by_section.setdefault(item[0], []).append(item)
        sections = [*by_section.values()]
        texts = [[items[item] for item in own] for own in sections]
        rows = Rows.counted(texts, self.vectors.counted, processes)
        self.words_ = rows.words
        grouper = _Grouper(rows.weights(), self._opposites, self.threshold, self.largest)
        # The largest first: whoever comes to the end of the last has little to wait for.
        order = sorted(range(len(sections)), key=lambda n: -len(sections[n]))
        shards = (
            _Shard(
                tuple(texts[n]),
                tuple(sizes[item] for item in sections[n]),
                rows.taken(n),
                rows.words.of(texts[n]) if portrayed else None,
            )
            for n in order
        )
        results = dict(zip(order, stream_shards(grouper, shards, processes), strict=True))
        found: dict[Item, int] = {}
        opposite: list[tuple[Item, Item]] = []
        drawn: dict[int, Shown] = {}
        following = 0
        for n, own in enumerate(sections):
            result = results[n]
            found.update(zip(own, (following + label for label in result.labels), strict=True))
            opposite += [(own[one], own[other]) for one, other in result.opposed]
            for label, portrait in result.portraits.items():
                drawn[following + label] = shown(portrait, texts[n])
            following += max(result.labels) + 1
        return found, opposite, drawn


def _touched(free: Sequence[int], found: Sequence[int], sections: Sequence[str]) -> set[str]:
    """Return the sections of which a theme has other texts than it was found with."""
    changed = [pair for pair in zip(free, found, strict=True) if pair[0] != pair[1]]
    left, entered = {old for old, _ in changed}, {new for _, new in changed}
    pairs = zip(free, found, sections, strict=True)
    return {section for old, new, section in pairs if old in left or new in entered}


def representatives(texts: Sequence[str], items: Sequence[Group]) -> dict[Group, str]:
    """Return one text for each family in each section or theme: the one of middle length."""
    members: dict[Group, set[str]] = {}
    for text, item in zip(texts, items, strict=True):
        members.setdefault(item, set()).add(text)
    return {item: _middle(own) for item, own in members.items()}


def _middle(texts: Iterable[str]) -> str:
    ordered = sorted(texts, key=lambda text: (len(text), text))
    return ordered[len(ordered) // 2]
