"""Styles of ours in an office's template: its own look where it has a style of that name."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, Final

from docx.oxml.ns import qn

_POINTERS: Final = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
_PREFIX: Final = "Consult"


def adopt_styles(target: Any, source: Any, items: Iterable[Any]) -> None:
    """Let moved content point to the template's styles, and add those it does not have.

    Styles are the same when their names are, whatever their ids: Word in Chinese calls the first
    heading ``1`` and its name ``heading 1``.
    """
    theirs, ours = target.styles.element, source.styles.element
    named = {_name(style): _id(style) for style in theirs.iter(qn("w:style"))}
    base = next((_id(style) for style in theirs.iter(qn("w:style")) if _default(style)), None)
    taken = set(named.values())
    known: dict[str, str] = {}
    for style in ours.iter(qn("w:style")):
        name, old = _name(style), _id(style)
        if _default(style):
            known[old] = base or old
        elif name in named:
            known[old] = named[name]
        else:
            new = f"{_PREFIX}{old}" if old in taken else old
            known[old] = new
            theirs.append(_copied(style, new, base))
    for item in items:
        for pointer in item.iter(*_POINTERS):
            value = str(pointer.get(qn("w:val")))
            pointer.set(qn("w:val"), known.get(value, value))


def _copied(style: Any, new: str, base: str | None) -> Any:
    copied = copy.deepcopy(style)
    copied.set(qn("w:styleId"), new)
    below = copied.find(qn("w:basedOn"))
    if below is not None and base:
        below.set(qn("w:val"), base)
    return copied


def _id(style: Any) -> str:
    return str(style.get(qn("w:styleId")))


def _name(style: Any) -> str:
    found = style.find(qn("w:name"))
    return "" if found is None else str(found.get(qn("w:val"))).casefold()


def _default(style: Any) -> bool:
    paragraph = style.get(qn("w:type")) == "paragraph"
    return paragraph and style.get(qn("w:default")) in ("1", "true", "on")
