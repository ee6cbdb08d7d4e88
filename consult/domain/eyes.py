"""Four eyes (两人审定): who wrote an answer is not the one who approves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EyesRule(StrEnum):
    """What a consultation asks: by how many can approve (``auto``), always, or never."""

    AUTO = ""
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FourEyes:
    """The rule of a consultation, by name who can approve, and whether a second one is needed."""

    rule: EyesRule
    approvers: tuple[str, ...]

    @property
    def needed(self) -> bool:
        """Whether somebody else has to approve: where it is left open, from two people on."""
        return self.rule is EyesRule.ON or (self.rule is EyesRule.AUTO and len(self.approvers) > 1)


@dataclass(frozen=True, slots=True)
class Writers:
    """Who wrote an answer since it was last approved; ``last`` changed it last or handed it in."""

    every: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
