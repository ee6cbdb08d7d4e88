"""Files that break careless readers (T3 of the project's test matrix), each made by hand.

What is expected of each is a reason to refuse it, or the words that are read from it.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from tests.hostile_zips import WORDS, as_zip64, crowded, declared_smaller, overlapping, quoting
from tests.letters import docx_of, pdf_of, png
from tests.old_office import DOC, LOCKED, PPT, XLS


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """Return a Word file with its parts changed and others added (``/`` is written ``__``)."""
    source, out = zipfile.ZipFile(BytesIO(docx_of(WORDS))), BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, change(name, source.read(name)))
        for name, data in more.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def with_document(change: Callable[[bytes], bytes]) -> bytes:
    """Return a Word file whose main part is changed."""
    return repacked(lambda name, data: change(data) if name == "word/document.xml" else data)


def with_words(size: int) -> bytes:
    """Return a Word file with so many bytes of text in one run."""
    source, out = zipfile.ZipFile(BytesIO(docx_of(WORDS))), BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name in source.namelist():
            before, words, after = source.read(name).partition(WORDS.encode())
            with package.open(name, "w") as part:
                part.write(before)
                for _ in range(size // 1_000_000 if words else 0):
                    part.write(b"x" * 1_000_000)
                part.write(after)
    return out.getvalue()


def with_doctype(doctype: bytes, words: bytes = b"&x;") -> bytes:
    """Return a Word file that declares entities and uses one."""
    return with_document(
        lambda data: data.replace(b"?>", b"?>" + doctype, 1).replace(WORDS.encode(), words)
    )


def with_names(*names: str) -> bytes:
    """Return a Word file with further members of these names."""
    out = BytesIO(docx_of(WORDS))
    with zipfile.ZipFile(out, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name given twice is what is wanted
        for name in names:
            package.writestr(zipfile.ZipInfo(name), b"x")
    return out.getvalue()


def many_pages() -> bytes:
    """Return a PDF whose tree of pages names one page 10,000 times."""
    kids = b"/Kids [" + b"7 0 R " * 10_000 + b"] /Count 10000"
    return pdf_of([WORDS]).replace(b"/Kids [7 0 R] /Count 1", kids)


def deep_pdf() -> bytes:
    """Return a PDF with an object of 20,000 nested arrays."""
    return pdf_of([WORDS]).replace(
        b"<< /Type /Catalog", b"<< /X " + b"[" * 20_000 + b"]" * 20_000 + b" /Type /Catalog"
    )


def locked_pdf() -> bytes:
    """Return a PDF that wants a password."""
    writer = PdfWriter(clone_from=BytesIO(pdf_of([WORDS])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def evil_cmap() -> bytes:
    """Return a PDF whose font names a file as its character map (CVE-2025-64512's trick)."""
    return pdf_of([WORDS]).replace(b"/Encoding /Identity-H", b"/Encoding /#2e#2e#2ftmp#2fx")


def scanned(by: str) -> bytes:
    """Return a PDF of a page that is one picture, broken, under a codec."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    picture = StreamObject()
    picture.set_data(b"\x97JB2" + b"\xff" * 4_000)
    names = ("/Type", "/XObject", "/Subtype", "/Image", "/ColorSpace", "/DeviceGray", "/Filter", by)
    picture.update(zip(map(NameObject, names[::2]), map(NameObject, names[1::2]), strict=True))
    for name in ("/Width", "/Height", "/BitsPerComponent"):
        picture[NameObject(name)] = NumberObject(8)
    held = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): held})
    shown = StreamObject()
    shown.set_data(b"q 595 0 0 842 0 0 cm /I Do Q")
    page[NameObject("/Contents")] = writer._add_object(shown)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


_LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(12))
    + b"]>"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm"'
    b' TargetMode="External"/></Relationships>'
)

FILES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "docx of 300 MB in one run": (lambda: with_words(300_000_000), "attachment.complex"),
    # Small enough for the limit of unpacked bytes: ten million characters in a node end lxml.
    "docx of 50 MB in one run": (lambda: with_words(50_000_000), "attachment.broken"),
    "docx that names a file": (
        lambda: with_doctype(b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "",
    ),
    "docx that names an address": (
        lambda: with_doctype(b'<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'), "",
    ),
    "docx with a parameter entity": (
        lambda: with_doctype(
            b'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', WORDS.encode()
        ),
        WORDS,
    ),
    "docx of billion laughs": (lambda: with_doctype(_LAUGHS, b"&m;"), "attachment.broken"),
    "docx with a template elsewhere": (
        lambda: repacked(lambda _, d: d, word___rels__settings__xml__rels=_TEMPLATE), WORDS,
    ),
    "docx with an embedded object": (
        lambda: repacked(lambda _, d: d, word__embeddings__oleObject1=_OLE + bytes(600)), WORDS,
    ),
    "docm called docx": (
        lambda: repacked(lambda _, d: d.replace(_MAIN, _MACRO)), "attachment.macros",
    ),
    "docx with a macro": (
        lambda: repacked(
            lambda _, d: d.replace(b"</Types>", b'<Default Extension="bin" ContentType='
                                   b'"application/vnd.ms-office.vbaProject"/></Types>'),
            word__vbaProject=_OLE,
        ),
        "attachment.macros",
    ),
    "encrypted docx": (lambda: LOCKED, "attachment.locked"),
    "doc of Word 97": (lambda: DOC, "attachment.old"),
    "xls of Excel 97": (lambda: XLS, "attachment.old"),
    "ppt of PowerPoint 97": (lambda: PPT, "attachment.old"),
    "rtf": (lambda: b"{\\rtf1\\ansi x}", "attachment.old"),
    "container of nobody knows what": (lambda: _OLE + bytes(2_000), "attachment.unknown"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(60), "attachment.archive"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60), "attachment.archive"),
    "zip of 100,000 members": (lambda: crowded(100_000), "attachment.complex"),
    "zip64": (lambda: as_zip64(docx_of(WORDS)), WORDS),
    "zip with ways out": (
        lambda: with_names("../../etc/passwd", "/etc/passwd", "C:\\x", "..\\x"), WORDS,
    ),
    "zip with the same name twice": (lambda: with_names("word/styles.xml"), "attachment.broken"),
    "zip whose members overlap": (
        lambda: overlapping("[Content_Types].xml"), "attachment.unknown",
    ),
    "zip whose members quote each other": (quoting, "attachment.unknown"),
    "zip that says less than it holds": (declared_smaller, "attachment.broken"),
    "zip with garbage behind it": (lambda: docx_of(WORDS) + b"garbage" * 10, WORDS),
    "zip with nothing in it": (lambda: b"PK\x05\x06" + bytes(18), "attachment.unknown"),
    "pdf that is a zip too": (lambda: pdf_of([WORDS]) + docx_of("另外的字"), WORDS),
    "pdf with a password": (locked_pdf, "attachment.locked"),
    "pdf of 10,000 pages": (many_pages, "attachment.complex"),
    "pdf of nested objects": (deep_pdf, "attachment.broken"),
    "pdf whose font names a file": (evil_cmap, WORDS),
    "pdf of a scan": (lambda: pdf_of(()), ""),
    "pdf of a scan in JBIG2": (lambda: scanned("/JBIG2Decode"), ""),
    "exe called pdf": (lambda: b"MZ\x90\x00" + bytes(100), "attachment.unknown"),
    "html called jpg": (lambda: b"<html><script>alert(1)</script>", "attachment.unknown"),
    "svg with a script": (lambda: b"<svg onload='alert(1)'/>", "attachment.unknown"),
    "png called xlsx": (png, ""),
}  # fmt: skip
