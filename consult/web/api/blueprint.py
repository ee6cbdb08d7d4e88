"""The blueprint of the API; the modules beside it add their routes."""

from __future__ import annotations

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api/v1")
