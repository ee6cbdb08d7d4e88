"""Chapters with counts, the comments of a section, search."""

from __future__ import annotations

from datetime import timedelta

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.consultation import UNASSIGNED
from consult.services.browse import every_consultation, section_comments
from consult.services.dashboard import dashboard
from consult.services.overview import overview as count_sections
from consult.services.plan_order import ordered_codes
from consult.services.theme_view import section_themes
from consult.web.desk import desk, opened
from consult.web.paging import page_asked
from consult.web.staff.blueprint import staff
from consult.web.staff.queue_filters import NONE

_THEMES = 10  # the largest, above the comments of a section


@staff.get("/")
def index() -> str | Response:
    """List the consultations somebody has a role in; with a single one, go there."""
    every = every_consultation(desk().office)
    found = [item for item in every if g.member.role_in(item.slug) is not None]
    if len(found) == 1:
        return redirect(url_for("staff.overview", slug=found[0].slug))
    return render_template("staff/index.html", consultations=found)


@staff.get("/c/<slug>/")
def overview(slug: str) -> str:
    """Show what is to be done next, how it stands, and the sections with the four counts."""
    found = opened(slug)
    threshold = desk().settings.threshold
    counted = count_sections(desk().office, slug=slug, threshold=threshold)
    board = dashboard(desk().office, slug=slug, now=desk().today(), counted=counted)
    kept = found.consultation.window.closes + timedelta(days=desk().settings.contact_days)
    return render_template(
        "staff/overview.html", found=found, overview=counted, board=board, unassigned=NONE,
        contacts_until=kept,
    )  # fmt: skip


@staff.get("/c/<slug>/sections/<code>")
def section(slug: str, code: str) -> str:
    """Show the comments counted under a section, with the machine's reasons."""
    found = opened(slug)
    real = UNASSIGNED if code == NONE else code
    page = section_comments(desk().office, slug=slug, code=real, page=page_asked())
    codes = ordered_codes(found.plan)
    at = codes.index(real)
    return render_template(
        "staff/section.html",
        found=found,
        code=code,
        real=real,
        before=codes[at - 1] if at else None,
        after=codes[at + 1] if at + 1 < len(codes) else None,
        unassigned=NONE,
        page=page,
        themes=section_themes(desk().office, slug=slug, code=real, size=_THEMES),
        threshold=desk().settings.threshold,
    )


@staff.get("/c/<slug>/search")
def search(slug: str) -> Response:
    """Lead on to the queue: the search is one of its filters."""
    query = request.args.get("q", "").strip()
    return redirect(url_for("staff.list_queue", slug=slug, q=query or None))
