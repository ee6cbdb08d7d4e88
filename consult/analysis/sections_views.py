"""What is counted in a text: its runs of characters, and its terms, words and concepts alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consult.analysis.citations_wording import bare_title
from consult.analysis.key_table import Keys
from consult.analysis.normalise_batch import Batch, normalised
from consult.analysis.phrases import Match
from consult.analysis.sections_concepts import ConceptScorer
from consult.analysis.sections_vocabulary import Counts, GramIndex, Grams, TermIndex, grams, spread
from consult.analysis.segment import Segmenter

# From so many examples on, a run that stands in one alone is left out: it teaches little and
# fills memory.
MANY: Final = 1000


@dataclass(frozen=True, slots=True)
class Views:
    """Texts as counts of runs and of terms; ``words`` in order, ``concepts`` where they stand."""

    runs: Counts
    terms: Counts
    words: Sequence[Sequence[str]]
    concepts: Sequence[Sequence[Match]]

    def some(self, places: Sequence[int]) -> Views:
        """Return the views of the texts at these places, ascending."""
        if len(places) == len(self.words):
            return self
        return Views(
            runs=self.runs.some(places),
            terms=self.terms.some(places),
            words=[self.words[place] for place in places],
            concepts=[self.concepts[place] for place in places],
        )


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
        self._concepts = concepts
        texts, labelled = normalised(documents), normalised(examples)
        self.runs = GramIndex(spread(grams(texts))[0], _often(self._grams(labelled)))
        taught = self._with_ids(self._words(labelled), self._found(labelled))
        self.terms = TermIndex([*segmenter.words_of(documents), *taught])

    def documents(self, texts: Sequence[str]) -> tuple[Counts, Counts]:
        """Return runs and words of documents, which speak in their own words: no concepts."""
        words = self.terms.count(self._segmenter.words_of(texts))
        return self.runs.count(grams(normalised(texts))), words

    def read(self, batch: Batch) -> Views:
        """Return what is counted in each text; the plan's own title is not."""
        words = self._words(batch)
        concepts = self._found(batch)
        return Views(
            runs=self.runs.count(self._grams(batch)),
            terms=self.terms.count(self._with_ids(words, concepts)),
            words=words,
            concepts=concepts,
        )

    def _own(self, batch: Batch) -> tuple[str, ...]:
        """Return the texts with the plan's own title blanked: it says nothing of a section."""
        if not self._title:
            return batch.aligned
        return tuple(aligned.replace(self._title, " ") for aligned in batch.aligned)

    def _grams(self, batch: Batch) -> Grams:
        own = self._own(batch)
        return grams(batch if own == batch.aligned else normalised(own))

    def _words(self, batch: Batch) -> list[list[str]]:
        return self._segmenter.words_of_aligned(self._own(batch))

    def _found(self, batch: Batch) -> list[list[Match]]:
        return [self._concepts.find(aligned) for aligned in batch.aligned]

    def _with_ids(
        self, words: Sequence[Sequence[str]], concepts: Sequence[Sequence[Match]]
    ) -> list[list[str]]:
        """Return the words of each text and the ids of its concepts, one for each word of it."""
        ids = self._concepts.ids
        return [
            [*own, *(name for match in found for name in ids[match[0]])]
            for own, found in zip(words, concepts, strict=True)
        ]


def _often(runs: Grams) -> Keys:
    """Return the runs of examples; of many only those that stand in two and more."""
    keys, texts = spread(runs)
    return keys[texts >= (2 if runs.texts >= MANY else 1)]
