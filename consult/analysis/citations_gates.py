"""Which texts are worth searching for the titles of a plan: most of them name none."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.phrases import SignFinder


class TitlePairs:
    """Tells which titles a text may name: half of a title's pairs of characters must be there.

    A typo spoils two pairs at most.
    """

    def __init__(self, titles: Sequence[str], plan: str) -> None:
        """Take the folded titles of the sections and that of the plan, which names none of them."""
        pairs = [{title[place : place + 2] for place in range(len(title) - 1)} for title in titles]
        self._plan = plan
        self._finder = SignFinder(pair for own in pairs for pair in own)
        self._titles = [
            tuple(place for place, own in enumerate(pairs) if pair in own)
            for pair in self._finder.signs
        ]
        self._least = [(len(own) + 1) // 2 for own in pairs]

    def named(self, folded: str) -> Sequence[int]:
        """Return the titles that a folded text may name, ascending."""
        if self._plan:
            folded = folded.replace(self._plan, " ")
        found = {match[0] for match in self._finder.places(folded)}
        if not found:
            return ()
        times = [0] * len(self._least)
        for pair in found:
            for title in self._titles[pair]:
                times[title] += 1
        return [title for title, least in enumerate(self._least) if times[title] >= least]
