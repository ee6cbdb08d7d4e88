"""The digest as Markdown: for pasting into other systems; received text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consult.domain.digest import Digest
from consult.export.blocks import Bar, Block, Cell, Link, Paragraph, Shaded, Table, TimeLine
from consult.export.digest_body import body
from consult.export.sanitise import printable

_HEADINGS: Final = {"Title": "#", "Heading1": "##", "Heading2": "###", "Heading3": "####"}
# What may begin emphasis, code, links, tables, HTML, formulas or mentions inside of a line
# (CommonMark 2.4 and 6, GitHub's autolinks); a backslash before it takes its meaning away.
_MARKS: Final = re.compile(r"[\\`*_\[\]<>|~&$#!@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
# A line that begins so is a list or a rule; quotes and headings begin with one of the marks above.
_ORDER: Final = re.compile(r"^(\d*)([-+=.)])")
_BAR: Final = 10  # blocks of the longest bar


def digest_markdown(digest: Digest) -> bytes:
    """Return the digest as Markdown (UTF-8) with the tables of GitHub's dialect.

    Raises ``AccountingError`` when the sums do not add up.
    """
    text = "\n\n".join(filter(None, map(_block, body(digest)))) + "\n"
    return text.encode()


def plain(text: str) -> str:
    """Return text on one line in which nothing is markup."""
    flat = " ".join(printable(text).split())
    safe = _MARKS.sub(lambda m: _ENTITIES.get(m.group(), f"\\{m.group()}"), flat)
    return _ORDER.sub(r"\1\\\2", safe)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    table = block.table if isinstance(block, TimeLine) else block
    return "\n".join(_table(table))


def _paragraph(block: Paragraph) -> str:
    lead = f"**{plain(block.lead)}** " if block.lead else ""
    words = f"{lead}{plain(block.text)}".strip()
    if block.style in _HEADINGS:
        return f"{_HEADINGS[block.style]} {words}"
    if not words:
        return ""
    if block.style in ("Ask", "Caption", "Warning"):
        return f"**{words}**"
    return f"> {words}" if block.style == "Quote" else words


def _table(table: Table) -> Iterator[str]:
    yield _row([plain(column.title) for column in table.columns])
    yield _row(["---"] * len(table.columns))
    for row in table.rows:
        cells = [_cell(cell) for cell in row]
        yield _row(cells + [""] * (len(table.columns) - len(cells)))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Bar):
        return "█" * -int(-cell.share * _BAR // 1)
    return plain(cell.text if isinstance(cell, Link | Shaded) else cell)
