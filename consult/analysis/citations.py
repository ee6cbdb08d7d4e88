"""Finds where a comment points into the plan: numbers, pages, titles, wording, figures."""

from __future__ import annotations

from consult.analysis.citations_figures import FigureFinder
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_numbers import NumberFinder
from consult.analysis.citations_wording import WordingFinder
from consult.analysis.normalise_batch import Batch, normalised
from consult.analysis.sections_vocabulary import Counts, GramIndex, grams, spread
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon

__all__ = ["WEIGHTS", "Citation", "CitationFinder"]


class CitationFinder:
    """Finds all citations of one plan in texts, in the order of their places."""

    def __init__(
        self, plan: Plan, lexicon: Lexicon | None = None, runs: GramIndex | None = None
    ) -> None:
        """Take the index that texts are counted in; it must know the plan's titles."""
        self.runs = runs or _of_titles(plan)
        self._numbers = NumberFinder(plan)
        self._wording = WordingFinder(plan, self.runs)
        self._figures = FigureFinder(plan, lexicon or Lexicon())

    def find(self, text: str) -> list[Citation]:
        """Return the citations of one text; spans refer to the text as given."""
        batch = normalised([text])
        return self.find_all(batch, self.runs.count(grams(batch)))[0]

    def find_all(self, batch: Batch, counts: Counts) -> list[list[Citation]]:
        """Return the citations of each text, given also by its counted runs."""
        every = []
        for forms, gate in zip(batch, self._wording.gates(batch, counts), strict=True):
            found = [
                *self._numbers.find(forms),
                *self._wording.find(forms, gate),
                *self._figures.find(forms),
            ]
            found.sort(key=lambda one: (one.start, one.end, one.kind, one.codes))
            every.append(found)
        return every


def _of_titles(plan: Plan) -> GramIndex:
    titles = normalised([node.title for node in plan.walk()])
    return GramIndex(spread(grams(titles))[0])
