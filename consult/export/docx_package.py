"""The package around a Word document: page set-up, header, footer, properties, the zip itself."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.export.docx_parts import run
from consult.export.docx_styles import NAMESPACE, font_table_xml, styles_xml
from consult.export.sanitise import printable

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_METADATA: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The first instant a zip can hold: the time of writing must not show in the bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
# A4 with the margins of GB/T 9704-2012: 37, 26, 35 and 28 mm (top, right, bottom, left).
_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1134"'
    ' w:footer="1361" w:gutter="0"/>'
)
# The same sheet across, for wide tables; the left edge is the one that is bound.
_ACROSS: Final = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1587" w:right="1134" w:bottom="1304" w:left="1304" w:header="850"'
    ' w:footer="737" w:gutter="0"/>'
)
_PARTS: Final = {  # name in word/ -> (relation, content type)
    "styles": ("rId1", "styles"),
    "fontTable": ("rId2", "fontTable"),
    "settings": ("rId3", "settings"),
    "header": ("rId4", "header"),
    "footer": ("rId5", "footer"),
}


def docx_package(
    body: str,
    *,
    title: str,
    author: str,
    created: datetime,
    heading: str = "",
    restart: bool = False,
    across: bool = False,
) -> bytes:
    """Return a .docx file.

    ``body`` is markup of ``docx_parts``, ``created`` the aware instant of the properties,
    ``heading`` the line at the top of every page; with ``restart`` its last section counts pages
    from 1, as those do that ``ending_section`` ends; ``across`` turns the pages (landscape). The
    same arguments give the same bytes.
    """
    page = _ACROSS if across else _PAGE
    word = {
        "document": _document(body, restart, page),
        "styles": styles_xml(),
        "fontTable": font_table_xml(),
        "settings": _SETTINGS,
        "header": _edge("hdr", "Header", run(heading) if heading else ""),
        "footer": _edge("ftr", "Footer", _PAGE_NUMBER),
    }
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _ROOT_RELATIONS,
        "docProps/core.xml": _core(title, author, created),
        "word/_rels/document.xml.rels": _document_relations(),
        **{f"word/{name}.xml": xml for name, xml in word.items()},
    }
    return _zipped({name: (_XML + xml).encode() for name, xml in files.items()})


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in files.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            package.writestr(entry, data)
    return out.getvalue()


def ending_section(paragraph: str) -> str:
    """Let a section end with a paragraph; the next one begins a page, and counts pages from 1."""
    return paragraph.replace("</w:pPr>", f"{_section(_PAGE, restart=True)}</w:pPr>", 1)


def _document(body: str, restart: bool, page: str) -> str:
    return (
        f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_OFFICE}/relationships"><w:body>{body}'
        f"{_section(page, restart=restart)}</w:body></w:document>"
    )


def _section(page: str, *, restart: bool) -> str:
    numbers = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="default" r:id="rId5"/>{page}{numbers}'
        '<w:cols w:space="425"/></w:sectPr>'
    )


def _edge(tag: str, style: str, inner: str) -> str:
    return (
        f'<w:{tag} xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{inner}</w:p></w:{tag}>"
    )


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _core(title: str, author: str, created: datetime) -> str:
    at = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_METADATA}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(printable(title))}</dc:title>"
        f"<dc:creator>{escape(printable(author))}</dc:creator>{times}</cp:coreProperties>"
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, (_, kind) in _PARTS.items()
    )
    return (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{parts}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _document_relations() -> str:
    relations = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/relationships/{kind}" Target="{name}.xml"/>'
        for name, (id_, kind) in _PARTS.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'


_ROOT_RELATIONS: Final = (
    f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument"'
    ' Target="word/document.xml"/>'
    '<Relationship Id="rId2"'
    ' Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_SETTINGS: Final = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_PAGE_NUMBER: Final = run("— ") + _field("PAGE") + run(" —")
