"""The notice, the draft by chapter, the privacy notice."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.services.browse import every_consultation
from consult.web.desk import desk, opened
from consult.web.public.blueprint import public


@public.get("/")
def index() -> str | Response:
    """List the consultations; with a single one, or one set as default, go there."""
    found = every_consultation(desk().office)
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
