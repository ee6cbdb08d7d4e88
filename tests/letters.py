"""Files that citizens send, made by hand: Word, PDF with and without a text layer, pictures."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from docx import Document


def docx_of(*paragraphs: str) -> bytes:
    """Return a Word file of these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def package_of(main: str, **parts: bytes) -> bytes:
    """Return an Office package whose main part has this content type."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/main.xml" ContentType="application/{main}"/></Types>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


XLSX = package_of("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
DOCM = package_of("vnd.ms-word.document.macroEnabled.main+xml")


def png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20) + b"\xff\xd9"


def pdf_of(*pages: Sequence[str]) -> bytes:
    """Return a PDF whose pages have these lines as text layer; none makes a page like a scan."""
    letters = sorted({c for lines in pages for line in lines for c in line})
    glyph = {c: place for place, c in enumerate(letters, 1)}
    units = {c: c.encode("utf-16-be").hex() for c in letters}
    pairs = "\n".join(f"<{glyph[c]:04x}> <{units[c]}>" for c in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _stream(cmap)]
    objects += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H"
        b" /DescendantFonts [5 0 R] /ToUnicode 3 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 1000 /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(
            f"1 0 0 1 72 {760 - 16 * row} Tm <{''.join(f'{glyph[c]:04x}' for c in line)}> Tj"
            for row, line in enumerate(lines)
        )
        objects.append(_stream(f"BT /F 12 Tf {shown} ET" if lines else ""))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font"
            b" << /F 4 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(len(objects))
    shown_kids = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{shown_kids}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _stream(text: str) -> bytes:
    data = text.encode("ascii")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, len(out),
    )  # fmt: skip
