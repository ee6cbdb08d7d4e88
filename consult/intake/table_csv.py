"""Reads a table saved as text: its encoding, its delimiter, its rows; runs in the sandbox."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from consult.domain.errors import InputRefused
from consult.intake.table_cells import Written, words
from consult.intake.table_xlsx import COLUMNS

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_SNIFFED: Final = 20  # rows by which the delimiter is told
# A mark at the beginning says it all (Unicode chapter 23.8); the longer ones first.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Measured on 360 short texts: utf-8, then gb18030, was right for all, statistics for 80 %
# (trust.md, finding 12).
_TRIED: Final = ("utf-8", "gb18030")
_ZEROS: Final = 0.05  # share of zero bytes that only utf-16 has: its line ends, digits and commas
_FIELD: Final = 2_000_000  # characters


def csv_rows(data: bytes) -> Iterator[dict[str, Any] | tuple[int, list[Written]]]:
    """Yield the one sheet, then its rows that are not blank, by the number of their first line.

    What cannot be decoded becomes U+FFFD, visibly. Raises ``InputRefused("attachment.unknown")``
    for what is no text.
    """
    text = decoded(data)
    csv.field_size_limit(_FIELD)
    yield {"sheet": "", "hidden": False}
    stated = text.startswith("sep=") and text[4:5]  # what Excel writes and reads
    body = text.partition("\n")[2] if stated else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=stated or delimiter(body))
    before = 1 if stated else 0
    while True:
        start = reader.line_num + 1 + before
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputRefused("attachment.broken") from error
        cells = [words(cell) for cell in row[:COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield start, cells


def decoded(data: bytes) -> str:
    """Return the text; raises ``InputRefused("attachment.unknown")`` when it is none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    head = data[:100_000]
    if head.count(0) > _ZEROS * len(head):
        even = head[0::2].count(0)
        name = "utf-16-be" if even > head[1::2].count(0) else "utf-16-le"
        return data.decode(name, errors="replace")
    if 0 in head:
        raise InputRefused("attachment.unknown")
    for name in _TRIED:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    tries = [data.decode(name, errors="replace") for name in _TRIED]
    return min(tries, key=lambda text: text.count("\ufffd"))


def delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows most evenly into more than one cell."""
    lines = text.splitlines(keepends=True)[: _SNIFFED * 5]
    best, most = ",", 0.0
    for candidate in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=candidate) if any(row)][:_SNIFFED]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        even = times / len(rows) if rows else 0.0
        if width > 1 and even * min(width, 12) > most:
            best, most = candidate, even * min(width, 12)
    return best
