"""What a document that is made of a selection of comments (部分意见) holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partial:
    """What a document that is made of a selection of comments (部分意见) holds.

    ``words`` say what was chosen, (what, which); the sums are the store's own, as those of all.
    """

    words: tuple[tuple[str, str], ...]
    comments: int
    mapped: int
    general: int
    offplan: int
    unassigned: int

    @property
    def balanced(self) -> bool:
        """Whether its sum adds up."""
        return self.comments == self.mapped + self.general + self.offplan + self.unassigned
