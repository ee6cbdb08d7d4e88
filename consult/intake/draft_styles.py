"""What Word's styles say about a paragraph: heading, entry of the contents, automatic number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_CHAIN = 20  # styles based on one another: more is a loop
_BODY_TEXT = 9  # outline level of what is no heading (ISO 29500-1, 17.3.1.20)


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph's style: its id, the hint for the line, and (list id, level) of its number."""

    style: str
    hint: str
    number: tuple[int, int | None] | None


class Styles:
    """The styles of one document."""

    def __init__(self, elements: dict[str, Any]) -> None:
        self._elements = elements

    def look(self, paragraph: Any) -> Look:
        """Return how a paragraph element is set, its own settings before its style's."""
        style = _value(paragraph, "w:pPr/w:pStyle") or ""
        chain = list(self._chain(style))
        return Look(style, _hint(paragraph, chain), _number([paragraph, *chain]))

    def _chain(self, style: str | None) -> Iterator[Any]:
        for _ in range(_CHAIN):
            element = self._elements.get(style or "")
            if element is None:
                return
            yield element
            style = _value(element, "w:basedOn")


def styles_of(document: Document) -> Styles:
    """Return the styles of a document."""
    root: Any = document.styles.element
    return Styles({style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))})


def _hint(paragraph: Any, chain: list[Any]) -> str:
    names = [(_value(style, "w:name") or "").lower() for style in chain]
    if any(name.startswith(("toc ", "目录")) and name != "toc heading" for name in names):
        return "toc"
    levels = (_value(element, "w:pPr/w:outlineLvl") for element in (paragraph, *chain))
    level = next((value for value in levels if value and value.isdigit()), None)
    outlined = level is not None and int(level) < _BODY_TEXT
    named = any(name.startswith(("heading ", "标题 ")) for name in names)
    return "heading" if outlined or named else ""


def _number(elements: list[Any]) -> tuple[int, int | None] | None:
    """Return the list and level that number a paragraph; list 0 takes a number off."""
    for element in elements:
        listed = _value(element, "w:pPr/w:numPr/w:numId")
        if listed and listed.isdigit():
            level = _value(element, "w:pPr/w:numPr/w:ilvl")
            return (int(listed), int(level) if level else None) if int(listed) else None
    return None


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else None
