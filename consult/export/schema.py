"""JSON Schema of digest.json and register.json, read off the values they are written from.

Draft 2020-12 (json-schema.org). A schema belongs to a version of the document: what it says of a
version holds for every document of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from consult.domain.digest import Counts, Digest, Register
from consult.domain.voice import Voice

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_LEFT_OUT: Final[Mapping[type, tuple[str, ...]]] = {
    Register: ("columns",)
}  # how tables look, not what is in them
_INSTANT: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$"
_PLAIN: Final[dict[object, dict[str, object]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time", "pattern": _INSTANT},
    date: {"type": "string", "format": "date"},
}


def schema_json(kind: type[Digest] | type[Register], version: str) -> bytes:
    """Return the schema of one kind of document as JSON (UTF-8)."""
    definitions: dict[str, object] = {}
    body = _object(kind, definitions)
    body["properties"] = {"schema": {"const": version}, **body["properties"]}
    body["required"] = ["schema", *body["required"]]
    whole = {"$schema": _DRAFT, "$id": f"urn:{version}", **body, "$defs": definitions}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _object(kind: Any, definitions: dict[str, object]) -> dict[str, Any]:
    hints = get_type_hints(
        kind, localns={"Counts": Counts, "Voice": Voice}
    )  # some modules name it for mypy alone
    names = [name for name in _parts(kind) if name not in _LEFT_OUT.get(kind, ())]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {name: _schema(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, object]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _list(args, definitions)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(arg, definitions) for arg in args]}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(args[1], definitions)}
    return _named(hint, definitions)


def _list(args: tuple[Any, ...], definitions: dict[str, object]) -> dict[str, Any]:
    if args[-1] is Ellipsis:
        return {"type": "array", "items": _schema(args[0], definitions)}
    parts = [_schema(arg, definitions) for arg in args]
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "items": False}


def _named(kind: type, definitions: dict[str, object]) -> dict[str, Any]:
    """Return the words of a closed vocabulary, or what refers to the definition of a value."""
    if issubclass(kind, StrEnum):
        return {"enum": [item.value for item in kind]}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # told before its parts, which may refer to it
        definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _parts(kind: Any) -> list[str]:
    """Return the names of the parts of a dataclass or a named tuple."""
    return list(kind._fields) if issubclass(kind, tuple) else [own.name for own in fields(kind)]
