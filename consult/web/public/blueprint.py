"""The blueprint of the public pages; the modules beside it add their routes."""

from __future__ import annotations

from flask import Blueprint

public = Blueprint("public", __name__)
