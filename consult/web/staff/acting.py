"""Many at once: choose, look at what would happen, do it, watch it, undo it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.act import Deed
from consult.domain.desk import Phrase
from consult.domain.errors import ConsultError, Forbidden, InputRefused
from consult.domain.triage import Role
from consult.services.act_preview import preview, sections_among
from consult.services.act_view import act_view, recent_acts
from consult.services.acts import begin, carry_on, halt, undo
from consult.services.browse import Published
from consult.services.keep import phrases
from consult.services.office import Office
from consult.services.queue import everything, prepared
from consult.web.access import require_sections
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.staff.act_forms import ActForm, deed_names
from consult.web.staff.blueprint import staff
from consult.web.staff.queueing import filters_of, to_queue

Answer = Response | tuple[str, int]
_MANY: Final = (Deed.DECIDE, Deed.RELINK, Deed.TAG, Deed.UNTAG)
_LAST: Final = 999_999_999  # as in the addresses: no act has a higher number
_AT_ONCE: Final = 1  # steps done before the page is answered; a small act is over by then


@staff.post("/c/<slug>/acts/choose")
def choose(slug: str) -> Answer | str:
    """Show what was chosen, and ask what is to be done with it."""
    if not TokenForm().validate():
        abort(400)
    found = opened(slug)
    form = ActForm(formdata=None)
    form.query.data = filters_of(found, request.form.get("query", "")).address()
    if request.form.get("pick") != "all":
        picked = [n for n in request.form.getlist("number") if n.isascii() and n.isdigit()]
        if not picked:
            flash(_("没有勾选意见。请先勾选，或者选“批量处理全部”。"), "wrong")
            return to_queue(slug, filters_of(found, form.query.data))
        form.numbers.data = ",".join(picked)
    return _page(found, form)


@staff.post("/c/<slug>/acts")
def start_act(slug: str) -> Answer:
    """Show the consequences first, then do it; what is wrong comes back with everything in it."""
    found = opened(slug)
    form = ActForm()
    if not form.validate():
        return _page(found, form), form.status
    known = _phrases(slug)
    try:
        deed = form.checked_deed(_deeds())
        values = form.values(deed, found.plan, known)
    except InputRefused as error:
        form.refuse(error)
        return _page(found, form), 422
    numbers = _numbers(found, form)
    require_sections(slug, sections_among(desk().office, numbers))
    if request.form.get("sure") != "1" or form.total.data != str(len(numbers)):
        return _page(found, form, deed=deed, values=values), 200
    number = begin(
        desk().office, slug=slug, deed=deed, numbers=numbers, values=values,
        query="" if form.numbers.data else form.query.data or "", actor=g.member.username,
    )  # fmt: skip
    _go_on(slug, number)
    return redirect(
        url_for("staff.act", slug=slug, number=number) + f"?{form.query.data or ''}", 303
    )


@staff.get("/c/<slug>/acts")
def acts(slug: str) -> str:
    """Show what was done lately, with the ways back."""
    found = opened(slug)
    before = request.args.get("before", type=int, default=0)
    listed = recent_acts(desk().office, slug=slug, before=min(max(0, before), _LAST))
    form = TokenForm(formdata=None)
    return render_template("staff/acts.html", found=found, acts=listed, form=form, deeds=Deed)


@staff.get("/c/<slug>/acts/<int(max=999999999):number>")
def act(slug: str, number: int) -> str:
    """Show how far an act is and what it came to."""
    found = opened(slug)
    view = act_view(desk().office, slug=slug, number=number)
    return render_template(
        "staff/act.html", found=found, view=view, form=TokenForm(formdata=None),
        filters=filters_of(found),
    )  # fmt: skip


@staff.post("/c/<slug>/acts/<int(max=999999999):number>/halt")
def halt_act(slug: str, number: int) -> Response:
    """Stop an act where it is."""
    if not TokenForm().validate():
        abort(400)
    halt(desk().office, slug=slug, number=number, actor=g.member.username)
    return redirect(url_for("staff.act", slug=slug, number=number), 303)


@staff.post("/c/<slug>/acts/<int(max=999999999):number>/undo")
def undo_act(slug: str, number: int) -> Response:
    """Take an act back; a single one is taken back at once, a large one in the background."""
    if not TokenForm().validate():
        abort(400)
    view = act_view(desk().office, slug=slug, number=number)
    if g.member.chapters_in(slug) and view.act.actor != g.member.username:
        raise Forbidden("act.others")
    if view.act.deed is Deed.APPROVE and not g.role.allows(Role.REVIEWER):
        raise Forbidden("act.reviewer")
    try:
        undone = undo(
            desk().office, slug=slug, number=number, actor=g.member.username,
            why=request.form.get("why", ""),
        )  # fmt: skip
    except ConsultError as error:
        flash(say(error), "wrong")
        return _after_undo(slug, number)
    if undone.state.moving:
        _go_on(slug, number)
        return redirect(url_for("staff.act", slug=slug, number=number), 303)
    flash(_("已撤销。"), "done")
    return _after_undo(slug, number)


def _after_undo(slug: str, number: int) -> Response:
    """Return to the comment the button stood on, else to the act."""
    comment = request.form.get("comment", "")
    filters = filters_of(opened(slug), request.form.get("query", ""))
    if comment.isascii() and comment.isdigit() and 0 < len(comment) < 10 and int(comment):
        page = url_for("staff.comment", slug=slug, number=int(comment))
        return redirect(f"{page}?{filters.address()}", 303)
    return redirect(url_for("staff.act", slug=slug, number=number), 303)


def _deeds() -> tuple[Deed, ...]:
    return (*_MANY, Deed.APPROVE) if g.role.allows(Role.REVIEWER) else _MANY


def _phrases(slug: str) -> tuple[Phrase, ...]:
    return tuple(use.phrase for use in phrases(desk().office, slug=slug) if not use.phrase.retired)


def _numbers(found: Published, form: ActForm) -> tuple[int, ...]:
    """Return what was chosen: by hand, else all that the filter finds now."""
    if form.numbers.data:
        return form.chosen()
    slug = found.consultation.slug
    filters = filters_of(found, form.query.data or "")
    wanted = prepared(desk().office, slug=slug, wanted=filters.wanted, query=filters.query)
    return everything(desk().office, slug=slug, wanted=wanted) if wanted else ()


def _page(
    found: Published,
    form: ActForm,
    *,
    deed: Deed | None = None,
    values: dict[str, str] | None = None,
) -> str:
    """Return the page that asks what is to be done, or (with a deed) whether it really is."""
    slug = found.consultation.slug
    numbers = _numbers(found, form)
    form.total.data = str(len(numbers))
    seen = preview(desk().office, slug=slug, numbers=numbers, deed=deed, actor=g.member.username)
    form.offer(found.plan, _phrases(slug), _deeds())
    return render_template(
        "staff/choose.html", found=found, form=form, seen=seen, deed=deed, values=values or {},
        about=deed_names(), filters=filters_of(found, form.query.data or ""),
    )  # fmt: skip


def _go_on(slug: str, number: int) -> None:
    """Do the first step now, and the others in a thread of their own."""
    office = desk().office
    identifier = act_view(office, slug=slug, number=number, shown=0).consultation
    after = carry_on(office, consultation=identifier, number=number, steps=_AT_ONCE)
    if after.state.moving:
        work = partial(_work, office, current_app.logger.exception, identifier, number)
        threading.Thread(target=work, name=f"act-{number}", daemon=True).start()


def _work(office: Office, told: Callable[[str], None], consultation: int, number: int) -> None:
    try:
        carry_on(office, consultation=consultation, number=number)
    except ConsultError:
        told(f"act {number} was interrupted; it is gone on with later")
    finally:
        office.store.close()
