"""What the form of a consultation asks: set by the office, kept among the consultation's texts.

``speakers`` has a line ``CODE=word`` for each choice of who speaks, in the order of the form;
``field.NAME`` says whether a field is asked for. What is not set is asked for and may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from consult.domain.comment import Speaker
from consult.domain.terms import SPEAKERS


class Asked(StrEnum):
    """Whether a field is asked for."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


# What an office may switch. Files, amendments and the consent to be quoted can never be required.
FIELDS: Final[dict[str, tuple[Asked, ...]]] = {
    "speaker": tuple(Asked),
    "name": tuple(Asked),
    "contact": tuple(Asked),
    "publish": (Asked.OFF, Asked.OPTIONAL),
    "amendment": (Asked.OFF, Asked.OPTIONAL),
    "files": (Asked.OFF, Asked.OPTIONAL),
}


@dataclass(frozen=True, slots=True)
class Questions:
    """The choices of who speaks (code, word) and what is asked for, by name of the field."""

    speakers: tuple[tuple[Speaker, str], ...]
    asked: Mapping[str, Asked]

    def asks(self, name: str) -> bool:
        """Tell whether a field stands on the form."""
        return self.asked[name] is not Asked.OFF

    def needs(self, name: str) -> bool:
        """Tell whether a field must be filled in."""
        return self.asked[name] is Asked.REQUIRED


def questions(texts: Mapping[str, str]) -> Questions:
    """Read what the form asks from the texts of a consultation."""
    asked = tuple(texts.get(f"field.{name}", Asked.OPTIONAL) for name in FIELDS)
    return _questions(texts.get("speakers", ""), asked)


@lru_cache(maxsize=64)
def _questions(speakers: str, values: tuple[str, ...]) -> Questions:
    lines = (line.partition("=") for line in speakers.splitlines())
    named = tuple((Speaker(code), word) for code, _, word in lines)
    every = tuple((speaker, word) for speaker, word in SPEAKERS.items() if speaker)
    asked = {name: Asked(value) for name, value in zip(FIELDS, values, strict=True)}
    return Questions(named or every, asked)
