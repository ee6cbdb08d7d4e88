"""Everything that was done in a consultation."""

from __future__ import annotations

from flask import render_template, request

from consult.services.history import history as history_of
from consult.web.desk import desk, opened
from consult.web.paging import page_asked
from consult.web.staff.blueprint import staff


@staff.get("/c/<slug>/history")
def history(slug: str) -> str:
    """List the events, the newest first."""
    found, actor = opened(slug), request.args.get("actor", "").strip()[:60]
    page = history_of(desk().office, slug=slug, page=page_asked(), actor=actor)
    return render_template("staff/histories.html", found=found, page=page, actor=actor)
