"""Looks up words in the draft: which section holds them, exact after normalisation."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.normalise import fold
from consult.domain.amendment import Lookup
from consult.domain.consultation import Plan

_SHORTEST: Final = 2  # folded characters; one character stands everywhere
_ELLIPSIS: Final = re.compile(r"…+|\.{3,}")  # what a writer leaves out of a long quotation
LEAD: Final = "0"  # the code of the paragraphs before the first chapter


class DraftWords:
    """The wording of a draft, node by node; without an official text nothing can be looked up."""

    def __init__(self, plan: Plan) -> None:
        self.official = plan.official
        self._parts: tuple[tuple[str, str], ...] = ()
        if self.official:
            nodes = ((n.code, "".join((n.title, *n.paragraphs))) for n in plan.walk())
            rows = ((i.section, f"{i.name}{i.unit}{i.base}{i.target}") for i in plan.indicators)
            parts = ((LEAD, "".join((plan.title, *plan.lead))), *nodes, *rows)
            self._parts = tuple((code, fold(words)) for code, words in parts)

    def holds(self, words: str) -> bool:
        """Tell whether words stand somewhere in the draft."""
        return self.look_up(words)[0] is Lookup.FOUND

    def look_up(self, words: str, near: str = "") -> tuple[Lookup, str]:
        """Return whether words stand in the draft, and the code of the section that holds them.

        Where several hold them, ``near`` (a section that the comment concerns) is preferred, then
        the first. Words with an ellipsis must stand in one section, piece by piece.
        """
        pieces = [folded for piece in _ELLIPSIS.split(words) if (folded := fold(piece))]
        if not self.official or sum(map(len, pieces)) < _SHORTEST:
            return Lookup.UNCHECKED, ""
        codes = [code for code, text in self._parts if _in_order(pieces, text)]
        if not codes:
            return Lookup.MISSING, ""
        return Lookup.FOUND, near if near in codes else codes[0]


def _in_order(pieces: list[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True
