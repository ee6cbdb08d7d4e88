"""The blueprint of the staff pages; the modules beside it add their routes."""

from __future__ import annotations

from flask import Blueprint

staff = Blueprint("staff", __name__, url_prefix="/staff")
