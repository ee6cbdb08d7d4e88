"""What speaks for the two codes that are not sections, ``general`` and ``offplan``.

Cues count by how much of a text they explain: 支持 alone is about the whole plan, 支持 at the head
of a long proposal is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from consult.analysis.normalise import fold
from consult.analysis.normalise_batch import Batch, Forms
from consult.analysis.screen import Screen
from consult.analysis.sections_beyond_cues import CUES, Cue, Search
from consult.domain.consultation import GENERAL, OFFPLAN

SPAN: Final = 24  # folded characters that one cue explains; the rest of a longer text outweighs it
_NEVER: Final = "(?!)"
_HAN_OR_LETTER: Final = re.compile(r"[^\W_]")
_Best = tuple[float, re.Match[str], Cue]  # the share of a cue, where it matched, and the cue
_Tried = tuple[Search, Cue]  # a cue behind what searches for it


class CueHit(NamedTuple):
    """A cue found in a text: its code, its share of the text (0 to 1) and its span."""

    code: str
    share: float
    start: int
    end: int
    reason: str


class CueFinder:
    """Finds cues in comments on one plan.

    What the plan itself speaks of is no sign that a comment is off the plan: a parking plan hears
    of parking.
    """

    def __init__(self, plan: str = "") -> None:
        """Take all the words of the plan."""
        self._cues = tuple(_without(cue, fold(plan)) for cue in CUES)
        self._screen = Screen(cue.regex for cue in self._cues)
        self._worth: dict[int, Sequence[_Tried]] = {}

    def find_all(self, batch: Batch) -> list[list[CueHit]]:
        """Return of each text the strongest cue of each code.

        A text of signs alone is a gesture to the whole.
        """
        found = []
        for place, seen in enumerate(self._screen.look(batch.folded)):
            folded = batch.folded[place]
            if folded[:1].isalnum() or _HAN_OR_LETTER.search(folded):
                cues = self._worth.get(seen)
                best = self._best(folded, self._worth_trying(seen) if cues is None else cues)
                found.append(_placed(best, batch[place]) if best else [])
            else:
                text = batch.texts[place]
                signs = CueHit(GENERAL, 1.0, 0, len(text), "signs only")
                found.append([signs] if text.strip() else [])
        return found

    def _worth_trying(self, seen: int) -> Sequence[_Tried]:
        """Return the cues that a text may have in which the screen has seen so much."""
        needs = [(cue, self._screen.need(cue.regex)) for cue in self._cues]
        self._worth[seen] = own = [(cue.search, cue) for cue, need in needs if seen & need == need]
        return own

    def _best(self, folded: str, cues: Sequence[_Tried]) -> dict[str, _Best]:
        """Return the strongest cue of each code, the first of equally strong ones."""
        best: dict[str, _Best] = {}
        for search, cue in cues:
            match = search(folded)
            if match is None:
                continue
            share = cue.strength * min(1.0, SPAN / len(folded))
            if cue.code not in best or share > best[cue.code][0]:
                best[cue.code] = share, match, cue
        return best


def _placed(best: Mapping[str, _Best], forms: Forms) -> list[CueHit]:
    """Return cues with their places in the text as written, the strongest first."""
    hits = [
        CueHit(code, share, *forms.span(*match.span()), cue.reason)
        for code, (share, match, cue) in best.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.share, hit.code))


def _without(cue: Cue, plan: str) -> Cue:
    """Return an off-plan list of words without those that the plan uses."""
    if cue.code != OFFPLAN or not cue.listed:
        return cue
    words = [word for word in cue.regex.pattern.split("|") if word not in plan]
    return replace(cue, regex=re.compile("|".join(words) or _NEVER))
