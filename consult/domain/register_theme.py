"""A line of the register by theme (意见汇总表，按同类意见)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.comment import Channel, Speaker
from consult.domain.triage import Disposition

if TYPE_CHECKING:  # the register is made of these lines, and they of its counts
    from consult.domain.digest import Counts
    from consult.domain.voice import Voice


@dataclass(frozen=True, slots=True)
class RegisterTheme:
    """One ask of a section, or a comment that is in no theme; each comment is in one line.

    ``dispositions`` counts the comments with an approved decision, ``answers`` are the different
    reasons and answers given. ``voices`` tell who says what, as in a digest.
    """

    section: str
    section_label: str
    section_title: str
    label: str
    counts: Counts
    speakers: tuple[tuple[Speaker, int], ...]
    channels: tuple[tuple[Channel, int], ...]
    numbers: tuple[int, ...]
    dispositions: tuple[tuple[Disposition, int], ...] = ()
    answers: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
