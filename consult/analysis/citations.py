"""Finds where a comment points into the plan: numbers, pages, titles, wording, figures."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from consult.analysis.citations_figures import FigureFinder
from consult.analysis.citations_gates import pairs
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_numbers import NumberFinder
from consult.analysis.citations_signs import Signs
from consult.analysis.citations_wording import WordingFinder
from consult.analysis.normalise_batch import Batch, normalised
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon

_PLACE: Final = attrgetter("start", "end", "kind", "codes")
__all__ = ["WEIGHTS", "Citation", "CitationFinder"]


class CitationFinder:
    """Finds all citations of one plan in texts, in the order of their places."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._numbers = NumberFinder(plan)
        self._wording = WordingFinder(plan)
        self._figures = FigureFinder(plan, lexicon or Lexicon())

    def find(self, text: str) -> list[Citation]:
        """Return the citations of one text; spans refer to the text as given."""
        return self.find_all(normalised([text]))[0]

    def find_all(self, batch: Batch) -> list[list[Citation]]:
        """Return the citations of each text.

        One finder after the other: its tables then stay in the processor's cache.
        """
        every: list[list[Citation]] = [[] for _ in batch.texts]
        for found in self._found(batch):
            for text, own in found.items():
                every[text] += own
        for own in every:
            if len(own) > 1:
                own.sort(key=_PLACE)
        return every

    def _found(self, batch: Batch) -> Iterator[dict[int, list[Citation]]]:
        """Yield what each finder has of the texts: a single one is not worth looking for signs."""
        if len(batch) == 1:
            for finder in (self._numbers, self._wording, self._figures):
                yield {0: finder.find(batch[0])}
            return
        signs, keys = Signs(batch), pairs(batch)
        yield self._numbers.find_all(batch, signs)
        yield self._wording.find_all(batch, keys, signs.marked())
        yield self._figures.find_all(batch, keys, signs)
