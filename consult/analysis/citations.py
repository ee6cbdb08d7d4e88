"""Finds where a comment points into the plan: numbers, pages, titles, wording, figures."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.citations_figures import FigureFinder
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_numbers import NumberFinder
from consult.analysis.citations_wording import WordingFinder
from consult.analysis.normalise_batch import Forms, normalised
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
        return self.find_all(list(normalised([text])))[0]

    def find_all(self, texts: Sequence[Forms]) -> list[list[Citation]]:
        """Return the citations of each text, given by its forms.

        One finder after the other: its tables then stay in the processor's cache.
        """
        numbers = [self._numbers.find(forms) for forms in texts]
        wording = self._wording.find_all(texts)
        figures = [self._figures.find(forms) for forms in texts]
        every = []
        for found in zip(numbers, wording, figures, strict=True):
            own = [citation for some in found for citation in some]
            if len(own) > 1:
                own.sort(key=_place)
            every.append(own)
        return every


def _place(citation: Citation) -> tuple[int, int, str, tuple[str, ...]]:
    return citation.start, citation.end, citation.kind, citation.codes
