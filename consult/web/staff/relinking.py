"""Changing the section of a comment; nobody's change is overwritten unseen."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import Conflict, InputRefused
from consult.services.browse import CommentDetail, Published, comment_detail
from consult.services.relink import relink as change_section
from consult.web.desk import desk, opened
from consult.web.staff.blueprint import staff
from consult.web.staff.relink_form import RelinkForm


@staff.post("/c/<slug>/comments/<int(max=999999999):number>/section")
def relink(slug: str, number: int) -> Response | tuple[str, int]:
    """Store the change, or show both when somebody else was faster."""
    found = opened(slug)
    detail = comment_detail(desk().office, slug=slug, number=number)
    form = RelinkForm().offer(found.plan, detail.row)
    if not form.validate():
        return _again("staff/comment.html", found, detail, form), form.status
    try:
        _store(slug, number, form)
    except Conflict:
        return _conflict(found, number, form), 409
    except InputRefused as error:
        form.refuse(error)
        return _again("staff/comment.html", found, detail, form), 422
    return redirect(url_for("staff.comment", slug=slug, number=number), 303)


def _store(slug: str, number: int, form: RelinkForm) -> None:
    change_section(
        desk().office,
        slug=slug,
        number=number,
        section=form.section.data,
        why=form.why.data,
        actor=g.member.username,
        seen=form.seen.data,
    )


def _conflict(found: Published, number: int, form: RelinkForm) -> str:
    """Show what the comment is now beside what was wanted; sending again confirms it."""
    slug = found.consultation.slug
    detail = comment_detail(desk().office, slug=slug, number=number)
    form.seen.data = detail.row.seen
    return _again("staff/conflict.html", found, detail, form)


def _again(template: str, found: Published, detail: CommentDetail, form: RelinkForm) -> str:
    return render_template(
        template,
        found=found,
        detail=detail,
        form=form,
        threshold=desk().settings.threshold,
    )
