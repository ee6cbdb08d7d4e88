"""Read what comments ask of the draft itself: its words (修改请求) and its figures (意向)."""

from __future__ import annotations

from consult.analysis.aims import AimFinder
from consult.analysis.amendments import amendments_in
from consult.analysis.amendments_draft import DraftWords
from consult.analysis.point_screen import Look
from consult.domain.aim import Aim
from consult.domain.amendment import Amendment
from consult.domain.consultation import OFFPLAN, Plan
from consult.domain.lexicon import Lexicon


class PointReader:
    """Reads comments against one plan."""

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        self._draft = DraftWords(plan)
        self._aims = AimFinder(plan, lexicon)

    def read(self, look: Look, section: str) -> tuple[tuple[Amendment, ...], tuple[Aim, ...]]:
        """Return the amendments and aims of a comment; one off the plan has none."""
        if section == OFFPLAN:
            return (), ()
        return amendments_in(look, self._draft, section), self._aims.find_in(look)
