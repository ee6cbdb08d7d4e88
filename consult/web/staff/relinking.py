"""Changing the section of a comment; nobody's change is overwritten unseen."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from consult.domain.errors import Conflict, InputRefused
from consult.services.browse import Published, comment_detail
from consult.services.relink import relink as change_section
from consult.web.desk import desk, opened
from consult.web.staff.blueprint import staff
from consult.web.staff.queueing import filters_of
from consult.web.staff.relink_form import RelinkForm
from consult.web.staff.working import to_comment, work_page


@staff.post("/c/<slug>/comments/<int(max=999999999):number>/section")
def relink(slug: str, number: int) -> Response | tuple[str, int]:
    """Store the change, or show both when somebody else was faster."""
    found = opened(slug)
    detail = comment_detail(desk().office, slug=slug, number=number)
    form = RelinkForm().offer(found.plan, detail.row)
    filters = filters_of(found, form.query.data or "")
    if not form.validate():
        return work_page(found, detail, form=form, filters=filters), form.status
    try:
        _store(slug, number, form)
    except Conflict:
        return _conflict(found, number, form), 409
    except InputRefused as error:
        form.refuse(error)
        return work_page(found, detail, form=form, filters=filters), 422
    return to_comment(slug, number, filters)


def _store(slug: str, number: int, form: RelinkForm) -> None:
    change_section(
        desk().office,
        slug=slug,
        number=number,
        section=form.section.data,
        why=form.why.data,
        actor=g.member.username,
        seen=form.seen.data,
        also=[code for code in form.also.data or () if code != form.section.data],
    )


def _conflict(found: Published, number: int, form: RelinkForm) -> str:
    """Show what the comment is now beside what was wanted; sending again confirms it."""
    slug = found.consultation.slug
    detail = comment_detail(desk().office, slug=slug, number=number)
    form.seen.data = detail.row.seen
    return render_template(
        "staff/conflict.html",
        found=found,
        detail=detail,
        form=form,
        threshold=desk().settings.threshold,
    )
