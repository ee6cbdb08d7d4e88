"""Blocks as WordprocessingML."""

from __future__ import annotations

from typing import Final

from consult.export.blocks import Bar, Block, Cell, Link, Paragraph, Shaded, Table, TimeLine
from consult.export.docx_parts import Filled, link, paragraph, table

_BAR: Final = 10  # blocks of the longest bar, as many as the column is wide
# From paper to the colour of the bars; black figures keep a contrast of 4.5 on each of them.
_FILLS: Final = ("FFFFFF", "E4EBF5", "C9D7EB", "A9C0DF", "86A6D0")


def markup(block: Block) -> str:
    """Return a block as a piece of ``word/document.xml``."""
    if isinstance(block, Paragraph):
        return paragraph(block.text, block.style, lead=block.lead, mark=block.mark)
    if isinstance(block, TimeLine):  # its bars stand in the table
        return _table(block.table)
    return _table(block)


def _table(block: Table) -> str:
    rows = [
        [_cell(cell, column.style) for cell, column in zip(row, block.columns, strict=False)]
        for row in block.rows
    ]
    return table(block.columns, rows, block.style, torn=block.torn)


def _cell(cell: Cell, style: str) -> str:
    if isinstance(cell, Link):
        return link(cell.text, cell.mark, "TableText")
    if isinstance(cell, Shaded):
        return Filled(paragraph(cell.text, style), _FILLS[cell.shade])
    if isinstance(cell, Bar):
        return "█" * -int(-cell.share * _BAR // 1)
    return cell
