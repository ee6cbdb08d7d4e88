"""Digest and register as JSON, for programs: codes instead of labels, nothing left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Final

from consult.domain.digest import Digest, Register
from consult.domain.text import REPLACEMENT
from consult.export.balance import check_digest, check_register

# A reader may rely on the keys of a version; a key that goes or changes its meaning is a new one.
DIGEST_SCHEMA: Final = "consult.digest/1"
REGISTER_SCHEMA: Final = "consult.register/1"

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def digest_json(digest: Digest) -> bytes:
    """Return the digest as JSON (UTF-8, ISO times); raises ``AccountingError``."""
    check_digest(digest)
    head = {
        "schema": DIGEST_SCHEMA,
        "masthead": digest.masthead,
        "counts": digest.counts,
        "identified": digest.identified,
        "accounting": digest.accounting,
        "partial": digest.partial,
        "since": digest.since,
    }
    return _document(head, days=digest.days, families=digest.families, sections=digest.sections)


def register_json(register: Register) -> bytes:
    """Return the register as JSON (UTF-8, ISO times); raises ``AccountingError``."""
    check_register(register)
    head = {
        "schema": REGISTER_SCHEMA,
        "masthead": register.masthead,
        "counts": register.counts,
        "sections": register.sections,
        "accounting": register.accounting,
        "partial": register.partial,
    }
    return _document(head, families=register.families, themes=register.themes, rows=register.rows)


def _document(head: Mapping[str, object], **lists: Iterable[object]) -> bytes:
    """Write one object with a line per item, so that two versions can be compared by line."""
    parts = [f"{_dump(key)}: {_dump(value)}" for key, value in head.items()]
    for name, items in lists.items():
        lines = ",\n".join(map(_dump, items))
        parts.append(f"{_dump(name)}: [\n{lines}\n]" if lines else f"{_dump(name)}: []")
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    return _SURROGATE.sub(REPLACEMENT, text).encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _named(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _named(value: object) -> object:
    """Return named tuples (a link, its reasons) as objects: JSON would make them plain lists."""
    if not isinstance(value, tuple):
        return value
    names = getattr(value, "_fields", None)
    parts = [_named(item) for item in value]
    return dict(zip(names, parts, strict=True)) if names else parts
