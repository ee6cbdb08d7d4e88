"""What was learned from staff, and the comments worth looking at first."""

from __future__ import annotations

from flask import render_template, request

from consult.domain.comment import Comment
from consult.domain.errors import NotFound
from consult.services.browse import Page, comment_detail
from consult.services.learning import learning as what_was_learned
from consult.web.desk import desk, opened
from consult.web.staff.blueprint import staff


@staff.get("/c/<slug>/learning")
def learning(slug: str) -> str:
    """Show the accuracy before and after, and the least certain comments first."""
    found = opened(slug)
    learned = what_was_learned(desk().office, slug=slug)
    return render_template(
        "staff/learning.html",
        found=found,
        learned=learned,
        done=_done(slug),
        page=Page(learned.first, 1, 1, len(learned.first)),
        threshold=desk().settings.threshold,
    )


def _done(slug: str) -> Comment | None:
    """Return the comment that was just accepted on this page."""
    number = request.args.get("done", type=int, default=0)
    try:
        return comment_detail(desk().office, slug=slug, number=number).row.comment
    except NotFound:
        return None
