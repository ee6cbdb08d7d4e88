"""Word files made on the spot, and the official files where a checkout has them beside it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: WordDocument) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Make a docx; a string is a paragraph, (text, style) a styled one, a list a table."""

    def make(*blocks: str | tuple[str, str] | list[list[str]]) -> bytes:
        document = Document()
        for block in blocks:
            if isinstance(block, list):
                table = document.add_table(len(block), len(block[0]))
                for row, cells in zip(table.rows, block, strict=True):
                    for cell, text in zip(row.cells, cells, strict=True):
                        cell.text = text
            elif isinstance(block, tuple):
                document.add_paragraph(block[0], style=block[1])
            else:
                document.add_paragraph(block)
        return saved(document)

    return make


@pytest.fixture
def numbered_word() -> Callable[..., bytes]:
    """Make a docx whose headings are (level, text) with numbers that only Word counts."""

    def make(formats: list[tuple[str, str]], blocks: list[str | tuple[int, str]]) -> bytes:
        document = Document()
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for at, (kind, text) in enumerate(formats)
        )
        root = document.part.numbering_part.element
        root.insert(
            0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="90">{levels}</w:abstractNum>')
        )
        root.append(parse_xml(f'<w:num {_W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for block in blocks:
            text = block if isinstance(block, str) else block[1]
            paragraph = document.add_paragraph(text)
            if not isinstance(block, str):
                number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                number.get_or_add_numId().val = 90
                number.get_or_add_ilvl().val = block[0]
        return saved(document)

    return make


@pytest.fixture
def official() -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        path = SHARED / "luzhou" / name
        if not path.exists():
            pytest.skip(f"the official {name} is not beside this checkout")
        return path.read_bytes()

    return read
