"""Families (雷同件): near-duplicates of one text, found in nearly linear time.

Equal texts (after folding) are one. The rest meet in buckets (``families_candidates``); a text
joins a family only when an exact comparison with the family's representative says so, and when the
edits do not turn the ask round (``families_reversal``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consult.analysis.collection import collection_paused
from consult.analysis.families_ahead import Ahead
from consult.analysis.families_candidates import candidates
from consult.analysis.families_distinct import Distinct, distinct
from consult.analysis.families_placing import Placing
from consult.analysis.families_survey import Survey
from consult.analysis.families_texts import Texts
from consult.analysis.families_verdicts import Verdicts
from consult.domain.lexicon import Lexicon

# Shorter texts share words by chance: only equality is evidence (measured on human-labelled pairs).
SHORTEST: Final = 20
_ROUNDS: Final = 4  # a letter, its reversal, and what is made of both


class FamilyFinder:
    """Labels near-duplicates; scikit-learn's ``fit_predict`` without its import.

    ``bases_`` holds, after a call, for each text the position of the base text of its family: the
    one that has most in common with the others; among equal ones the first. ``numbers_`` are the
    numbers of the texts, equal for equal ones. A finder remembers
    what it has read and compared, for a second call with nearly the same texts: that one costs
    what is new, and finds what a new finder would find. The result is the same for any number of
    ``processes``.
    """

    def __init__(self, lexicon: Lexicon | None = None, *, processes: int = 1) -> None:
        self.lexicon = lexicon
        self.processes = processes
        self.bases_: list[int] = []
        self.numbers_: list[int] = []
        self.forget()

    def forget(self) -> None:
        """Let go what is remembered: about 1.5 KB a text of 130 characters."""
        self._texts = Texts()
        self._survey = Survey()
        self._verdicts = Verdicts(self.lexicon.opposites if self.lexicon else (), self._texts)

    def ahead(self) -> Ahead:
        """Return what reads texts of the next call before it comes; drop it then."""
        return Ahead(self._texts, self._survey, SHORTEST)

    def copies(self) -> tuple[list[int], list[int]]:
        """Return the different texts of the last call that differ from their base texts, and these.

        By number; copies of one base text come together.
        """
        import numpy as np

        numbers = np.array(self.numbers_, np.int64)
        bases = numbers[self.bases_]
        copy, first = np.unique(numbers, return_index=True)
        base = bases[first]
        order = np.lexsort((first, base))
        order = order[copy[order] != base[order]]
        return copy[order].tolist(), base[order].tolist()

    def written(self, numbers: Sequence[int]) -> list[str]:
        """Return texts by their numbers."""
        return [self._texts.text[number] for number in numbers]

    def cut(self, numbers: Sequence[int]) -> list[str]:
        """Return texts by their numbers, cut into clauses (see ``cut_many``)."""
        return [self._texts.cut[number] for number in numbers]

    def fit_predict(self, texts: Sequence[str]) -> list[int]:
        """Return a label for each text, equal within a family; singletons have their own.

        A label is the index of the family's first text. Which texts form a family does not depend
        on their order.
        """
        with collection_paused():
            self.numbers_ = self._texts.numbered(texts)
            found, known = distinct(self._texts, self.numbers_)
            self._join(found)
            first, base = found.families()
        self.bases_ = base[known].tolist()
        labels: list[int] = first[known].tolist()
        return labels

    def _join(self, found: Distinct) -> None:
        """Let texts join the families of their likest representatives.

        What meets its reversal only is compared again among its like: a letter and the reverse of
        it stand in the same buckets, and each bucket names one head.
        """
        import numpy as np

        places = np.flatnonzero(found.length >= SHORTEST)
        for _ in range(_ROUNDS):
            if len(places) < 2:
                return
            rows = self._survey.rows(self._texts, found.number[places], self.processes)
            own = candidates(self._survey, rows, found.weight[places], self.processes)
            found.standing[places] = own.company
            places = Placing(found, places, own, self._verdicts).run(self.processes)
