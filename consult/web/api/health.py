"""Whether the process lives and the site can serve; without cookie, without secrets."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from consult.services.health import ready
from consult.web.desk import desk

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> tuple[Response, int, dict[str, str]]:
    """Say whether the database can be used; 503 with the codes of what is wrong."""
    problems = ready(desk().office)
    if problems:
        return jsonify(status="unready", problems=list(problems)), 503, {"Retry-After": "30"}
    return jsonify(status="ready"), 200, {}
