"""What programs read: one consultation as JSON, and whether the site lives."""

from __future__ import annotations

from consult.web.api.consultations import api
from consult.web.api.health import health

__all__ = ["api", "health"]
