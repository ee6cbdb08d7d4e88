"""The lexicon of a consultation: its own words, and how people talk about each section's matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SectionWords:
    """Words for one section: ``terms`` in policy language, ``everyday`` as people say it."""

    terms: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two sets of words that turn an ask round (提高 / 降低), with the reason for the pair."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """How people name an indicator or a target, and the figures they cite for it."""

    section: str
    names: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    number: int = 0  # of the indicator; 0 for another target of the plan


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of a consultation. ``version`` changes whenever the file does."""

    version: str = "none"
    words: tuple[str, ...] = ()
    sections: Mapping[str, SectionWords] = field(default_factory=dict)
    general: tuple[str, ...] = ()
    offplan: tuple[str, ...] = ()
    opposites: tuple[Opposite, ...] = ()
    figures: tuple[FigureWords, ...] = ()
