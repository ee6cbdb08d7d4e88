"""Themes (同类意见): comments of one section that make the same ask.

Families count as one text. Inside a section alike texts are grouped by average linkage; a group
that holds opposite asks is parted afterwards, since opposite asks share nearly all their words.
Comments of different sections never share a theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import stream_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.normalise_batch import aligned
from consult.analysis.opposites import Opposites
from consult.analysis.opposites_batch import Reversals
from consult.analysis.segment import Segmenter
from consult.analysis.themes_constraints import hold
from consult.analysis.themes_features import Features
from consult.analysis.themes_likeness import LARGEST, Likeness
from consult.analysis.themes_linkage import content_order, digests_of, group
from consult.analysis.themes_opposed import opposed
from consult.analysis.themes_parting import Parter
from consult.analysis.themes_portrait import Portrait, portraits
from consult.analysis.themes_rows import COUNTED, Counted, Rows, Taken
from consult.analysis.themes_standing import Standing, standing
from consult.analysis.themes_weights import Weights
from consult.analysis.word_lists import KnownWords, WordLists
from consult.domain.knowledge import Thesaurus
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Constraints

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Mean cosine inside a theme. Everyday wordings of one ask share few terms: on four sets of labelled
# comments written apart from each other, .07 to .1 gave the same agreement (±.01).
THRESHOLD: Final = 0.09


@dataclass(frozen=True, slots=True)
class _Shard:
    """One section: the texts that stand for its families, and how many comments each has.

    ``counted`` says what each text holds; ``words`` are those of the texts where portraits are
    wanted.
    """

    texts: tuple[str, ...]
    sizes: tuple[int, ...]
    counted: Taken
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
        return self._features.rows(texts, self._words(texts))

    def counted(self, texts: Sequence[str]) -> Counted:
        """Return what is counted of the texts of a run."""
        words = self._words(texts)
        return Counted(self._features.rows(texts, words), words, digests_of(texts))

    def _words(self, texts: Sequence[str]) -> WordLists:
        return self._segmenter.lists(aligned(texts))

    def weights(self, texts: Sequence[str]) -> Weights:
        """Learn from a sample of all texts how rare each term is."""
        order = content_order(texts, digests_of(texts))[:COUNTED]
        return Weights.of(self.rows([texts[place] for place in order.tolist()]))

    def among_themselves(self, texts: Sequence[str]) -> csr_matrix:
        """Return unit rows of texts, weighed by what sets them apart from each other."""
        rows = self.rows(texts)
        return Weights.of(rows).weigh([rows])


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
        likeness = Likeness(self._weights.weigh(shard.counted.rows))
        order = content_order(shard.texts, shard.counted.digests)
        labels = group(likeness, order, self._threshold, self._largest).tolist()
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
        self.shown_: dict[int, Portrait] = {}
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

        ``families`` are labels of near-duplicates, equal texts among them, where they are known
        already; ``constraints`` hold whatever the likeness of the texts. Where they are to be
        ``portrayed``, themes are drawn by who finds them: their texts need not be sent twice.
        Which texts form a theme depends neither on their order nor on the number of processes.
        """
        if families is None:
            families = FamilyFinder(self.lexicon).fit_predict(texts)
        own: list[Standing] = []
        every = standing(texts, sections, families)
        results = self._grouped(every, own, processes, portrayed=portrayed)
        found, self.shown_ = _labelled(own, results, texts)
        if constraints is not None:
            free = found
            found = hold(free, texts, families, constraints, self.vectors.among_themselves)
            touched = _touched(free, found, sections)
            self.shown_ = {n: own for n, own in self.shown_.items() if sections[n] not in touched}
        self._face(own, results, found, texts)
        return found

    def _grouped(
        self, sections: Iterable[Standing], own: list[Standing], processes: int, *, portrayed: bool
    ) -> list[_Grouped]:
        """Group the texts of each section, each of which is put into ``own`` when it is made."""

        def made() -> Iterator[tuple[str, ...]]:
            for section in sections:  # others count what was made before
                own.append(section)
                yield section.texts

        rows = Rows.counted(made(), self.vectors.counted, processes)
        if not own:
            return []
        self.words_ = rows.words
        grouper = _Grouper(rows.weights(), self._opposites, self.threshold, self.largest)
        # The largest first: whoever comes to the end of the last has little to wait for.
        order = sorted(range(len(own)), key=lambda n: -len(own[n].texts))
        shards = (
            _Shard(
                own[n].texts,
                tuple(own[n].sizes.tolist()),
                rows.taken(n),
                rows.words.of(own[n].texts) if portrayed else None,
            )
            for n in order
        )
        found = dict(zip(order, stream_shards(grouper, shards, processes), strict=True))
        return [found[n] for n in range(len(own))]

    def _face(
        self,
        sections: Sequence[Standing],
        results: Sequence[_Grouped],
        found: Sequence[int],
        texts: Sequence[str],
    ) -> None:
        """Remember which themes oppose, of texts labelled as ``found``."""
        import numpy as np

        every = zip(sections, results, strict=True)
        facing = [section.first()[_pairs(result.opposed)] for section, result in every]
        pairs = np.concatenate([_pairs([]), *facing])
        said = [sorted((texts[one], texts[other])) for one, other in pairs.tolist()]
        pairs = pairs[sorted(range(len(said)), key=said.__getitem__)]
        theme = np.array(found, dtype=np.int64)[pairs]
        # A decision may have put both into one theme; of two themes the first words stay, so that
        # the order of the texts decides nothing.
        parted = theme[:, 0] != theme[:, 1]
        pairs, theme = (own[parted] for own in (pairs, theme))
        turned = np.argsort(theme, axis=1)
        pairs, theme = (np.take_along_axis(own, turned, 1) for own in (pairs, theme))
        _, kept = np.unique(theme[:, 0] * len(found) + theme[:, 1], return_index=True)
        self.opposed_ = [(one, other) for one, other in theme[kept].tolist()]
        self.facing_ = [(one, other) for one, other in pairs[kept].tolist()]


def _pairs(pairs: Sequence[tuple[int, int]]) -> NDArray[Any]:
    import numpy as np

    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _labelled(
    sections: Sequence[Standing], results: Sequence[_Grouped], texts: Sequence[str]
) -> tuple[list[int], dict[int, Portrait]]:
    """Return the first text of each text's theme, and what is shown of themes by their first."""
    import numpy as np

    theme = np.empty(len(texts), dtype=np.int64)
    drawn: dict[int, Portrait] = {}
    following = 0
    for section, result in zip(sections, results, strict=True):
        labels = np.array(result.labels) + following
        theme[section.places] = np.repeat(labels, section.sizes)
        own = result.portraits.values()
        named = section.said([portrait.label_from for portrait in own], texts)
        central = section.said([portrait.central for portrait in own], texts)
        for n, (label, portrait) in enumerate(result.portraits.items()):
            of_comments = portrait._replace(label_from=named[n], central=central[n])
            drawn[following + label] = of_comments
        following += max(result.labels) + 1
    first = np.zeros(following, dtype=np.int64)
    first[theme[::-1]] = np.arange(len(texts))[::-1]  # what is put last stays
    found: list[int] = first[theme].tolist()
    return found, {int(first[number]): own for number, own in drawn.items()}


def _touched(free: Sequence[int], found: Sequence[int], sections: Sequence[str]) -> set[str]:
    """Return the sections of which a theme has other texts than it was found with."""
    changed = [pair for pair in zip(free, found, strict=True) if pair[0] != pair[1]]
    left, entered = {old for old, _ in changed}, {new for _, new in changed}
    pairs = zip(free, found, sections, strict=True)
    return {section for old, new, section in pairs if old in left or new in entered}
