"""Families (雷同件): the list, and one letter with all its wordings."""

from __future__ import annotations

from flask import render_template

from consult.services.family_view import family_list, family_view
from consult.web.desk import desk, opened
from consult.web.paging import page_asked
from consult.web.staff.blueprint import staff


@staff.get("/c/<slug>/families")
def families(slug: str) -> str:
    """List the families, the largest first."""
    found = opened(slug)
    page = family_list(desk().office, slug=slug, page=page_asked())
    return render_template("staff/families.html", found=found, page=page)


@staff.get("/c/<slug>/families/<int(max=999999999):number>")
def family(slug: str, number: int) -> str:
    """Show a family: how it came about, its wordings against the base text, what was added."""
    found = opened(slug)
    view = family_view(desk().office, slug=slug, number=number, page=page_asked())
    return render_template("staff/family.html", found=found, view=view)
