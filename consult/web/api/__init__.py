"""What programs read and send: consultations, plans, results, submissions; and health."""

from __future__ import annotations

from consult.web.api import consultations, description, pushed, results, submissions
from consult.web.api.blueprint import api
from consult.web.api.health import health

__all__ = ["api", "consultations", "description", "health", "pushed", "results", "submissions"]
