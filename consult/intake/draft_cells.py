"""Tables that lost their shape: a saved page as text has one cell per line and no blank cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.intake.draft_headings import heading_of
from consult.intake.draft_indicators import columns_of, role_of
from consult.intake.draft_lines import Block, Line, TableBlock

_FEWEST_COLUMNS = 3
_WIDEST = 12  # columns: a head with more is no head
_LONGEST_NAME = 60
_LONGEST_CELL = 15
_DASHES = re.compile(r"[-—–－/]{1,4}")
_FIGURE = re.compile(r"[<>≥≤＞＜约]?\s*[-+]?[0-9][0-9,.，]*\s*[%％‰]?(?:以上|以下|左右)?")


@dataclass(frozen=True, slots=True)
class Shaped:
    """The stream with its tables put together again, and the rows that were not clear."""

    blocks: tuple[Block, ...]
    unclear: tuple[str, ...] = ()


def reshape(blocks: Sequence[Block]) -> Shaped:
    """Find heads of indicator tables among the lines and gather the rows below them."""
    done: list[Block] = []
    unclear: list[str] = []
    index = 0
    while index < len(blocks):
        head = _head(blocks, index)
        if not head:
            done.append(blocks[index])
            index += 1
            continue
        index += len(head)
        rows, index = _rows(blocks, index, head)
        unclear += ["、".join(row) for row in rows if _align(row, head) is None]
        aligned = (_align(row, head) or _bare(row, head) for row in rows)
        done.append(TableBlock((head, *aligned)))
    return Shaped(tuple(done), tuple(unclear))


def _head(blocks: Sequence[Block], start: int) -> tuple[str, ...]:
    """Return the head that begins here; its first cell is the running number, row 1 follows."""
    cells: list[str] = []
    for block in blocks[start : start + _WIDEST]:
        if not isinstance(block, Line) or not role_of(block.text):
            break
        cells.append(block.text)
    begins = bool(cells) and role_of(cells[0]) == "number" and len(cells) >= _FEWEST_COLUMNS
    if not begins or columns_of(cells) is None:
        return ()
    return tuple(cells) if _text(blocks, start + len(cells)) == "1" else ()


def _rows(blocks: Sequence[Block], start: int, head: Sequence[str]) -> tuple[list[list[str]], int]:
    """Gather rows as long as the next running number follows; return where they end."""
    rows: list[list[str]] = []
    index = start
    while _text(blocks, index) == str(len(rows) + 1):
        end = _row_end(blocks, index, str(len(rows) + 2), len(head))
        row = [_text(blocks, place) for place in range(index, end)]
        if len(row) < _FEWEST_COLUMNS:
            break
        rows.append(row)
        index = end
    return rows, index


def _row_end(blocks: Sequence[Block], start: int, following: str, width: int) -> int:
    """Return where a row ends: before the next number, if a name comes after it."""
    for index in range(start + 2, start + width + 1):
        if _text(blocks, index) == following and _is_name(_text(blocks, index + 1)):
            return index
        if index == start + width or not _is_cell(blocks, index):
            return index
    return start


def _text(blocks: Sequence[Block], index: int) -> str:
    block = blocks[index] if index < len(blocks) else None
    return block.text if isinstance(block, Line) else ""


def _is_name(text: str) -> bool:
    named = 0 < len(text) <= _LONGEST_NAME and any(map(str.isalpha, text))
    return named and not is_figure(text) and not text.endswith("。")


def _is_cell(blocks: Sequence[Block], index: int) -> bool:
    text = _text(blocks, index)
    if not 0 < len(text) <= _LONGEST_CELL or text.endswith(("。", "；")):
        return False
    return is_figure(text) or heading_of(Line(text)) is None


def is_figure(text: str) -> bool:
    """Tell a figure, or the dashes that stand for none, from a unit or a name."""
    return bool(_FIGURE.fullmatch(text) or _DASHES.fullmatch(text))


def _align(row: Sequence[str], head: Sequence[str]) -> tuple[str, ...] | None:
    """Put the cells under their columns; None when a missing cell could be several.

    Only one thing is inferred: a row that is one cell short and has a digit where its unit would
    be has a blank unit.
    """
    roles = [role_of(cell) for cell in head]
    if roles[:3] != ["number", "name", "unit"]:
        return tuple(row) if len(row) == len(head) else None
    has_unit = len(row) == len(head)
    figures = row[3:] if has_unit else row[2:]
    unit = row[2] if has_unit else ""
    odd = bool(_FIGURE.fullmatch(unit)) or not all(map(is_figure, figures))
    if odd or len(figures) != len(head) - 3 or _DASHES.fullmatch(figures[0] if not unit else ""):
        return None
    return (row[0], row[1], unit, *figures)


def _bare(row: Sequence[str], head: Sequence[str]) -> tuple[str, ...]:
    """Keep an unclear row as text: its cells under no figure's column."""
    return ("", "\t".join(row)) + ("",) * (len(head) - 2)
