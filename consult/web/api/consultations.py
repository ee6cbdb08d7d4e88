"""A published consultation as JSON: title, window, the tree of the plan. Read-only."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from consult.domain.consultation import Section
from consult.web.desk import desk, opened

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/consultations/<slug>")
def consultation(slug: str) -> Response:
    """Return the consultation; 404 with a JSON body when there is none."""
    found = opened(slug)
    shown = found.consultation
    return jsonify(
        slug=shown.slug,
        title=shown.title,
        office=shown.office,
        opens=shown.window.opens.isoformat(),
        closes=shown.window.closes.isoformat(),
        timezone=shown.window.timezone,
        state=shown.window.state(desk().today()),
        rehearsal=shown.rehearsal,
        plan={
            "title": found.plan.title,
            "official": found.plan.official,
            "chapters": [_node(chapter) for chapter in found.plan.chapters],
        },
    )


def _node(node: Section) -> dict[str, object]:
    return {
        "code": node.code,
        "number": node.number,
        "title": node.title,
        "page": node.page,
        "sections": [_node(child) for child in node.sections],
    }
