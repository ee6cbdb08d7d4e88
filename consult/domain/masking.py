"""Doubtful maskings (存疑的遮盖): what may tell who somebody is, and what staff said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why a find is doubtful."""

    NAME = "name"
    ADDRESS = "address"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Find:
    """A doubtful place of a text: hidden in public as ``shown`` until staff leave it readable."""

    start: int
    end: int
    doubt: Doubt
    shown: str


@dataclass(frozen=True, slots=True)
class Masking:
    """What staff said of a find: ``hidden`` or left readable; the text of a comment never moves."""

    comment: int
    start: int
    end: int
    hidden: bool
    actor: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A find as staff read it: the words around it, what the public reads, and what was said.

    ``masking`` is None while nobody has decided: it is open (待核实), and hidden.
    """

    comment: int
    section: str
    find: Find
    before: str
    words: str
    after: str
    masking: Masking | None = None

    @property
    def key(self) -> str:
        """What names the find in a form and on the command line: ``17:3-6``."""
        return f"{self.comment}:{self.find.start}-{self.find.end}"
