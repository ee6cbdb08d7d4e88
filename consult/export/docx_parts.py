"""Paragraphs and tables of a Word document, written as WordprocessingML.

python-docx builds tables in quadratic time (10,000 rows: 106 s against 0.2 s written as text), so
this room writes the markup itself. Every function returns a piece of ``word/document.xml``; text
is escaped here and nowhere else. The order of child elements is the schema's: Word insists on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape
from zlib import crc32

from consult.export.blocks import TableColumn
from consult.export.sanitise import printable

_SPECIAL: Final = re.compile("([\t\n])")
_MARKUP: Final = {"\t": "<w:tab/>", "\n": "<w:br/>"}
_NAME: Final = re.compile("[^A-Za-z0-9_]")


class Markup(str):
    """Finished markup, told apart from text by its type: no text can pass for it."""

    __slots__ = ()
    fill = ""  # the colour of the cell behind it, six hexadecimal digits


class Filled(Markup):
    """Finished markup of a cell with a colour behind it."""

    __slots__ = ("fill",)

    def __new__(cls, markup: str, fill: str) -> Filled:
        """Keep the markup with its colour."""
        made = super().__new__(cls, markup)
        made.fill = fill
        return made


def run(text: str, style: str = "") -> str:
    """Return a run of text, line ends and tabs kept; ``style`` is a character style."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = (
        _MARKUP.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _SPECIAL.split(printable(text))
        if piece
    )
    return f"<w:r>{look}{''.join(pieces)}</w:r>"


def paragraph(text: str, style: str, *, lead: str = "", mark: str | None = None) -> str:
    """Return a paragraph; ``lead`` stands before the text in bold, ``mark`` names a bookmark."""
    runs = (run(lead, "Strong") if lead else "") + (run(text) if text else "")
    return _paragraph(runs if mark is None else bookmark(mark, runs), style)


def link(text: str, mark: str, style: str) -> Markup:
    """Return a paragraph that leads to a bookmark of the same document."""
    start = f'<w:hyperlink w:anchor="{bookmark_name(mark)}" w:history="1">'
    return Markup(_paragraph(f"{start}{run(text)}</w:hyperlink>", style))


def bookmark(mark: str, inner: str) -> str:
    """Put a bookmark around runs; the id comes from the name, as both must be unique."""
    name = bookmark_name(mark)
    number = crc32(name.encode()) & 0x7FFFFFFF  # a signed 32-bit number to Word
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_name(mark: str) -> str:
    """Return the bookmark name for a section code; letters, digits and ``_`` alone are allowed."""
    return "section_" + (_NAME.sub("_", mark)[:30] or "unassigned")


def table(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    style: str = "Grid",
    *,
    torn: bool = False,
) -> str:
    """Return a table whose head is repeated on every page; rows are torn apart only if ``torn``.

    A cell is plain text or a paragraph as ``Markup``; a row of a single cell spans the whole width
    (a band).
    """
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    head = ""
    if any(column.title for column in columns):
        cells = "".join(_cell(c.title, c.width, "TableHead", shaded=True) for c in columns)
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    body = "".join(_row(columns, row, torn) for row in rows)
    width = sum(column.width for column in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _paragraph(inner: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def _row(columns: Sequence[TableColumn], row: Sequence[str], torn: bool) -> str:
    if len(row) == 1:
        width = sum(column.width for column in columns)
        cells = _cell(row[0], width, "TableBand", span=len(columns), shaded=True)
    else:
        cells = "".join(
            _cell(text, column.width, column.style)
            for text, column in zip(row, columns, strict=True)
        )
    kept = "" if torn else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{kept}{cells}</w:tr>"


def _cell(text: str, width: int, style: str, *, span: int = 1, shaded: bool = False) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = "EDEDED" if shaded else text.fill if isinstance(text, Markup) else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    inner = text if isinstance(text, Markup) else paragraph(text, style)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
    )
