"""Themes: the list of a section, one theme, and what staff decide about it."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.consultation import UNASSIGNED
from consult.domain.errors import Conflict, InputRefused
from consult.services.browse import Published, comment_detail
from consult.services.move_comment import move_comment
from consult.services.theme_view import (
    ThemeView,
    section_themes,
    theme_changes,
    theme_view,
)
from consult.services.undo_theme_decision import undo_theme_decision
from consult.web import unsaved
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.paging import page_asked
from consult.web.staff.blueprint import staff
from consult.web.staff.theme_acts import ACTS
from consult.web.staff.theme_forms import TargetForm, ThemeForm

NONE = "unassigned"  # stands for the empty code in an address
_THEME = "/c/<slug>/themes/<int(max=999999999):number>"
_ACT = f"{_THEME}/<any(adopt, merge, split, apart, confirm):act>"
_MOVE = "/c/<slug>/comments/<int(max=999999999):number>/theme"
_SIZE = 200  # comments offered for choice on one page
Answer = Response | str | tuple[str, int]


@staff.get("/c/<slug>/sections/<code>/themes")
def themes(slug: str, code: str) -> str:
    """List the themes of a section with their states."""
    found = opened(slug)
    real = UNASSIGNED if code == NONE else code
    page = section_themes(desk().office, slug=slug, code=real, page=page_asked())
    return render_template("staff/themes.html", found=found, code=code, real=real, page=page)


@staff.get(_THEME)
def theme(slug: str, number: int) -> str:
    """Show a theme: its comments, what sets it apart, and who decided what."""
    found = opened(slug)
    view = theme_view(desk().office, slug=slug, number=number, page=page_asked())
    form = ThemeForm(formdata=None)
    return render_template("staff/theme.html", found=found, view=view, form=form)


@staff.get(_ACT)
def theme_act(slug: str, number: int, act: str) -> str:
    """Show the form of an act."""
    found = opened(slug)
    view = theme_view(desk().office, slug=slug, number=number, page=page_asked(), size=_SIZE)
    form = _offered(ACTS[act].form(formdata=None), view)
    form.resume(unsaved.take(url_for("staff.theme_act", slug=slug, number=number, act=act)))
    return _act_page(found, view, form, act)


@staff.post(_ACT)
def decide_theme(slug: str, number: int, act: str) -> Answer:
    """Do it; what cannot be done comes back with everything that was filled in."""
    form = ACTS[act].form()
    if not form.validate() and form.stale:
        abort(400)
    found = opened(slug)
    view = theme_view(desk().office, slug=slug, number=number, page=page_asked(), size=_SIZE)
    try:
        common = {"slug": slug, "actor": g.member.username, "seen": form.seen.data or ""}
        ACTS[act].perform(desk().office, form, view, **common)
    except InputRefused as error:
        form.refuse(error)
        return _act_page(found, view, _offered(form, view), act), 422
    except Conflict:
        form.seen.data = view.seen  # what is there now is on the page: sending again confirms
        return _act_page(found, view, _offered(form, view), act, conflict=True), 409
    return redirect(url_for("staff.theme", slug=slug, number=number), 303)


@staff.get(_MOVE)
def move_form(slug: str, number: int) -> str:
    """Show the themes a comment can be moved to."""
    form = TargetForm(formdata=None)
    form.resume(unsaved.take(url_for("staff.move_form", slug=slug, number=number)))
    return _move_page(slug, number, form)


@staff.post(_MOVE)
def move(slug: str, number: int) -> Answer:
    """Move a comment to another theme, or show both when somebody else was faster."""
    form = TargetForm()
    if not form.validate() and form.stale:
        abort(400)
    try:
        target = -1 if form.target.data is None else int(form.target.data)
        into = move_comment(
            desk().office, slug=slug, number=number, target=target, why=form.why.data or "",
            actor=g.member.username, seen=form.seen.data or "",
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _move_page(slug, number, form), 422
    except Conflict:
        form.seen.data = ""
        return _move_page(slug, number, form, conflict=True), 409
    return redirect(url_for("staff.theme", slug=slug, number=into), 303)


@staff.post("/c/<slug>/theme-decisions/<int(max=999999999):event>/undo")
def undo_theme(slug: str, event: int) -> Response:
    """Undo one decision and go back to the theme it was found on."""
    if not TokenForm().validate():
        abort(400)
    undo_theme_decision(desk().office, slug=slug, event=event, actor=g.member.username)
    back = request.form.get("theme", "")
    if back.isascii() and back.isdigit() and len(back) < 10:
        return redirect(url_for("staff.theme", slug=slug, number=int(back)), 303)
    return redirect(url_for("staff.overview", slug=slug), 303)


@staff.get("/c/<slug>/changes")
def changes(slug: str) -> str:
    """Show what the newest run changed about themes."""
    found = opened(slug)
    changed = theme_changes(desk().office, slug=slug)
    return render_template("staff/changes.html", found=found, changed=changed)


def _offered(form: ThemeForm, view: ThemeView) -> ThemeForm:
    """Fill in the choices, and the present state unless something was sent."""
    if isinstance(form, TargetForm):
        form.offer(view.choices)
    if not form.is_submitted():
        form.seen.data = view.seen
        if "label" in form and "numbers" not in form:
            form["label"].data = view.theme.label
    return form


def _act_page(
    found: Published, view: ThemeView, form: ThemeForm, act: str, *, conflict: bool = False
) -> str:
    return render_template(
        "staff/theme_act.html",
        found=found, view=view, form=form, act=act, deed=ACTS[act], conflict=conflict,
    )  # fmt: skip


def _move_page(slug: str, number: int, form: TargetForm, *, conflict: bool = False) -> str:
    found = opened(slug)
    detail = comment_detail(desk().office, slug=slug, number=number)
    lines = section_themes(desk().office, slug=slug, code=detail.row.comment.section, size=10_000)
    others = [line for line in lines.lines if line.theme.id != detail.row.comment.theme]
    form.offer(others, alone=True)
    form.seen.data = form.seen.data or detail.row.seen
    return render_template(
        "staff/move.html", found=found, detail=detail, form=form, conflict=conflict
    )
