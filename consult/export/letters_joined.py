"""Letters in an office's own template as one Word file: a letter a page, each with its own head.

All letters were filled into the same template, so they share styles and the parts of the package;
what differs is the text, and perhaps headers and footers that name whom a letter goes to.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from consult.export.office_template import timeless

# An edge of a page as python-docx calls it, and the reference that a section holds to it.
_EDGES: Final = {
    "header": ("w:headerReference", "default"),
    "footer": ("w:footerReference", "default"),
    "first_page_header": ("w:headerReference", "first"),
    "first_page_footer": ("w:footerReference", "first"),
    "even_page_header": ("w:headerReference", "even"),
    "even_page_footer": ("w:footerReference", "even"),
}
_REFERENCES: Final = (qn("r:id"), qn("r:embed"), qn("r:link"), qn("r:pict"))


def join_letters(letters: Sequence[bytes]) -> bytes:
    """Return one document of filled ones; the same letters give the same bytes.

    Raises ``ValueError`` when there are none.
    """
    if not letters:
        raise ValueError("no letters")
    first, *others = letters
    whole = Document(io.BytesIO(first))
    for data in others:
        _append(whole, Document(io.BytesIO(data)))
    for section in whole.sections:
        _count_from_one(section._sectPr)
    out = io.BytesIO()
    whole.save(out)
    return timeless(out.getvalue())


def _append(whole: Any, letter: Any) -> None:
    """Add a letter: what stood last becomes a section of its own, the letter's is the last."""
    body = whole.element.body
    last = body.sectPr
    holder, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.append(copy.deepcopy(last))
    holder.append(properties)
    last.addprevious(holder)
    for item in list(letter.element.body):
        if item.tag != qn("w:sectPr"):
            last.addprevious(copy.deepcopy(item))
    parts = {part.partname: part for part in whole.part.package.iter_parts()}
    before, own, wanted = whole.sections[-2], whole.sections[-1], letter.sections[-1]
    for edge, reference in _EDGES.items():
        theirs = getattr(wanted, edge)
        if not theirs.is_linked_to_previous and _text(getattr(before, edge)) != _text(theirs):
            _unlink(last, *reference)
            _copy(getattr(own, edge), theirs, parts)


def _unlink(section: Any, tag: str, kind: str) -> None:
    """Take away a reference; the part stays, since the section before refers to it."""
    for child in section.findall(qn(tag)):
        if child.get(qn("w:type")) == kind:
            section.remove(child)


def _copy(own: Any, wanted: Any, parts: Mapping[str, Any]) -> None:
    """Give the last section a header or footer of its own, with the pictures of its letter's.

    ``parts`` are those of the whole by name: the pictures are the template's, and there already.
    """
    own.is_linked_to_previous = False
    target = own._element
    for child in list(target):
        target.remove(child)
    for child in wanted._element:
        target.append(copy.deepcopy(child))
    for key, relation in wanted.part.rels.items():
        if not relation.is_external and (part := parts.get(relation.target_part.partname)):
            _rename(target, key, own.part.relate_to(part, relation.reltype))


def _text(edge: Any) -> str:
    return "\n".join(paragraph.text for paragraph in edge.paragraphs)


def _rename(root: Any, old: str, new: str) -> None:
    for element in root.iter():
        for name in _REFERENCES:
            if element.get(name) == old:
                element.set(name, new)


def _count_from_one(section: Any) -> None:
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        after = [section.find(qn(f"w:{name}")) for name in ("cols", "docGrid")]
        place = next((child for child in after if child is not None), None)
        if place is not None:
            place.addprevious(numbers)
        else:
            section.append(numbers)
    numbers.set(qn("w:start"), "1")
