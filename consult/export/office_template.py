"""Fills an office's own Word template: names by values, 正文 by a document that we have made.

Written with python-docx on the template as it is; no template language. A placeholder that Word
has spread over several runs is found, since the text of a paragraph is looked at as a whole.
Values are put in as text and not looked at again, so what a citizen wrote stays what it is.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import qn

from consult.domain.office_template import BODY, PLACEHOLDER, TITLE
from consult.export.office_styles import adopt_styles
from consult.export.sanitise import printable

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_TITLES: Final = frozenset({"Title", "LetterTitle"})
_EDGES: Final = (qn("w:headerReference"), qn("w:footerReference"))
_PAGE: Final = (qn("w:pgSz"), qn("w:pgMar"), qn("w:cols"))


def fill(template: bytes, made: bytes, values: Mapping[str, str]) -> bytes:
    """Return the template with its placeholders filled; the same arguments give the same bytes.

    ``template`` has been checked at upload, ``made`` is a .docx of ours whose content goes where
    正文 stands. A name without a value becomes nothing.
    """
    target, source = Document(io.BytesIO(template)), Document(io.BytesIO(made))
    values = {TITLE: source.core_properties.title, **values}
    place, titled = None, False
    for root in _roots(target):
        for paragraph in root.iter(qn("w:p")):
            found = _fill(paragraph, values)
            titled |= TITLE in found
            if BODY in found:
                place = paragraph
    if place is not None:
        _insert(target, place, source, skip_title=titled)
    ours, theirs = source.core_properties, target.core_properties
    theirs.title, theirs.author = ours.title, ours.author
    theirs.created = theirs.modified = ours.created
    theirs.last_modified_by = ours.author
    out = io.BytesIO()
    target.save(out)
    return timeless(out.getvalue())


def _roots(document: Any) -> Iterator[Any]:
    """Yield the main text, then headers and footers."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            yield relation.target_part.element


def _fill(paragraph: Any, values: Mapping[str, str]) -> list[str]:
    """Put values into one paragraph; returns the names that stood in it. 正文 is left alone."""
    pieces = [
        piece for piece in paragraph.iter(qn("w:t"))
        if next(piece.iterancestors(qn("w:p"))) is paragraph
    ]  # fmt: skip
    text = "".join(piece.text or "" for piece in pieces)
    matches = list(PLACEHOLDER.finditer(text))
    for match in reversed(matches):
        if match.group(1) != BODY:
            _replace(pieces, match.start(), match.end(), values.get(match.group(1), ""))
    return [match.group(1) for match in matches]


def _replace(pieces: list[Any], start: int, end: int, value: str) -> None:
    """Replace a stretch of the joined text; the value takes the look of its first character."""
    line = " ".join(printable(value).split("\n"))
    at = 0
    for piece in pieces:
        own = piece.text or ""
        left, right = max(start - at, 0), min(end - at, len(own))
        if left < right:
            piece.text = own[:left] + line + own[right:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            line = ""
        at += len(own)


def _insert(target: Any, place: Any, source: Any, *, skip_title: bool) -> None:
    """Move what we have made to where the placeholder stands, with the styles it needs."""
    items = list(source.element.body)
    page = items.pop() if items and items[-1].tag == qn("w:sectPr") else None
    while skip_title and items and _style(items[0]) in _TITLES:
        items.pop(0)
    adopt_styles(target, source, items)
    for item in items:
        for section in item.iter(qn("w:sectPr")):
            _bare(section)
        place.addprevious(item)
    if page is not None and _wide(page) != _wide(target.element.body.sectPr):
        _own_pages(target, items, page)
    place.getparent().remove(place)


def _own_pages(target: Any, items: list[Any], page: Any) -> None:
    """Give the content pages of its own where ours lie the other way from the template's."""
    theirs = target.element.body.sectPr
    if items and items[0].getprevious() is not None:
        items[0].addprevious(_break(copy.deepcopy(theirs)))
    ours = copy.deepcopy(theirs)
    for name in _PAGE[:2]:
        old, new = ours.find(name), page.find(name)
        if old is not None and new is not None:
            ours.replace(old, copy.deepcopy(new))
    items[-1].addnext(_break(ours))


def _break(section: Any) -> Any:
    from docx.oxml import OxmlElement

    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.append(section)
    paragraph.append(properties)
    return paragraph


def _bare(section: Any) -> None:
    """Take our header and footer out of a section: the template's own go on."""
    for edge in [child for child in section if child.tag in _EDGES]:
        section.remove(edge)


def _wide(section: Any) -> bool:
    size = section.find(_PAGE[0]) if section is not None else None
    return size is not None and int(size.get(qn("w:w"), 0)) > int(size.get(qn("w:h"), 0))


def _style(item: Any) -> str:
    found = item.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(found.get(qn("w:val"))) if found is not None else ""


def timeless(data: bytes) -> bytes:
    """Write the package anew without the time of writing."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return out.getvalue()
