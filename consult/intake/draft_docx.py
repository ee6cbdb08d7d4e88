"""The one door to python-docx for reading: a Word plan as a stream of lines and tables."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, NoReturn

from docx import Document
from docx.oxml.ns import qn

from consult.domain.errors import InputRefused
from consult.domain.text import normalise
from consult.intake.draft_lines import ABOVE, Block, Line, TableBlock, cell_text, lines_of
from consult.intake.draft_numbering import Numbering, numbering_of
from consult.intake.draft_styles import Styles, styles_of

# 64 MiB unpacked and 5,000 parts: chosen well above real plans (the one of Luzhou has 0.9 MB in
# 17 parts, and pictures hardly grow when unpacked).
MAX_UNPACKED: Final = 64 * 1024 * 1024
MAX_PARTS: Final = 5_000
# XML tags, opening and closing, in all parts. A 78 kB file with five million empty paragraphs
# (31 MiB unpacked) kept the parser busy for over a minute, so size alone is no guard. The plan of
# Luzhou has 26,000.
MAX_TAGS: Final = 1_000_000

_UNSEEN: Final = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:txbxContent", "w:rt"))
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS: Final = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# Wrappers whose contents stand in the text as if the wrapper were not there.
_TRANSPARENT: Final = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"))
)


def refuse_ole(data: bytes, name: str) -> NoReturn:
    """Refuse an OLE container: an encrypted docx, or a document of Word 97 to 2003.

    Raises ``InputRefused`` with ``draft.encrypted`` or ``draft.old-word``.
    """
    old = _stream("WordDocument") in data
    locked = _stream("EncryptedPackage") in data or (name.lower().endswith(".docx") and not old)
    raise InputRefused("draft.encrypted" if locked else "draft.old-word", field="file", name=name)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def docx_blocks(data: bytes, *, form: bool = False) -> list[Block]:
    """Read a docx; as a ``form``, cells keep their line ends and tell which go on from above.

    Raises ``InputRefused`` with ``draft.broken-docx``, ``draft.encrypted`` or ``draft.too-large``.
    """
    try:
        _measure(data)
        return list(_Reader(data, form=form).blocks())
    except InputRefused:
        raise
    # The reader fails in as many ways as files can be damaged (zip, XML, missing parts).
    except Exception as error:
        raise InputRefused(
            "draft.broken-docx", field="file", reason=type(error).__name__
        ) from error


def _measure(data: bytes) -> None:
    """Refuse what would unpack beyond the limits, before anything is parsed."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise InputRefused("draft.encrypted", field="file")
        if len(parts) > MAX_PARTS:
            _too_large("parts", MAX_PARTS)
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            _too_large("unpacked", MAX_UNPACKED)
        xml = (part for part in parts if part.filename.lower().endswith((".xml", ".rels")))
        if sum(package.read(part).count(b"<") for part in xml) > MAX_TAGS:
            _too_large("tags", MAX_TAGS)


def _too_large(what: str, limit: int) -> NoReturn:
    raise InputRefused("draft.too-large", field="file", what=what, limit=limit)


class _Reader:
    """Walks the body in order, through content controls and accepted changes."""

    def __init__(self, data: bytes, *, form: bool = False) -> None:
        self._form = form
        document = Document(BytesIO(data))
        self._body: Any = document.element.body
        self._styles: Styles = styles_of(document)
        self._numbering: Numbering = numbering_of(document)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the body."""
        return self._within(self._body)

    def _within(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in _TRANSPARENT:
                yield from self._within(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        if not len(element):
            return
        text = _text(element)
        if text.strip():
            look = self._styles.look(element)
            mark = self._numbering.next_mark(*look.number, look.style) if look.number else ""
            yield from lines_of(mark + text.lstrip() if mark else text, look.hint)
        for box in element.iter(qn("w:txbxContent")):
            if not any(above.tag in _UNSEEN for above in box.iterancestors()):
                yield from self._within(box)

    def _table(self, element: Any) -> Iterator[Block]:
        rows = [_row(row, self._form) for row in element.iter(qn("w:tr")) if _own(row, element)]
        if max(map(len, rows), default=0) < 2:
            texts = ("\n".join(map(_text, cell.iter(qn("w:p")))) for cell in _cells(element))
            for text in texts:
                yield from (Line(b.text, "cell") for b in lines_of(text) if isinstance(b, Line))
        else:
            yield TableBlock(tuple(row for row in rows if any(row)))


def _cells(table: Any) -> Iterator[Any]:
    return (cell for cell in table.iter(qn("w:tc")) if _own(cell, table))


def _own(element: Any, table: Any) -> bool:
    """Tell whether a row or cell belongs to this table and not to one inside of it."""
    return next(element.iterancestors(qn("w:tbl")), None) is table


def _row(row: Any, form: bool) -> tuple[str, ...]:
    table = next(row.iterancestors(qn("w:tbl")))
    cells: list[str] = []
    for cell in row.iter(qn("w:tc")):
        if not _own(cell, table):
            continue
        spans = [int(span.get(qn("w:val"), "1")) for span in cell.iter(qn("w:gridSpan"))]
        text = _lined(cell) if form else cell_text("\n".join(map(_text, cell.iter(qn("w:p")))))
        cells += [text] + [""] * (min(max(spans[:1] or [1]), 100) - 1)
    return tuple(cells)


def _lined(cell: Any) -> str:
    """Return what stands in a cell of a form, line by line; ``ABOVE`` in one that goes on."""
    for merge in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:vMerge')}"):
        if merge.get(qn("w:val"), "continue") == "continue":
            return ABOVE
    return normalise("\n".join(map(_text, cell.iter(qn("w:p")))), strict=False).strip()


def _text(element: Any) -> str:
    """Return the visible text of an element, deleted and hidden parts left out."""
    parts: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            parts.append(_text(child))
    return "".join(parts)
