"""Texts read ahead of a finder's call: while others still split what is to come.

What a finder knows of a text before it compares does not depend on the other texts. So all of it
can be known when the last text comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.collection import collection_paused
from consult.analysis.families_survey import Survey
from consult.analysis.families_texts import Texts


class Ahead:
    """Reads the texts of a call to come, those that read the same once."""

    def __init__(self, texts: Texts, survey: Survey, shortest: int) -> None:
        self._texts = texts
        self._survey = survey
        self._shortest = shortest
        # By hash: the texts themselves, folded, would take more room than all else.
        self._first: dict[int, int] = {}

    def read(self, texts: Sequence[str]) -> None:
        """Cut texts and look at those that are long enough to be compared."""
        with collection_paused():
            begin = len(self._texts)
            folded = self._texts.take(texts)
            new: dict[int, str] = {}
            same: list[tuple[int, int]] = []
            for number, said in enumerate(folded, begin):
                if len(said) < self._shortest:
                    continue
                first = self._first.setdefault(self._texts.hash[number], number)
                if first == number:
                    new[number] = said
                elif said == (new.get(first) or self._texts.folded([first])[0]):
                    same.append((number, first))
            self._survey.look(self._texts, new)
            self._survey.share(same)
