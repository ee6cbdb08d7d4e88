"""What speaks for the two codes that are not sections, ``general`` and ``offplan``.

Cues count by how much of a text they explain: 支持 alone is about the whole plan, 支持 at the head
of a long proposal is not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from consult.analysis.normalise import fold
from consult.analysis.normalise_batch import Forms
from consult.analysis.phrases import SignFinder
from consult.analysis.sections_beyond_cues import CUES, Cue
from consult.domain.consultation import GENERAL, OFFPLAN

SPAN: Final = 24  # folded characters that one cue explains; the rest of a longer text outweighs it
_NEVER: Final = "(?!)"
_HAN_OR_LETTER: Final = re.compile(r"[^\W_]")


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
        self._signs = SignFinder(sign for cue in self._cues for sign in cue.signs)
        self._always = [place for place, cue in enumerate(self._cues) if not cue.signs]
        opening = "|".join(self._cues[place].regex.pattern for place in self._always)
        self._anchored = re.compile(opening or _NEVER)
        self._signed: dict[str, list[int]] = {}
        for place, cue in enumerate(self._cues):
            for sign in cue.signs:
                self._signed.setdefault(sign, []).append(place)

    def find(self, forms: Forms) -> list[CueHit]:
        """Return the strongest cue of each code; signs alone are a gesture to the whole."""
        text, folded = forms.text, forms.folded
        if not _HAN_OR_LETTER.search(folded):
            shown = bool(text.strip())
            return [CueHit(GENERAL, 1.0, 0, len(text), "signs only")] if shown else []
        places = self._opening(folded)
        for sign in self._signs.find(folded):
            places.update(self._signed[sign])
        best: dict[str, CueHit] = {}
        for place in sorted(places):
            cue = self._cues[place]
            match = cue.search(folded)
            if match is None:
                continue
            share = cue.strength * min(1.0, SPAN / len(folded))
            if cue.code not in best or share > best[cue.code].share:
                best[cue.code] = CueHit(cue.code, share, *forms.span(*match.span()), cue.reason)
        return sorted(best.values(), key=lambda hit: (-hit.share, hit.code))

    def _opening(self, folded: str) -> set[int]:
        """Return the cues without signs, where any of them can match: they are one search."""
        return set(self._always) if self._anchored.match(folded) else set()


def _without(cue: Cue, plan: str) -> Cue:
    """Return an off-plan list of words without those that the plan uses."""
    if cue.code != OFFPLAN or not cue.listed:
        return cue
    words = [word for word in cue.regex.pattern.split("|") if word not in plan]
    return replace(cue, regex=re.compile("|".join(words) or _NEVER), signs=frozenset(words))
