"""The results after closing: by chapter, what changed, downloads; nothing before publication."""

from __future__ import annotations

from flask import abort, make_response, render_template
from werkzeug.wrappers import Response

from consult.export.result_formats import RESULT_FILES
from consult.services.result_files import result_file as make_file
from consult.web.desk import desk, opened
from consult.web.paging import page_asked
from consult.web.public.blueprint import public
from consult.web.result_pages import page_of
from consult.web.result_store import compiled

_LINES = 60  # asks on one page, about 100 kB
OUTSIDE = "outside"  # the page of what belongs to no chapter


@public.get("/c/<slug>/results")
def results(slug: str) -> str | tuple[str, int]:
    """Show counts, what became of the comments, chapters, what changed; or when that will be."""
    found = opened(slug)
    if found.released is None:
        return render_template("public/unreleased.html", found=found, now=desk().today()), 404
    return render_template("public/results.html", found=found, results=compiled(found))


@public.get("/c/<slug>/results/<chapter>")
def result_chapter(slug: str, chapter: str) -> str:
    """Show one chapter: every ask with its answer."""
    found = opened(slug)
    shown = compiled(found)
    code = "" if chapter == OUTSIDE else chapter
    parts = [section for section in shown.sections if section.chapter == code]
    if not parts or not chapter:
        abort(404)
    page = page_of(parts, page_asked(), _LINES)
    node = found.plan.chapter_of(code) if code else None
    return render_template(
        "public/result_chapter.html", found=found, page=page, chapter=node, code=chapter
    )


@public.get("/c/<slug>/results/files/<name>")
def result_file(slug: str, name: str) -> Response:
    """Hand out the results as a file."""
    found = opened(slug)
    if name not in RESULT_FILES:
        abort(404)
    made = make_file(desk().office, slug=slug, name=name, made=compiled(found))
    response = make_response(made.data)
    response.content_type = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    return response
