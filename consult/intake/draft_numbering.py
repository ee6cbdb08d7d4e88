"""Word's automatic numbers: written nowhere in the text, counted out from ``numbering.xml``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn

from consult.intake.draft_numerals import chinese

_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(value: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (value // size)
        value %= size
    return text


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26)


def _circled(value: int) -> str:
    return chr(ord("①") + value - 1) if 1 <= value <= 20 else str(value)


# ST_NumberFormat (ISO 29500-1, 17.18.59); what is not listed counts 1, 2, 3.
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda value: f"{value:02}",
}
_SILENT = frozenset({"bullet", "none"})  # a sign or nothing, but no number


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    style: str
    legal: bool


class Numbering:
    """Counts the lists of one document; paragraphs must come in the document's order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[int, int] = {}
        self._levels: dict[int, dict[int, _Level]] = {}
        self._overrides: dict[int, dict[int, int]] = {}
        self._counts: dict[int, dict[int, int]] = {}
        self._used: set[int] = set()
        for child in root if root is not None else ():
            self._learn(child)

    def _learn(self, element: Any) -> None:
        if element.tag == qn("w:abstractNum"):
            number = _whole(element.get(qn("w:abstractNumId")))
            self._levels[number] = dict(map(_level, element.findall(qn("w:lvl"))))
        elif element.tag == qn("w:num"):
            number = _whole(element.get(qn("w:numId")))
            self._lists[number] = _whole(_child(element, "w:abstractNumId"))
            self._overrides[number] = {
                _whole(change.get(qn("w:ilvl"))): _whole(_child(change, "w:startOverride"), 1)
                for change in element.findall(qn("w:lvlOverride"))
                if _child(change, "w:startOverride") is not None
            }

    def next_mark(self, listed: int, level: int | None, style: str) -> str:
        """Return the next number of a list as it is printed; empty for bullets."""
        abstract = self._lists.get(listed)
        levels = self._levels.get(abstract, {}) if abstract is not None else {}
        if level is None:
            level = next((at for at, found in levels.items() if style and found.style == style), 0)
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if listed not in self._used:
            self._used.add(listed)
            counts |= {at: start - 1 for at, start in self._overrides.get(listed, {}).items()}
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return _print(levels, counts, level)


def numbering_of(document: Document) -> Numbering:
    """Return the counter of a document's lists; one that counts nothing where there are none."""
    named = (rel for rel in document.part.rels.values() if rel.reltype.endswith("/numbering"))
    relation = next(named, None)
    part: Any = relation.target_part if relation and not relation.is_external else None
    return Numbering(part.element if part is not None else None)


def _print(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    own = levels[level]
    if own.kind in _SILENT:
        return ""

    def number(found: re.Match[str]) -> str:
        at = int(found.group(1)) - 1
        used = levels.get(at, own)
        write = str if own.legal else _FORMATS.get(used.kind, str)
        return write(counts.get(at, used.start))

    mark = re.sub(r"%([1-9])", number, own.text)
    return mark if not mark or mark[-1] in "、．.）)" else f"{mark} "


def _level(element: Any) -> tuple[int, _Level]:
    level = _Level(
        start=_whole(_child(element, "w:start"), 1),
        kind=_child(element, "w:numFmt") or "decimal",
        text=_child(element, "w:lvlText") or "",
        style=_child(element, "w:pStyle") or "",
        legal=element.find(qn("w:isLgl")) is not None,
    )
    return _whole(element.get(qn("w:ilvl"))), level


def _child(element: Any, name: str) -> str | None:
    found = element.find(qn(name))
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else None


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else default
