"""Read what comments ask of the draft itself: its words (修改请求) and its figures (意向)."""

from __future__ import annotations

from collections.abc import Sequence

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

    def read(
        self, looks: Sequence[Look], sections: Sequence[str]
    ) -> list[tuple[tuple[Amendment, ...], tuple[Aim, ...]]]:
        """Return the amendments and aims of comments by sections; one off the plan has none."""
        on = [place for place, code in enumerate(sections) if code != OFFPLAN]
        own = [looks[place] for place in on]
        amendments = amendments_in(own, self._draft, [sections[place] for place in on])
        aims = map(self._aims.find_in, own)
        read: list[tuple[tuple[Amendment, ...], tuple[Aim, ...]]] = [((), ())] * len(looks)
        for place, changes, wants in zip(on, amendments, aims, strict=True):
            read[place] = (changes, wants)
        return read
