"""Saved web pages: text of the blocks, data tables apart, scripts and navigation dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from consult.intake.draft_lines import Block, Line, TableBlock, cell_text, lines_of, texts_of
from consult.intake.draft_txt import decode

# Elements whose contents nobody reads as text of the page.
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "select"}
    | {"button", "svg", "iframe", "object"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# Elements that end a line when they begin or end.
_BREAKS = (
    _HEADINGS
    | _CELLS
    | frozenset(
        {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main"}
        | {"header", "blockquote", "pre", "body", "html", "center", "table", "tr", "tbody", "thead"}
        | {"tfoot", "caption", "form", "fieldset", "figure", "figcaption", "address"}
    )
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,20})""", re.IGNORECASE)
_CHARSET_WITHIN = 4096  # bytes: a declaration stands at the head of the page
_LONGEST_CELL = 200  # characters: a cell with more is page layout, not a figure or a name
_WIDEST_SPAN = 50  # columns or rows: nothing real is wider


def html_blocks(data: bytes) -> list[Block]:
    """Read a saved web page. Raises ``InputRefused("draft.undecodable")``."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    text = decode(data, declared.group(1).decode("ascii", "replace") if declared else "")
    page = _Page()
    # libxml2 takes time in proportion to the page (the standard library's parser needed two
    # minutes for 400 kB of unclosed comments); no tree is built, so depth costs nothing.
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    try:
        parser.feed(text.encode())
        parser.close()
    except etree.XMLSyntaxError:  # nothing in the page that is markup at all
        return page.close()
    return page.close()


@dataclass
class _Table:
    rows: list[list[list[Block]]] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)  # column -> rows still covered

    def row(self) -> None:
        self.rows.append([])

    def cell(self, columns: int, rows: int) -> list[Block]:
        if not self.rows:
            self.row()
        row = self.rows[-1]
        self._cover(row)
        start = len(row)
        row += [[] for _ in range(columns)]
        self.reaching |= {column: rows for column in range(start, len(row)) if rows > 1}
        return row[start]

    def _cover(self, row: list[list[Block]]) -> None:
        """Leave blanks where a cell of a row above reaches down."""
        while self.reaching.get(len(row), 1) > 1:
            self.reaching[len(row)] -= 1
            row.append([])

    def blocks(self) -> list[Block]:
        cells = [cell for row in self.rows for cell in row]
        texts = ["".join(texts_of(cell)) for cell in cells]
        nested = any(isinstance(block, TableBlock) for cell in cells for block in cell)
        narrow = max((len(row) for row in self.rows), default=0) < 2
        if nested or narrow or any(len(text) > _LONGEST_CELL for text in texts):
            return [block for cell in cells for block in cell]
        rows = (tuple(cell_text(" ".join(texts_of(cell))) for cell in row) for row in self.rows)
        return [TableBlock(tuple(row for row in rows if any(row)))]


class _Page:
    """Turns the parser's events into blocks; what is left open is closed by what follows."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._tables: list[tuple[_Table, list[Block]]] = []  # with the list to go back to
        self._text: list[str] = []
        self._hint = ""
        self._dropped: list[str] = []
        self._kept = False  # inside of <pre>, where line ends count

    def close(self) -> list[Block]:
        self._flush()
        while self._tables:
            self._close_table()
        return self._blocks

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "body":
            self._dropped.clear()  # a head that was never closed ends here
        if self._dropped or tag in _DROPPED:
            self._dropped += [tag] if tag in _DROPPED else []
            return
        if tag in _BREAKS:
            self._flush()
        self._kept = tag == "pre" or self._kept
        self._hint = "heading" if tag in _HEADINGS else self._hint
        self._open_table_part(tag, attributes)

    def end(self, tag: str) -> None:
        if self._dropped:
            if tag in self._dropped:
                while self._dropped.pop() != tag:
                    pass
            return
        if tag in _BREAKS:
            self._flush()
        self._kept = tag != "pre" and self._kept
        self._hint = "" if tag in _HEADINGS else self._hint
        if tag == "table" and self._tables:
            self._close_table()

    def data(self, data: str) -> None:
        if not self._dropped:
            self._text.append(data)

    def _open_table_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._tables.append((_Table(), self._blocks))
        elif tag == "tr" and self._tables:
            self._tables[-1][0].row()
        elif tag in _CELLS and self._tables:
            spans = (_span(attributes.get(key)) for key in ("colspan", "rowspan"))
            self._blocks = self._tables[-1][0].cell(*spans)

    def _close_table(self) -> None:
        table, self._blocks = self._tables.pop()
        self._blocks += table.blocks()

    def _flush(self) -> None:
        """End a line: in HTML a line end in the source is only a space."""
        text = "".join(self._text)
        text = text if self._kept else re.sub(r"[ \t\r\n\f]+", " ", text)
        self._text.clear()
        self._blocks += [Line(b.text, self._hint) for b in lines_of(text) if isinstance(b, Line)]


def _span(value: str | None) -> int:
    found = re.match(r"\s*([0-9]{1,3})", value or "")
    return min(max(int(found.group(1)), 1), _WIDEST_SPAN) if found else 1
