"""Finds where a comment points into the plan: numbers, pages, titles, wording, figures."""

from __future__ import annotations

from consult.analysis.citations_figures import FigureFinder
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_numbers import NumberFinder
from consult.analysis.citations_wording import WordingFinder
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon

__all__ = ["WEIGHTS", "Citation", "CitationFinder"]


class CitationFinder:
    """Finds all citations of one plan in a text, in the order of their places."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._finders = (
            NumberFinder(plan),
            WordingFinder(plan),
            FigureFinder(plan, lexicon or Lexicon()),
        )

    def find(self, text: str) -> list[Citation]:
        """Return the citations; spans refer to the text as given."""
        found = [citation for finder in self._finders for citation in finder.find(text)]
        return sorted(found, key=lambda one: (one.start, one.end, one.kind, one.codes))
