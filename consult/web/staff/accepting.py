"""Accepting one of the proposals of a comment the machine is not sure of, with one press."""

from __future__ import annotations

from typing import Final

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from consult.domain.comment import Comment
from consult.domain.errors import Conflict
from consult.services.browse import comment_detail
from consult.services.relink import relink as change_section
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import mark
from consult.web.staff.blueprint import staff
from consult.web.staff.queue_filters import NONE
from consult.web.staff.queueing import filters_of
from consult.web.staff.relink_form import RelinkForm
from consult.web.staff.working import to_comment

# Written into the history as the reason; data of the office, so not translated when stored.
ACCEPTED: Final = mark("采纳系统的建议")


class AcceptForm(TokenForm):
    """The section of the button that was pressed, the stamp that was seen, and the way back."""

    section = HiddenField()
    seen = HiddenField()
    back = HiddenField()
    query = HiddenField()


@staff.post("/c/<slug>/comments/<int(max=999999999):number>/accept")
def accept(slug: str, number: int) -> Response | tuple[str, int]:
    """Store the proposal as decided; show both when somebody else was faster."""
    opened(slug)
    form = AcceptForm()
    if not form.validate():
        abort(400)
    before = comment_detail(desk().office, slug=slug, number=number).row.comment
    try:
        change_section(
            desk().office, slug=slug, number=number, section=form.section.data or "",
            why=ACCEPTED, actor=g.member.username, seen=form.seen.data or "",
        )  # fmt: skip
    except Conflict:
        return _conflict(slug, number), 409
    if form.back.data == "work":
        return to_comment(slug, number, filters_of(opened(slug), form.query.data or ""))
    return redirect(_way_back(slug, before, form.back.data or ""), 303)


def _way_back(slug: str, before: Comment, back: str) -> str:
    """Return the list the button stood in, or the comment's own page."""
    if back == "learning":
        return url_for("staff.learning", slug=slug, done=before.number)
    if back == "section":
        code = before.section or NONE
        return url_for("staff.section", slug=slug, code=code, _anchor=f"c{before.number}")
    return url_for("staff.comment", slug=slug, number=before.number)


def _conflict(slug: str, number: int) -> str:
    """Show what the comment is now beside what was wanted; sending again confirms it."""
    found = opened(slug)
    detail = comment_detail(desk().office, slug=slug, number=number)
    form = RelinkForm().offer(found.plan, detail.row)
    form.why.data, form.seen.data = ACCEPTED, detail.row.seen
    return render_template(
        "staff/conflict.html",
        found=found,
        detail=detail,
        form=form,
        threshold=desk().settings.threshold,
    )
