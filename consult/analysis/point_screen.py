"""One look at a comment for all that read it: what it does, and what it asks of the draft.

Each of these readers has a table of patterns. The look tells which of them the comment can hold at
all, and its aligned text is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from consult.analysis import aims_cues, amendments_forms, stance_cues, stance_forms
from consult.analysis.amendments_quotes import ANY_QUOTE, CLOSE, OPEN
from consult.analysis.normalise_batch import aligned
from consult.analysis.screen import Screen

# Quotes are marked in a text after the look.
SCREEN: Final = Screen(
    (
        *stance_cues.PATTERNS,
        *stance_forms.PATTERNS,
        *(form.pattern for form in amendments_forms.FORMS),
        ANY_QUOTE,
        *aims_cues.PATTERNS,
    ),
    unseen=OPEN + CLOSE,
)


_FEW: Final = 20  # comments up to which an array costs more than it saves


class Look(NamedTuple):
    """A comment's text, its aligned form, and what the screen has seen in that."""

    text: str
    aligned: str
    seen: int

    def may(self, need: int) -> bool:
        """Tell whether a pattern of this need can be found in the aligned text."""
        return self.seen & need == need


class Seen:
    """What was seen in some comments, in the order of the looks at them."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self._each = [look.seen for look in looks]
        self._all = np.array(self._each, dtype=np.uint64) if len(looks) > _FEW else None

    def holding(self, need: int) -> list[int]:
        """Return the places of the comments that may hold a pattern of this need."""
        if self._all is None:
            return [place for place, seen in enumerate(self._each) if seen & need == need]
        needed = np.uint64(need)
        found: list[int] = ((self._all & needed) == needed).nonzero()[0].tolist()
        return found


def look_at(text: str) -> Look:
    """Look at one text."""
    return look_at_all([text])[0]


def look_at_all(texts: Sequence[str]) -> list[Look]:
    """Look at texts: together they take a tenth of the time that each would take alone."""
    own = aligned(texts)
    return [Look(*each) for each in zip(texts, own, SCREEN.look(own), strict=True)]
