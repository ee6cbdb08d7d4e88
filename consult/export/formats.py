"""The documents that can be had of a consultation: file name -> type, source and writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from consult.domain.digest import Digest, Register
from consult.export.digest_docx import digest_docx
from consult.export.digest_html import digest_html
from consult.export.digest_markdown import digest_markdown
from consult.export.records import DIGEST_SCHEMA, REGISTER_SCHEMA, digest_json, register_json
from consult.export.register_csv import register_csv
from consult.export.register_docx import register_docx
from consult.export.register_xlsx import register_xlsx
from consult.export.schema import schema_json

_SCHEMA: Final = "application/schema+json"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class DigestFormat:
    """A document made of a digest."""

    content_type: str
    write: Callable[[Digest], bytes]
    source: Literal["digest"] = "digest"


@dataclass(frozen=True, slots=True)
class RegisterFormat:
    """A document made of a register."""

    content_type: str
    write: Callable[[Register], bytes]
    source: Literal["register"] = "register"


DOCUMENTS: Final[dict[str, DigestFormat | RegisterFormat]] = {
    "digest.docx": DigestFormat(f"{_OFFICE}.wordprocessingml.document", digest_docx),
    "digest.html": DigestFormat("text/html; charset=utf-8", digest_html),
    "digest.md": DigestFormat("text/markdown; charset=utf-8", digest_markdown),
    "digest.json": DigestFormat("application/json", digest_json),
    "register.xlsx": RegisterFormat(f"{_OFFICE}.spreadsheetml.sheet", register_xlsx),
    "register.docx": RegisterFormat(f"{_OFFICE}.wordprocessingml.document", register_docx),
    "register.csv": RegisterFormat("text/csv; charset=utf-8", register_csv),
    "register.json": RegisterFormat("application/json", register_json),
    "digest.schema.json": DigestFormat(_SCHEMA, lambda _: schema_json(Digest, DIGEST_SCHEMA)),
    "register.schema.json": RegisterFormat(
        _SCHEMA, lambda _: schema_json(Register, REGISTER_SCHEMA)
    ),
}
