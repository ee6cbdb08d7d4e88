"""Read what comments ask of the draft itself: its words (修改请求) and its figures (意向)."""

from __future__ import annotations

from dataclasses import replace

from consult.analysis.aims import AimFinder
from consult.analysis.amendments import find_amendments
from consult.analysis.amendments_draft import DraftWords
from consult.domain.comment import Comment
from consult.domain.consultation import OFFPLAN, Plan
from consult.domain.lexicon import Lexicon


class PointReader:
    """Reads comments against one plan."""

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        self._draft = DraftWords(plan)
        self._aims = AimFinder(plan, lexicon)

    def read(self, comment: Comment) -> Comment:
        """Return the comment with its amendments and aims; one off the plan has none."""
        if comment.section == OFFPLAN:
            return replace(comment, amendments=(), aims=())
        return replace(
            comment,
            amendments=find_amendments(comment.text, self._draft, comment.section),
            aims=self._aims.find(comment.text),
        )
