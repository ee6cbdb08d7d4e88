"""What is counted in a text: its runs of characters, and its terms, words and concepts alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.analysis.citations_wording import bare_title
from consult.analysis.key_table import ABSENT, Keys
from consult.analysis.normalise_batch import Batch, normalised
from consult.analysis.phrases_batch import Spotted
from consult.analysis.sections_concepts import ConceptScorer
from consult.analysis.sections_index import GramIndex, Grams, TermIndex, grams, spread
from consult.analysis.sections_vocabulary import Counts, parts_of
from consult.analysis.segment import Segmenter

# From so many examples on, a run that stands in one alone is left out: it teaches little and
# fills memory.
MANY: Final = 1000


@dataclass(frozen=True, slots=True)
class Views:
    """Texts as counts of runs and of terms."""

    runs: Counts
    terms: Counts

    def some(self, places: Sequence[int]) -> Views:
        """Return the views of the texts at these places, ascending."""
        if len(places) == len(self.runs.starts) - 1:
            return self
        return Views(self.runs.some(places), self.terms.some(places))


class ViewReader:
    """Reads texts in the runs and terms that documents and examples have.

    One look-up serves all who weigh them: what a scorer does not know weighs nothing there.
    """

    def __init__(
        self,
        title: str,
        segmenter: Segmenter,
        concepts: ConceptScorer,
        documents: Sequence[str],
        examples: Sequence[str],
    ) -> None:
        self._title = bare_title(title)
        self._segmenter = segmenter
        texts, labelled = normalised(documents), normalised(examples)
        shown = normalised(self._own(labelled.aligned))
        self.runs = GramIndex(spread(grams(texts))[0], _often(grams(shown)))
        words = segmenter.words_of_aligned(shown.aligned)
        ids = [concepts.ids[word] for word in set(concepts.find(labelled).phrases.tolist())]
        self.terms = TermIndex([*segmenter.words_of(documents), *words, *ids])
        rows = [[self.terms.row(name) for name in own] for own in concepts.ids]
        self._rows = [[row for row in own if row != ABSENT] for own in rows]
        self._ids = np.array([row for own in self._rows for row in own], dtype=np.int32)
        self._ends = np.cumsum([0, *map(len, self._rows)])

    def documents(self, texts: Sequence[str]) -> tuple[Counts, Counts]:
        """Return runs and words of documents, which speak in their own words: no concepts."""
        batch = normalised(texts)
        bag = self._segmenter.bag(batch.aligned)
        terms = self.terms.count(self.terms.rows_of(bag), bag.owners, len(texts))
        return self.runs.count(grams(batch)), terms

    def read(self, batch: Batch, concepts: Spotted) -> Views:
        """Return what is counted in each text; the plan's own title is not.

        ``concepts`` are the words of concepts in the batch.
        """
        own = self._own(batch.aligned)
        return Views(
            runs=self.runs.count(grams(batch if own is batch.aligned else normalised(own))),
            terms=self._count_terms(own, concepts),
        )

    def words(self, aligned: str) -> list[str]:
        """Return the words of one aligned text, without the plan's own title."""
        return self._segmenter.words_of_aligned(self._own([aligned]))[0]

    def _count_terms(self, own: Sequence[str], concepts: Spotted) -> Counts:
        """Count the words of each text and the ids of its concepts, one for each word of it."""
        if len(own) == 1:
            words = self._segmenter.words_of_aligned(own)[0]
            ids = [row for word in concepts.phrases.tolist() for row in self._rows[word]]
            return self.terms.count_one(words, ids)
        bag = self._segmenter.bag(own)
        found, at = parts_of(self._ends, concepts.phrases)
        return self.terms.count(
            np.concatenate((self.terms.rows_of(bag), self._ids.take(at))),
            np.concatenate((bag.owners, concepts.texts.take(found))),
            len(own),
        )

    def _own(self, aligned: Sequence[str]) -> Sequence[str]:
        """Return the texts with the plan's own title blanked: it says nothing of a section."""
        title = self._title
        if not title or not any(title in text for text in aligned):
            return aligned
        return [text.replace(title, " ") for text in aligned]


def _often(runs: Grams) -> Keys:
    """Return the runs of examples; of many only those that stand in two and more."""
    keys, texts = spread(runs)
    return keys[texts >= (2 if runs.texts >= MANY else 1)]
