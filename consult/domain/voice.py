"""Who says what inside a theme: each ask with the comments whose own text makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a digest is made of lines, and they of voices
    from consult.domain.digest import Counts


@dataclass(frozen=True, slots=True)
class Voice:
    """An ask inside a theme, in the words of a comment, and the comments whose own text makes it.

    What staff have adopted is told in the words of staff.
    """

    text: str
    counts: Counts
    numbers: tuple[int, ...]


def unvoiced(numbers: Sequence[int], voices: Sequence[Voice]) -> tuple[int, ...]:
    """Return the comments that are in no voice; none where no voices are told."""
    told = {number for voice in voices for number in voice.numbers}
    return tuple(number for number in numbers if number not in told) if told else ()
