"""Plain text plans: which encoding they are in, and tables pasted with tabs."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from consult.domain.errors import InputRefused
from consult.intake.draft_lines import Block, Line, TableBlock, cell_text, lines_of

# Byte order marks and what they announce.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Without a mark: strict UTF-8 hardly ever fits by accident, so it goes first; GB18030 holds all of
# GB2312 and GBK (measured: this order was right in 360 of 360 short texts).
_CHAIN = ("utf-8", "gb18030")
# Labels of web pages that promise less than the page really uses.
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030"})
_FEWEST_CELLS = 3  # a line of the table of contents has one tab, a table row more


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of a file; ``declared`` is the encoding the file itself names, if any.

    Raises ``InputRefused("draft.undecodable")``.
    """
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    for name in marked or _candidates(declared):
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        if "\x00" not in text:
            return text
    raise InputRefused("draft.undecodable", field="file", tried=_candidates(declared))


def _candidates(declared: str) -> tuple[str, ...]:
    label = declared.strip().lower()
    if not label or label in _GB or label in _CHAIN:
        return _CHAIN
    return ("utf-8", label, "gb18030")


def txt_blocks(data: bytes) -> list[Block]:
    """Read a plain text file. Raises ``InputRefused("draft.undecodable")``."""
    return _with_tables(lines_of(decode(data)))


def _with_tables(lines: Sequence[Block]) -> list[Block]:
    """Gather consecutive lines of tab-separated cells (as pasted from Word) into tables."""
    blocks: list[Block] = []
    rows: list[Line] = []
    for line in lines:
        if isinstance(line, Line) and line.text.count("\t") >= _FEWEST_CELLS - 1:
            rows.append(line)
            continue
        blocks += _table(rows)
        rows = []
        blocks.append(line)
    return blocks + _table(rows)


def _table(lines: Sequence[Line]) -> list[Block]:
    if len(lines) < 2:
        return list(lines)
    return [TableBlock(tuple(tuple(map(cell_text, row.text.split("\t"))) for row in lines))]
