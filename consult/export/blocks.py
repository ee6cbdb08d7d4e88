"""The pieces that a document is made of, before it becomes Word, HTML or Markdown.

One body, three looks: numbers and words are the same in every form because they are put together
once. ``style`` names a paragraph style of ``docx_styles``; the other forms have their own for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHADES = 4  # steps of a heat map above nothing


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its width in millimetres, and the paragraph style of its cells."""

    title: str
    millimetres: float
    style: str = "TableText"

    @property
    def width(self) -> int:
        """The width in twentieths of a point."""
        return round(self.millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to the section marked with a code."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Shaded:
    """A number with a shade behind it, 0 (none) to ``SHADES``."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a length from 0 to 1; the figure it draws stands in another cell of the row."""

    share: float


Cell = str | Link | Shaded | Bar


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` stands before the text in bold, ``mark`` names the place to lead to."""

    text: str
    style: str
    lead: str = ""
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a row of a single cell spans the whole width. ``style`` is ``Grid`` or ``Lines``.

    ``torn`` lets a row go on on the next page: letters may be longer than one.
    """

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]
    style: str = "Grid"
    torn: bool = False


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A table whose second column is also drawn over its first; ``values`` are these figures."""

    table: Table
    labels: tuple[str, ...]
    values: tuple[int, ...]
    title: str


Block = Paragraph | Table | TimeLine


def shade(value: int, most: int) -> int:
    """Return the shade of a number beside the largest: 0 for nothing, equal steps above it."""
    return -(-value * SHADES // most) if value > 0 and most > 0 else 0
