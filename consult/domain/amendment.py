"""Amendment requests (修改请求): the very words of the draft that a comment wants changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AmendmentKind(StrEnum):
    """What is to be done with the words (修改方式)."""

    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    CORRECT = "correct"


class Lookup(StrEnum):
    """Whether the words stand in the draft (原文核对).

    ``unchecked``: there is no official text to look in, or no words of the draft were given.
    """

    UNCHECKED = "unchecked"
    FOUND = "found"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One request to change words of the draft.

    ``old`` are the words to be replaced, deleted or corrected, or those beside which ``new`` is to
    be put (``before`` tells the side), as the comment writes them; empty where it gives none.
    ``new`` is what shall stand there, empty for a deletion. ``start``/``end`` is the place of the
    whole request in the comment's text, ``where`` the place of the draft as cited there (第18页).
    ``section`` is the code of the section that holds ``old``, empty unless ``lookup`` found it.
    """

    kind: AmendmentKind
    old: str
    new: str
    start: int
    end: int
    where: str = ""
    before: bool = False
    lookup: Lookup = Lookup.UNCHECKED
    section: str = ""
