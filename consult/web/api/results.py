"""The published results as JSON: what the pages show, no more."""

from __future__ import annotations

from dataclasses import asdict

from flask import jsonify
from werkzeug.wrappers import Response

from consult.domain.results import Change, ResultLine, ResultSection
from consult.web.api.blueprint import api
from consult.web.desk import opened
from consult.web.result_store import compiled


@api.get("/consultations/<slug>/results")
def results(slug: str) -> Response:
    """Return the results; 404 before they are published."""
    shown = compiled(opened(slug))
    return jsonify(
        as_of=shown.masthead.as_of.isoformat(),
        rehearsal=shown.masthead.rehearsal,
        counts=asdict(shown.counts),
        dispositions={item.value: count for item, count in shown.dispositions},
        waiting=shown.waiting,
        sections=[_section(section) for section in shown.sections],
        changes=[_change(change) for change in shown.changes],
        accounting=asdict(shown.accounting),
    )


def _section(section: ResultSection) -> dict[str, object]:
    return {
        "code": section.code,
        "label": section.label,
        "title": section.title,
        "chapter": section.chapter,
        "counts": asdict(section.counts),
        "answered": section.answered,
        "asks": [_ask(line) for line in section.lines],
    }


def _ask(line: ResultLine) -> dict[str, object]:
    said = line.ruling
    return {
        "words": line.words,
        "quoted": line.quoted,
        "keywords": list(line.keywords),
        "counts": asdict(line.counts),
        "disposition": said.disposition.value if said else None,
        "reason": said.reason if said else "",
        "answer": said.answer if said else "",
        "office": said.office if said else "",
        "changed_section": said.section if said else "",
        "change": said.change if said else "",
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "section": change.section,
        "change": change.change,
        "because": list(change.words),
        "comments": change.comments,
    }
