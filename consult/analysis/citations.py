"""Finds where a comment points into the plan: numbers, pages, titles, wording, figures."""

from __future__ import annotations

from consult.analysis.citations_figures import FigureFinder
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_numbers import NumberFinder
from consult.analysis.citations_wording import WordingFinder
from consult.analysis.normalise_batch import Batch, normalised
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon

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
        """Return the citations of each text."""
        every = []
        for forms, gate in zip(batch, self._wording.gates(batch), strict=True):
            found = [
                *self._numbers.find(forms),
                *self._wording.find(forms, gate),
                *self._figures.find(forms),
            ]
            found.sort(key=lambda one: (one.start, one.end, one.kind, one.codes))
            every.append(found)
        return every
