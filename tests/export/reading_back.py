"""Documents read back by other libraries than those that wrote them."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.text.paragraph import Paragraph


@pytest.fixture
def read_docx() -> Callable[[bytes], str]:
    """Read a document back with python-docx: a line per paragraph and per row of a table."""

    def read(data: bytes) -> str:
        lines: list[str] = []
        for block in docx.Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(block, Paragraph):
                lines.append(f"[{block.style.name}] {block.text}")
            else:
                lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        return "\n".join(lines) + "\n"

    return read


@pytest.fixture
def read_xlsx() -> Callable[[bytes], dict[str, list[list[object]]]]:
    """Read a workbook back with openpyxl: the rows of each sheet."""

    def read(data: bytes) -> dict[str, list[list[object]]]:
        book = openpyxl.load_workbook(io.BytesIO(data))
        return {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}

    return read
