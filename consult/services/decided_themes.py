"""What staff decided about themes, as a run reads it before it groups anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.comment import Comment, Link
from consult.domain.theme import Constraints, Theme
from consult.services.office import Office
from consult.store import theme_decisions, themes
from consult.store.run_comments import Prepared, prepare
from consult.store.theme_decisions import Apart

_PROPOSALS = 4


@dataclass(frozen=True, slots=True)
class Decided:
    """``newest`` tells whether anybody has decided something since; ``before`` are the themes."""

    newest: int
    adopted: Mapping[int, Theme]
    aparts: tuple[Apart, ...]
    before: tuple[Theme, ...]

    def at_home(self, comment: Comment) -> bool:
        """Tell whether a comment stands in the section of the theme that staff put it into."""
        home = self.adopted.get(comment.pinned or 0)
        return home is not None and home.section == comment.section

    def constraints(self, points: Sequence[Comment]) -> Constraints:
        """Return the decisions about these comments, by position."""
        groups: dict[int, list[int]] = {}
        place: dict[int, int] = {}
        for position, comment in enumerate(points):
            if comment.number:
                place[comment.number] = position
            if comment.pinned and self.at_home(comment):
                groups.setdefault(comment.pinned, []).append(position)
        aparts = [tuple(_placed(side, place) for side in both) for both in self.aparts]
        return Constraints(
            together=tuple(tuple(groups[theme]) for theme in sorted(groups)),
            apart=tuple((left, right) for left, right in aparts if left and right),
        )

    def prepared(self, old: Comment, new: Comment | Prepared) -> Prepared:
        """Return what is written about a comment; the section of a confirmed member stays.

        Who adopts an ask of a section has seen where its comments stand. What the mapper would say
        now is kept among the proposals.
        """
        return new if isinstance(new, Prepared) else prepare(self._held(old, new))

    def _held(self, old: Comment, new: Comment) -> Comment:
        if not self.at_home(old) or old.section == new.section:
            return new
        proposed: dict[str, Link] = {}
        for link in (*new.links, *new.runners_up):
            proposed.setdefault(link.section, link)
        rest = tuple(link for link in proposed.values() if link.section != old.section)
        return replace(new, links=old.links, runners_up=rest[:_PROPOSALS])


def decided(office: Office, consultation: int) -> Decided:
    """Read the decisions inside the caller's transaction."""
    db = office.store.db
    return Decided(
        newest=theme_decisions.newest(db, consultation),
        adopted=themes.adopted(db, consultation),
        aparts=theme_decisions.aparts(db, consultation),
        before=themes.every(db, consultation),
    )


def _placed(numbers: Sequence[int], place: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(place[number] for number in numbers if number in place)
