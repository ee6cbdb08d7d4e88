"""The shapes of the API as JSON Schema."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from consult.domain.comment import Channel, Speaker
from consult.domain.digest import Accounting, Counts
from consult.domain.triage import Disposition

Schema = dict[str, Any]
_TEXT: Final[Schema] = {"type": "string"}
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
_FLAG: Final[Schema] = {"type": "boolean"}
_DAY: Final[Schema] = {"type": "string", "format": "date"}
_MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
_LINES: Final[Schema] = {"type": "array", "items": _TEXT}


def schemas(*, max_text: int) -> Schema:
    """Return every named shape; ``max_text`` is the longest submission in characters."""
    return {
        "Consultations": _object(consultations=_list("Outline")),
        "Outline": _object(**_outline()),
        "Consultation": _object(
            **_outline(), version=_WHOLE, released=_or_null(_MOMENT), answer_by=_or_null(_DAY),
            texts={"type": "object", "additionalProperties": _TEXT},
            plan=_object(title=_TEXT, official=_FLAG, chapters=_list("Heading")),
        ),
        "Heading": _object(**_heading("Heading")),
        "Node": _object(**_heading("Node"), summary=_TEXT, paragraphs=_LINES),
        "Plan": _object(
            title=_TEXT, version=_WHOLE, official=_FLAG, lead=_LINES, lead_summary=_TEXT,
            chapters=_list("Node"), indicators=_list("Indicator"),
        ),
        "Indicator": _object(
            number=_WHOLE, name=_TEXT, unit=_TEXT, base_year=_or_null(_WHOLE), base=_TEXT,
            target_year=_or_null(_WHOLE), target=_TEXT, growth=_TEXT, section=_TEXT, plain=_TEXT,
        ),
        "Counts": _object(**{field.name: _WHOLE for field in fields(Counts)}),
        "Results": _object(
            as_of=_MOMENT, rehearsal=_FLAG, counts=_named("Counts"),
            dispositions=_object((), **{item.value: _WHOLE for item in Disposition}),
            waiting=_WHOLE, sections=_list("ResultSection"), changes=_list("Change"),
            accounting=_object(**{field.name: _WHOLE for field in fields(Accounting)}),
        ),
        "ResultSection": _object(
            code=_TEXT, label=_TEXT, title=_TEXT, chapter=_TEXT, counts=_named("Counts"),
            answered=_WHOLE, asks=_list("Ask"),
        ),
        "Ask": _object(
            words=_TEXT, quoted=_FLAG, keywords=_LINES, counts=_named("Counts"),
            disposition=_or_null({"enum": [item.value for item in Disposition]}),
            reason=_TEXT, answer=_TEXT, office=_TEXT, changed_section=_TEXT, change=_TEXT,
        ),
        "Change": _object(section=_TEXT, change=_TEXT, because=_LINES, comments=_WHOLE),
        "Submission": _submission(max_text),
        "Item": _item(max_text),
        "Pushed": _object(number=_TEXT, code=_TEXT, received=_MOMENT, late=_FLAG),
        "Receipt": _object(
            number=_TEXT, code=_TEXT, received=_MOMENT, head=_TEXT, held=_FLAG, status=_TEXT
        ),
        "Problem": _object(
            ("type", "status", "title", "detail"),
            type=_TEXT, status=_WHOLE, title=_TEXT, detail=_TEXT, code=_TEXT, field=_TEXT,
        ),
        "Document": {"type": "object", "required": ["openapi", "info", "paths"]},
    }  # fmt: skip


def _submission(max_text: int) -> Schema:
    words = "What you want to say; what can be stored and seen, at most so many characters."
    return _object(
        ("text", "privacy"),
        text={"type": "string", "minLength": 1, "maxLength": max_text, "description": words},
        sections={
            "type": "array",
            "items": {"type": "string", "pattern": r"^(general|[0-9]+(\.[0-9]+)*)$"},
            "description": "Codes of this plan, or general; none if unsure.",
        },
        speaker={"enum": [item.value for item in Speaker]},
        name={"type": "string", "maxLength": 200},
        contact={"type": "string", "maxLength": 200},
        publish={"type": "boolean", "description": "May be quoted, without name and contact."},
        privacy={"const": True, "description": "The privacy notice has been read and agreed to."},
    )


def _item(max_text: int) -> Schema:
    sent = dict(_submission(max_text)["properties"])
    sent.pop("privacy")
    moment = {**_MOMENT, "description": "When the other system received it, with an offset."}
    channel = {"enum": [item.value for item in Channel], "description": "None: the token's."}
    return _object(("text",), **sent, channel=channel, received=moment)


def _outline() -> Schema:
    return {
        "slug": _TEXT, "title": _TEXT, "office": _TEXT, "opens": _DAY, "closes": _DAY,
        "timezone": _TEXT, "state": {"enum": ["before", "open", "closed"]}, "rehearsal": _FLAG,
    }  # fmt: skip


def _heading(name: str) -> Schema:
    page = _or_null(_WHOLE)
    return {"code": _TEXT, "number": _TEXT, "title": _TEXT, "page": page, "sections": _list(name)}


def _object(required: tuple[str, ...] | None = None, /, **properties: Schema) -> Schema:
    needed = list(properties) if required is None else list(required)
    return {
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _named(name)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
