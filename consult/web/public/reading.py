"""The notice, the draft by chapter, the privacy notice."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.text import single_line
from consult.services.browse import every_consultation
from consult.services.search_plan import search_plan
from consult.web.desk import desk, opened
from consult.web.public.blueprint import public
from consult.web.public.plan_text import plan_text

_LONGEST = 100  # characters of a search


@public.get("/")
def index() -> str | Response:
    """List the consultations; with a single one, or one set as default, go there."""
    found = every_consultation(desk().office, shown=True)
    slugs = [item.slug for item in found]
    chosen = desk().settings.slug
    if chosen in slugs or len(slugs) == 1:
        return redirect(url_for("public.notice", slug=chosen if chosen in slugs else slugs[0]))
    return render_template("public/index.html", consultations=found, now=desk().today())


@public.get("/c/<slug>/")
def notice(slug: str) -> str:
    """Say what is asked, who decides, until when, and what happens with the comments."""
    found = opened(slug)
    return render_template("public/notice.html", found=found, now=desk().today())


@public.get("/c/<slug>/plan")
def plan(slug: str) -> str:
    """Show the contents of the draft."""
    return render_template("public/plan.html", found=opened(slug), now=desk().today())


@public.get("/c/<slug>/plan/whole")
def whole_plan(slug: str) -> str:
    """Show the whole draft on one page, for printing."""
    return render_template("public/whole.html", found=opened(slug))


@public.get("/c/<slug>/plan.txt")
def plan_file(slug: str) -> tuple[str, dict[str, str]]:
    """Hand out the draft as a text file."""
    found = opened(slug)
    name = f'attachment; filename="{slug}-plan.txt"'
    kind = {"Content-Type": "text/plain; charset=utf-8", "Content-Disposition": name}
    return plan_text(found.consultation, found.plan), kind


@public.get("/c/<slug>/plan/search")
def plan_search(slug: str) -> str:
    """Find words in the draft; an empty search shows the field alone."""
    found = opened(slug)
    query = single_line(request.args.get("q", ""), strict=False)[:_LONGEST]
    hits = search_plan(found.plan, query)
    return render_template(
        "public/plan_found.html", found=found, query=query, hits=hits, now=desk().today()
    )


@public.get("/c/<slug>/plan/<chapter>")
def chapter(slug: str, chapter: str) -> str:
    """Show one chapter: our summary, and the official text where it is published."""
    found = opened(slug)
    codes = [node.code for node in found.plan.chapters]
    if chapter not in codes:
        abort(404)
    at = codes.index(chapter)
    return render_template(
        "public/chapter.html",
        found=found,
        chapter=found.plan.chapters[at],
        before=found.plan.chapters[at - 1] if at else None,
        after=found.plan.chapters[at + 1] if at + 1 < len(codes) else None,
        now=desk().today(),
    )


@public.get("/c/<slug>/privacy")
def privacy(slug: str) -> str:
    """Show the privacy notice."""
    return render_template("public/privacy.html", found=opened(slug))
