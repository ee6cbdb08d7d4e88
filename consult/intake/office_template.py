"""Reads an office's own Word template in the sandbox: its placeholders, and what must not be in it.

Refused are macros, embedded objects, parts fetched from elsewhere, and fields that fetch or run
something; a template is filled by the program and sent to others under the office's name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree

from consult.domain.errors import InputRefused
from consult.domain.office_template import BODY, PLACEHOLDER
from consult.intake.draft_docx import docx_blocks
from consult.intake.sandbox import Limits, in_sandbox

MOST_BYTES: Final = 5_000_000
# A manager adds a template once in a while, and can wait for it longer than a citizen.
_PATIENT: Final = Limits(cpu=20, clock=45.0, queue=20.0)
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
# Relations to things outside that are followed when the file is opened; a link is not.
_FOLLOWED: Final = re.compile(r'TargetMode\s*=\s*["\']External')
_LINK: Final = "/hyperlink"
_ACTIVE: Final = re.compile(
    r"vbaProject|activeX|/embeddings/|oleObject|macroEnabled|/attachedToolbars"
)
# ECMA-376 part 1, 17.16.5: fields that read files, run programs or include what is elsewhere.
_FIELDS: Final = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON"
    r"|GOTOBUTTON|RD|AUTOTEXT|AUTOTEXTLIST|ASK|FILLIN|PRINT)\b",
    re.IGNORECASE,
)


def placeholders_in(data: bytes) -> tuple[str, ...]:
    """Return the names of the placeholders in a template, in the order they are first seen.

    Raises ``InputRefused``: ``template.large``, ``template.unknown``, ``template.locked``,
    ``template.broken``, ``template.active`` (macros, objects, parts and fields from elsewhere),
    ``template.body-place`` when 正文 does not have a paragraph of its own in the main text.
    """
    if len(data) > MOST_BYTES:
        raise InputRefused("template.large", field="file", limit=MOST_BYTES // 1_000_000)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused("template.locked", field="file")
    try:
        return tuple(in_sandbox("consult.intake.office_template:read", data, limits=_PATIENT))
    except InputRefused as error:
        if error.code.startswith("template."):
            raise InputRefused(error.code, field="file", **error.values) from error
        raise InputRefused("template.broken", field="file") from error


def read(data: bytes) -> list[str]:
    """Read a template; runs in the sandbox."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as error:
        raise InputRefused("template.unknown") from error
    if "word/document.xml" not in package.namelist():
        raise InputRefused("template.unknown")
    docx_blocks(data)  # its limits hold, and the library that fills it can open it
    _refuse_active(package)
    found: dict[str, None] = {}
    for name in sorted(package.namelist(), key=lambda part: (part != "word/document.xml", part)):
        if _PARTS.fullmatch(name):
            found.update(dict.fromkeys(_names(package.read(name))))
    return list(found)


def _refuse_active(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if _ACTIVE.search(name):
            raise InputRefused("template.active", what=name[:80])
        if name.endswith(".rels") or name == "[Content_Types].xml":
            text = package.read(name).decode("utf-8", "replace")
            for piece in text.split("<")[1:]:
                outside = _FOLLOWED.search(piece) and _LINK not in piece
                if outside or _ACTIVE.search(piece):
                    raise InputRefused("template.active", what=name[:80])


def _names(xml: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(xml, parser)
    for field in (*root.iter(f"{_W}instrText"), *root.iter(f"{_W}fldSimple")):
        code = (field.text or "") + field.get(f"{_W}instr", "")
        if _FIELDS.search(code):
            raise InputRefused("template.active", what=code.strip()[:80])
    for part in root.iter(f"{_W}p"):
        text = "".join(piece.text or "" for piece in own_texts(part))
        for match in PLACEHOLDER.finditer(text):
            if match.group(1) == BODY and not (
                text.strip() == match.group() and part.getparent().tag == f"{_W}body"
            ):
                raise InputRefused("template.body-place")
            yield match.group(1)


def own_texts(paragraph: Any) -> Iterator[Any]:
    """Yield the text elements of a paragraph, not those of paragraphs inside of it."""
    for piece in paragraph.iter(f"{_W}t"):
        owner = next(piece.iterancestors(f"{_W}p"))
        if owner is paragraph:
            yield piece
