"""Published consultations and their plans as JSON; read-only."""

from __future__ import annotations

from flask import jsonify
from werkzeug.wrappers import Response

from consult.domain.consultation import Consultation, Indicator, Section
from consult.services.browse import every_consultation
from consult.web.api.blueprint import api
from consult.web.desk import desk, opened


@api.get("/consultations")
def consultations() -> Response:
    """Return all consultations, oldest first."""
    return jsonify(
        consultations=[_about(item) for item in every_consultation(desk().office, shown=True)]
    )


@api.get("/consultations/<slug>")
def consultation(slug: str) -> Response:
    """Return the consultation and the headings of its plan."""
    found = opened(slug)
    return jsonify(
        **_about(found.consultation),
        version=found.consultation.version,
        released=found.released.isoformat() if found.released else None,
        answer_by=found.consultation.texts.get("answer_by"),
        texts={key: words for key, words in found.consultation.texts.items() if key != "answer_by"},
        plan={
            "title": found.plan.title,
            "official": found.plan.official,
            "chapters": [_heading(chapter) for chapter in found.plan.chapters],
        },
    )


@api.get("/consultations/<slug>/plan")
def plan(slug: str) -> Response:
    """Return the plan in full: summaries (ours), paragraphs (official) and indicators."""
    found = opened(slug)
    return jsonify(
        title=found.plan.title,
        version=found.consultation.version,
        official=found.plan.official,
        lead=list(found.plan.lead),
        lead_summary=found.plan.lead_summary,
        chapters=[_node(chapter) for chapter in found.plan.chapters],
        indicators=[_indicator(row) for row in found.plan.indicators],
    )


def _about(shown: Consultation) -> dict[str, object]:
    return {
        "slug": shown.slug,
        "title": shown.title,
        "office": shown.office,
        "opens": shown.window.opens.isoformat(),
        "closes": shown.window.closes.isoformat(),
        "timezone": shown.window.timezone,
        "state": shown.window.state(desk().today()),
        "rehearsal": shown.rehearsal or desk().simulated,
    }


def _heading(node: Section) -> dict[str, object]:
    return {
        "code": node.code,
        "number": node.number,
        "title": node.title,
        "page": node.page,
        "sections": [_heading(child) for child in node.sections],
    }


def _node(node: Section) -> dict[str, object]:
    return {
        **_heading(node),
        "summary": node.summary,
        "paragraphs": list(node.paragraphs),
        "sections": [_node(child) for child in node.sections],
    }


def _indicator(row: Indicator) -> dict[str, object]:
    return {
        "number": row.number,
        "name": row.name,
        "unit": row.unit,
        "base_year": row.base_year,
        "base": row.base,
        "target_year": row.target_year,
        "target": row.target,
        "growth": row.growth,
        "section": row.section,
        "plain": row.plain,
    }
