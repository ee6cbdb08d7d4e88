"""What every plan is read into first: a stream of lines and tables, the same for all formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.text import is_blank, normalise

# What stays half-width in running text but is set full-width in a Chinese title.
_WIDE = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"})
ABOVE = "\x01"  # no cell can hold it: controls are dropped
_HAN = re.compile("[\u3400-\u9fff]")
# White space that touches a character outside of ASCII only spreads the title over the cover.
_LOOSE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``hint`` is what its format says about it.

    ``heading`` (a heading style), ``toc`` (a table-of-contents style), ``cell`` (out of a box drawn
    as a table: never a heading), or empty.
    """

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: rows of cell texts, merged cells filled up with blanks.

    Read as a form, a cell keeps its line ends, and ``ABOVE`` stands in one that goes on from above.
    """

    rows: tuple[tuple[str, ...], ...]


Block = Line | TableBlock


def lines_of(text: str, hint: str = "") -> list[Block]:
    """Cut a text at its line ends; blank lines are layout and left out."""
    found = (piece.strip() for piece in normalise(text, strict=False).split("\n"))
    return [Line(piece, hint) for piece in found if not is_blank(piece)]


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """Return the texts of the lines, without the tables."""
    return [block.text for block in blocks if isinstance(block, Line)]


def cell_text(text: str) -> str:
    """Return a cell's text on one line, as printed but for white space."""
    plain = normalise(text, strict=False).strip()
    return re.sub(r"\s+", " ", _LOOSE.sub("", plain))


def title_text(text: str) -> str:
    """Return a title or name as Chinese typography sets it, so that two sources agree."""
    line = cell_text(text)
    return line.translate(_WIDE) if _HAN.search(line) else line


def title_key(text: str) -> str:
    """Return what two spellings of the same title have in common: letters and digits only."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "", plain)
