"""The digest as one HTML file: needs nothing else, prints, and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import Final

from consult.domain.digest import Digest
from consult.export.blocks import (
    Bar,
    Block,
    Cell,
    Link,
    Paragraph,
    Shaded,
    Table,
    TableColumn,
    TimeLine,
)
from consult.export.digest_body import body, title
from consult.export.digest_html_look import LOOK
from consult.export.docx_parts import bookmark_name
from consult.export.sanitise import printable

_TAGS: Final = {
    "Title": "h1", "Heading1": "h2", "Heading2": "h3", "Heading3": "h4", "Quote": "blockquote",
}  # fmt: skip
_NUMBERS: Final = ("TableNumber", "Figure")
_HEIGHT: Final = 100  # of the chart, in its own units
_STEP: Final = 12  # from bar to bar
# No script, no request: whatever a comment says can only be shown.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def digest_html(digest: Digest) -> bytes:
    """Return the digest as HTML (UTF-8); raises ``AccountingError`` when sums do not add up."""
    blocks = _with_one_title([*body(digest)])
    parts = (
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title(digest))} - {_text(digest.masthead.office)}</title>",
        f"<style>{LOOK}</style></head><body>",
        *_contents(blocks),
        "<main>",
        *map(_block, blocks),
        "</main></body></html>",
    )
    return ("\n".join(parts) + "\n").encode()


def _with_one_title(blocks: Sequence[Block]) -> list[Block]:
    """Put the lines of the title into one heading: a page has a single first one."""
    lines = [b.text for b in blocks if isinstance(b, Paragraph) and b.style == "Title"]
    rest = [b for b in blocks if not (isinstance(b, Paragraph) and b.style == "Title")]
    return [Paragraph("\n".join(lines), "Title"), *rest]


def _text(text: str) -> str:
    return escape(printable(text))


def _contents(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the table of contents: chapters, and the sections that can be led to."""
    yield '<nav aria-label="目录"><ul>'
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        if block.style == "Heading2" and block.mark is None:
            yield f"<li><strong>{_text(block.text)}</strong></li>"
        if block.mark is not None:
            yield f'<li><a href="#{bookmark_name(block.mark)}">{_text(block.text)}</a></li>'
    yield "</ul></nav>"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, TimeLine):
        return _chart(block) + _table(block.table)
    return _table(block)


def _paragraph(block: Paragraph) -> str:
    if not (block.text or block.lead):
        return ""
    tag = _TAGS.get(block.style, "p")
    name = f' class="{block.style.lower()}"'
    mark = f' id="{bookmark_name(block.mark)}"' if block.mark is not None else ""
    lead = f"<strong>{_text(block.lead)}</strong>" if block.lead else ""
    return f"<{tag}{name}{mark}>{lead}{_text(block.text)}</{tag}>"


def _table(table: Table) -> str:
    head = ""
    if any(column.title for column in table.columns):
        cells = "".join(f'<th scope="col">{_text(c.title)}</th>' for c in table.columns)
        head = f"<thead><tr>{cells}</tr></thead>"
    rows = "\n".join(_row(table.columns, row) for row in table.rows)
    name = table.style.lower()
    return f'<div class="wide"><table class="{name}">{head}<tbody>\n{rows}\n</tbody></table></div>'


def _row(columns: Sequence[TableColumn], row: Sequence[Cell]) -> str:
    if len(row) == 1:
        return f'<tr><th colspan="{len(columns)}" class="band">{_cell(row[0])}</th></tr>'
    cells = (
        f"<td{_class(cell, column)}>{_cell(cell)}</td>"
        for cell, column in zip_longest(row, columns, fillvalue="")
        if isinstance(column, TableColumn)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _class(cell: Cell, column: TableColumn) -> str:
    if isinstance(cell, Shaded):
        return f' class="number s{cell.shade}"'
    if column.style in _NUMBERS:
        return ' class="figure"' if column.style == "Figure" else ' class="number"'
    return ' class="bar"' if isinstance(cell, Bar) else ""


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f'<a href="#{bookmark_name(cell.mark)}">{_text(cell.text)}</a>'
    if isinstance(cell, Bar):
        return f'<span style="width:{cell.share:.1%}"></span>'
    return _text(cell.text if isinstance(cell, Shaded) else cell)


def _chart(line: TimeLine) -> str:
    """Return the values as bars; each says in words what it stands for."""
    most = max(line.values, default=0) or 1
    bars = "".join(
        f'<rect x="{place * _STEP + 1}" y="{_HEIGHT - high:.1f}" width="{_STEP - 2}"'
        f' height="{high:.1f}"><title>{_text(label)}：{value}</title></rect>'
        for place, (label, value) in enumerate(zip(line.labels, line.values, strict=True))
        for high in [value * _HEIGHT / most]
    )
    width = max(1, len(line.values)) * _STEP
    ends = f"{line.labels[0]}至{line.labels[-1]}" if line.labels else ""
    name = _text(f"{line.title}：{ends}，最多{max(line.values, default=0)}件")
    return (
        f'<figure><svg viewBox="0 0 {width} {_HEIGHT + 1}" role="img" aria-label="{name}">'
        f'{bars}<line x1="0" y1="{_HEIGHT}" x2="{width}" y2="{_HEIGHT}"/></svg>'
        f"<figcaption>{name}</figcaption></figure>"
    )
