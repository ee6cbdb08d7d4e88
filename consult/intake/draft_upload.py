"""Reads an uploaded draft plan in the sandbox: whoever uploads it may not have written it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from consult.domain.consultation import Indicator, Plan, Section, Window
from consult.domain.errors import InputRefused
from consult.intake.draft import MAX_BYTES, Draft, read_draft
from consult.intake.sandbox import in_sandbox


def read_upload(data: bytes, name: str) -> Draft:
    """Return what ``read_draft`` makes of a file, read in a child with limits.

    Raises ``InputRefused``: those of ``read_draft``, ``sandbox.busy``, ``sandbox.time``,
    ``sandbox.failed``; the field is ``file``.
    """
    if len(data) > MAX_BYTES:
        raise InputRefused("draft.too-large", field="file", limit=MAX_BYTES, what="bytes",
                           name=name)  # fmt: skip
    named = name.replace("\n", " ").encode() + b"\n" + data
    try:
        found = in_sandbox("consult.intake.draft_upload:read", named)
    except InputRefused as error:
        raise InputRefused(error.code, field="file", **error.values) from error
    window = found["window"]
    return Draft(
        plan=_plan(found["plan"]),
        window=Window(date.fromisoformat(window[0]), date.fromisoformat(window[1]), window[2])
        if window else None,
        title=found["title"],
        office=found["office"],
        notes=tuple(found["notes"]),
    )  # fmt: skip


def read(named: bytes) -> dict[str, Any]:
    """Read a draft; its name stands in the first line. Runs in the sandbox."""
    name, _, data = named.partition(b"\n")
    draft = read_draft(data, name.decode())
    window = draft.window
    return {
        "plan": dataclasses.asdict(draft.plan),
        "window": [window.opens.isoformat(), window.closes.isoformat(), window.timezone]
        if window else None,
        "title": draft.title,
        "office": draft.office,
        "notes": list(draft.notes),
    }  # fmt: skip


def _plan(data: dict[str, Any]) -> Plan:
    return Plan(
        title=data["title"],
        chapters=tuple(map(_section, data["chapters"])),
        lead=tuple(data["lead"]),
        lead_summary=data["lead_summary"],
        indicators=tuple(Indicator(**item) for item in data["indicators"]),
    )


def _section(data: dict[str, Any]) -> Section:
    below = tuple(map(_section, data["sections"]))
    return Section(**{**data, "paragraphs": tuple(data["paragraphs"]), "sections": below})
