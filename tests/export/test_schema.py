"""The JSON documents are what their schemas say, and the schemas say no less than that."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from consult.domain.comment import Evidence, Link, Origin
from consult.domain.digest import Digest, Register
from consult.domain.partial import Partial
from consult.domain.since import GoneLine, Since
from consult.export.formats import DOCUMENTS
from tests.export.conftest import AS_OF

WHY = (Evidence("terms", "桥下", "桥下空间", 1, 3, 0.5),)


def validator(name: str, source: object) -> jsonschema.Draft202012Validator:
    schema = json.loads(DOCUMENTS[f"{name}.schema.json"].write(source))  # type: ignore[arg-type]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


@pytest.fixture
def full_digest(make_digest: Callable[..., Digest]) -> Digest:
    """A digest in which every optional part is there."""
    digest = make_digest()
    first, *rest = digest.sections
    quote = replace(first.themes[0].quotes[0], evidence=WHY)
    themes = (replace(first.themes[0], quotes=(quote,)), *first.themes[1:])
    gone = (GoneLine("2", "二", "旧的诉求", (1, 2), (1,), "新的诉求"),)
    return replace(
        digest,
        sections=(replace(first, themes=themes), *rest),
        since=Since(1, AS_OF, 2, 50, (1,), (60,), gone),
    )


@pytest.fixture
def full_register(make_register: Callable[..., Register]) -> Register:
    register = make_register()
    first = replace(register.rows[0], proposals=(Link("2", Origin.CITED, 0.9, WHY),), family=7)
    held = register.accounting
    part = Partial(
        (("渠道", "信函"),), held.comments, held.mapped, held.general, held.offplan, held.unassigned
    )
    return replace(register, rows=(first, *register.rows[1:]), partial=part)


def test_digests_are_valid(make_digest: Callable[..., Digest], full_digest: Digest) -> None:
    for digest in (full_digest, make_digest(())):
        record = json.loads(DOCUMENTS["digest.json"].write(digest))  # type: ignore[arg-type]
        validator("digest", digest).validate(record)
    evidence = json.loads(DOCUMENTS["digest.json"].write(full_digest))  # type: ignore[arg-type]
    reasons = evidence["sections"][0]["themes"][0]["quotes"][0]["evidence"]
    assert reasons == [{"kind": "terms", "text": "桥下", "counterpart": "桥下空间", "start": 1,
                        "end": 3, "weight": 0.5}]  # fmt: skip


def test_registers_are_valid(
    make_register: Callable[..., Register], full_register: Register
) -> None:
    for register in (full_register, make_register(())):
        record = json.loads(DOCUMENTS["register.json"].write(register))  # type: ignore[arg-type]
        validator("register", register).validate(record)


def spoilt(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return records that a reader could not rely on."""
    rows = record["rows"]
    return [
        ("a key too few", {k: v for k, v in record.items() if k != "accounting"}),
        ("a key too many", {**record, "more": 1}),
        ("another version", {**record, "schema": "consult.register/0"}),
        ("a word that is none", {**record, "rows": [{**rows[0], "kind": "joke"}]}),
        ("text for a number", {**record, "rows": [{**rows[0], "number": "1"}]}),
        ("half a time", {**record, "rows": [{**rows[0], "received": "yesterday"}]}),
    ]


def test_the_schema_refuses_what_is_none(full_register: Register) -> None:
    record = json.loads(DOCUMENTS["register.json"].write(full_register))  # type: ignore[arg-type]
    known = validator("register", full_register)

    assert [name for name, wrong in spoilt(record) if known.is_valid(wrong)] == []
