"""The page where a comment is worked with: read, place, decide, and go on to the next one."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.act import Act
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.queue import Progress
from consult.domain.triage import Role
from consult.services.act_view import act_view, newest_act
from consult.services.browse import CommentDetail, Published, comment_detail
from consult.services.decide import decide as write_decision
from consult.services.fill import fill
from consult.services.queue import every_tag, neighbours, prepared, queue
from consult.services.responsibility import sections_of
from consult.services.tag import tag_comment
from consult.services.work_view import Work, gone_into, work_view
from consult.web import unsaved
from consult.web.access import require_sections
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.staff.blueprint import staff
from consult.web.staff.queue_filters import Filters
from consult.web.staff.queueing import filters_of, to_queue
from consult.web.staff.relink_form import RelinkForm
from consult.web.staff.work_form import WorkForm

_PLACE = "/c/<slug>/comments/<int(max=999999999):number>"
Answer = Response | tuple[str, int]


@staff.get(_PLACE)
def comment(slug: str, number: int) -> str | Answer:
    """Show a comment with all that is needed to deal with it."""
    found = opened(slug)
    try:
        detail = comment_detail(desk().office, slug=slug, number=number)
    except NotFound:
        return _gone(found, number)
    kept = unsaved.take(url_for("staff.comment", slug=slug, number=number))
    filters = filters_of(found)
    form = RelinkForm(formdata=None).offer(found.plan, detail.row, filters.address())
    return work_page(found, detail, form=form.resume(kept), filters=filters, kept=kept)


@staff.post(f"{_PLACE}/settle")
def settle(slug: str, number: int) -> Answer:
    """Decide on the comment, its family or its theme, and show the next one of the queue."""
    found = opened(slug)
    detail = comment_detail(desk().office, slug=slug, number=number)
    work = work_view(desk().office, slug=slug, comment=detail.row.comment)
    form = WorkForm()
    filters = filters_of(found, form.query.data or "")
    form.prepare(found.plan, detail, work, onward=0, query="")
    if not form.validate():
        return work_page(found, detail, deciding=form, filters=filters), form.status
    target = form.target(detail)
    if target.family:  # copies of one text may stand in other chapters
        require_sections(
            slug, sections_of(desk().office, slug=slug, kind="families", number=target.family)
        )
    try:
        ruling = fill(desk().office, slug=slug, number=number, ruling=form.worded(work.phrases))
        write_decision(
            desk().office, slug=slug, target=target, ruling=ruling, actor=g.member.username,
            seen=form.version(target), submit=request.form.get("act") != "draft",
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return work_page(found, detail, deciding=form, filters=filters), 422
    except Conflict as error:
        form.refuse(error)
        return work_page(found, detail, deciding=form, filters=filters, renew=True), 409
    onward = form.onward.data or ""
    if not target.comment and filters.wanted.progress is Progress.OPEN:
        onward = _first(slug, filters)  # what stood next may be answered by now
    return _onward(slug, filters, onward, here=number)


@staff.post(f"{_PLACE}/tags")
def set_tag(slug: str, number: int) -> Response:
    """Put a tag on a comment, or take one off."""
    if not TokenForm().validate():
        abort(400)
    name, off = request.form.get("tag", ""), request.form.get("off") == "1"
    try:
        tag_comment(
            desk().office, slug=slug, number=number, name=name, off=off, actor=g.member.username
        )
    except (InputRefused, Conflict) as error:
        flash(say(error), "wrong")
    filters = filters_of(opened(slug), request.form.get("query", ""))
    return to_comment(slug, number, filters)


def work_page(
    found: Published,
    detail: CommentDetail,
    *,
    filters: Filters,
    form: RelinkForm | None = None,
    deciding: WorkForm | None = None,
    kept: dict[str, str] | None = None,
    renew: bool = False,
) -> str:
    """Return the page; ``renew`` puts the present versions into a form that was overtaken."""
    slug, number = found.consultation.slug, detail.row.comment.number
    looking = g.member.username if g.role is not None and g.role.allows(Role.HANDLER) else ""
    work = work_view(desk().office, slug=slug, comment=detail.row.comment, looking=looking)
    wanted = prepared(desk().office, slug=slug, wanted=filters.wanted, query=filters.query)
    around = neighbours(
        desk().office, slug=slug, wanted=wanted or filters.wanted, order=filters.order,
        number=number,
    )  # fmt: skip
    address = filters.address()
    if deciding is None:
        deciding = WorkForm(formdata=None)
        deciding.prepare(found.plan, detail, work, onward=around.after, query=address)
    if renew:
        kinds = ("comment", "family", "theme")
        deciding.seen.data = ",".join(work.seen(kind) for kind in kinds)
    return render_template(
        "staff/comment.html",
        found=found,
        detail=detail,
        work=work,
        around=around,
        filters=filters,
        form=form or RelinkForm(formdata=None).offer(found.plan, detail.row, address),
        deciding=deciding,
        done=_done(slug),
        unsaved=kept,
        tags=every_tag(desk().office, slug=slug),
        threshold=desk().settings.threshold,
    )


def to_comment(slug: str, number: int, filters: Filters, *, done: bool = True) -> Response:
    """Go to a comment of the queue; the page offers to undo what was just done."""
    act = newest_act(desk().office, slug=slug, actor=g.member.username) if done else 0
    query = filters.address(done=act or "")
    return redirect(f"{url_for('staff.comment', slug=slug, number=number)}?{query}", 303)


def _first(slug: str, filters: Filters) -> str:
    """Return the number of the first comment of the queue, blank when there is none."""
    wanted = prepared(desk().office, slug=slug, wanted=filters.wanted, query=filters.query)
    if wanted is None:
        return ""
    page = queue(desk().office, slug=slug, wanted=wanted, order=filters.order, size=1)
    return str(page.rows[0].comment.number) if page.rows else ""


def _onward(slug: str, filters: Filters, onward: str, *, here: int) -> Response:
    """Go to the next comment, or back to the queue when that was the last one."""
    if onward.isascii() and onward.isdigit() and len(onward) < 10:
        return to_comment(slug, int(onward), filters)
    if filters.plain:
        return to_comment(slug, here, filters)
    flash(_("这一列的最后一条已经办完。"), "done")
    return to_queue(slug, filters)


def _done(slug: str) -> Act | None:
    """Return the act of one's own that the address says was just done."""
    number = request.args.get("done", type=int, default=0)
    if not 0 < number < 10**9:
        return None
    try:
        act = act_view(desk().office, slug=slug, number=number, shown=0).act
    except NotFound:
        return None
    return act if act.actor == g.member.username else None


def _gone(found: Published, number: int) -> Answer:
    """Show what became of a comment that was cut or joined; raises ``NotFound`` for others."""
    slug = found.consultation.slug
    into = gone_into(desk().office, slug=slug, number=number)
    if not into:
        raise NotFound("comment.unknown", number=number)
    return render_template("staff/gone.html", found=found, number=number, into=into), 410


def state_of(work: Work) -> str:
    """Return which decision applies: that on the comment, the family or the theme, or none."""
    found = {"comment": work.own, "family": work.on_family, "theme": work.on_theme}
    return next((kind for kind, decision in found.items() if decision), "")
