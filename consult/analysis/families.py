"""Families (雷同件): near-duplicates of one text, found in nearly linear time.

Equal texts (after folding) are one. The rest meet in buckets (``families_candidates``); a text
joins a family only when an exact comparison with the family's representative says so, and when the
edits do not turn the ask round (``families_reversal``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.collection import collection_paused
from consult.analysis.families_candidates import Candidates, candidates
from consult.analysis.families_distinct import Distinct, distinct
from consult.analysis.families_survey import Survey
from consult.analysis.families_texts import Texts
from consult.analysis.families_verdict import Verdict
from consult.analysis.families_verdicts import Verdicts
from consult.domain.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Shorter texts share words by chance: only equality is evidence (measured on human-labelled pairs).
SHORTEST: Final = 20
_ROUNDS: Final = 4  # a letter, its reversal, and what is made of both


class FamilyFinder:
    """Labels near-duplicates; scikit-learn's ``fit_predict`` without its import.

    ``bases_`` holds, after a call, for each text the position of the base text of its family: the
    one that has most in common with the others; among equal ones the first. A finder remembers
    what it has read and compared, for a second call with nearly the same texts: that one costs
    what is new, and finds what a new finder would find. The result is the same for any number of
    ``processes``.
    """

    def __init__(self, lexicon: Lexicon | None = None, *, processes: int = 1) -> None:
        self.lexicon = lexicon
        self.processes = processes
        self.bases_: list[int] = []
        self.forget()

    def forget(self) -> None:
        """Let go what is remembered: about 1.5 KB a text of 130 characters."""
        self._texts = Texts()
        self._survey = Survey()
        self._verdicts = Verdicts(self.lexicon.opposites if self.lexicon else (), self._texts)

    def cut(self, texts: Sequence[str]) -> list[str]:
        """Return texts of the last call cut into clauses (see ``cut_many``)."""
        return self._texts.cuts(texts)

    def fit_predict(self, texts: Sequence[str]) -> list[int]:
        """Return a label for each text, equal within a family; singletons have their own.

        A label is the index of the family's first text. Which texts form a family does not depend
        on their order.
        """
        with collection_paused():
            found, known = distinct(self._texts, texts)
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
            places = self._placed(found, places, own)

    def _placed(self, found: Distinct, places: NDArray[Any], own: Candidates) -> NDArray[Any]:
        """Let each text join the first of its heads' families that it copies.

        Returns those that were like some heads, and all of these turned round, the first in rank
        first.
        """
        import numpy as np

        left = [np.zeros(0, np.int64)]
        for wave in own.waves():
            pairs = own.text[wave], places[own.head[wave]], own.near[wave]
            left.append(self._join_wave(found, places, *pairs))
        turned = np.concatenate(left)
        ordered: NDArray[Any] = places[turned[np.argsort(own.rank[turned])]]
        return ordered

    def _join_wave(
        self,
        found: Distinct,
        places: NDArray[Any],
        text: NDArray[Any],
        head: NDArray[Any],
        near: NDArray[Any],
    ) -> NDArray[Any]:
        """Compare texts with their heads' representatives, the likest ones of all texts first.

        ``text`` are positions in ``places``. Returns those that met their reversal only.
        """
        import numpy as np

        base = found.head[head]
        first = np.sort(np.unique(text << 32 | base, return_index=True)[1])  # two heads of one
        text, base, near = text[first], base[first], near[first]
        turn = np.arange(len(text)) - np.searchsorted(text, text)
        joined, turned = np.zeros((2, len(places)), bool)
        for now in range(int(turn.max(initial=-1)) + 1):
            asked = np.flatnonzero((turn == now) & ~joined[text])
            copy = places[text[asked]]
            pairs = found.number[base[asked]], found.number[copy], near[asked]
            verdict = self._verdicts.on(*pairs, self.processes)
            copies = verdict == Verdict.COPY
            found.head[copy[copies]] = base[asked[copies]]
            joined[text[asked[copies]]] = True
            turned[text[asked[verdict == Verdict.TURNED]]] = True
        return np.flatnonzero(turned & ~joined)
