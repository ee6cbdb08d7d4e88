"""The web site: public pages, staff pages, a small read-only API. ``create_app`` makes it."""

from __future__ import annotations

from consult.web.app import create_app

__all__ = ["create_app"]
