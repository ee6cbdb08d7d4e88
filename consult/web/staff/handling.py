"""Working together on comments: claim, hand over, notes; whose a chapter is and until when."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from consult.domain.errors import Conflict, ConsultError, InputRefused
from consult.domain.triage import Role
from consult.services.assign import claim, hand_over, handlers, set_desk
from consult.services.desks import chapter_desks
from consult.services.handling import Handling, add_note, handling, look_at
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

Answer = Response | str | tuple[str, int]
_COMMENT = "/c/<slug>/comments/<int(max=999999999):number>"


class AssignForm(TokenForm):
    """Who is to work on a comment, until when, and why."""

    to = SelectField(validate_choice=False)
    due = StringField()
    why = StringField()
    taking = HiddenField()

    def offer(self, slug: str, now: Handling | None = None) -> AssignForm:
        """Fill in who can be chosen, and what holds unless something was sent."""
        names = handlers(desk().office, slug=slug)
        self.to.choices = [("", str(_("按章节默认"))), *((name, name) for name in names)]
        if now is not None and not self.is_submitted():
            self.to.data = now.own.handler if now.own else ""
            self.due.data = now.own.due.isoformat() if now.own and now.own.due else ""
        return self


class NoteForm(TokenForm):
    """A note for colleagues."""

    text = TextAreaField()


class DeskForm(TokenForm):
    """Whose a chapter is, and until when."""

    chapter = HiddenField()
    to = SelectField(validate_choice=False)
    due = StringField()


@staff.app_template_global()
def handling_of(slug: str, number: int) -> Handling:
    """Return who works on a comment; whoever may change it is noted as looking at it."""
    found = handling(
        desk().office, slug=slug, number=number, today=_today(slug), username=g.member.username
    )
    if g.role is not None and g.role.allows(Role.HANDLER):
        look_at(desk().office, slug=slug, number=number, username=g.member.username)
    return found


@staff.post(f"{_COMMENT}/claim")
def claim_comment(slug: str, number: int) -> Answer:
    """Take a comment on; somebody else's only when told so and sure."""
    opened(slug)
    form = AssignForm()
    if not form.validate():
        abort(400)
    taking = form.taking.data == "yes"
    try:
        claim(desk().office, slug=slug, number=number, actor=g.member.username, taking=taking)
    except Conflict as error:
        form.refuse(error)
        return _assign_page(slug, number, form, taking=True), 409
    return _to_comment(slug, number)


@staff.get(f"{_COMMENT}/handler")
def handler_form(slug: str, number: int) -> Answer:
    """Show the form that hands a comment over."""
    return _assign_page(slug, number, AssignForm(formdata=None))


@staff.post(f"{_COMMENT}/handler")
def hand_comment_over(slug: str, number: int) -> Answer:
    """Hand a comment over, or give it back to the chapter's handler."""
    opened(slug)
    form = AssignForm()
    if not form.validate():
        return _assign_page(slug, number, form), form.status
    try:
        hand_over(
            desk().office, slug=slug, numbers=[number], to=form.to.data or "",
            due=day_of(form.due.data, "due"), why=form.why.data or "", actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _assign_page(slug, number, form), status_of(error)
    return _to_comment(slug, number)


@staff.post(f"{_COMMENT}/notes")
def write_note(slug: str, number: int) -> Answer:
    """Write a note; what cannot be stored comes back."""
    found, form = opened(slug), NoteForm()
    status = 200 if form.validate() else form.status
    if status == 200:
        try:
            add_note(desk().office, slug=slug, number=number, text=form.text.data or "",
                     actor=g.member.username)  # fmt: skip
            return redirect(
                url_for("staff.comment", slug=slug, number=number, _anchor="notes"), 303
            )
        except InputRefused as error:
            form.refuse(error)
            status = 422
    return render_template("staff/note.html", found=found, number=number, form=form), status


@staff.get("/c/<slug>/desks")
def desks(slug: str) -> str:
    """Show whose each chapter is, until when, and how far it is."""
    return _desks(slug, DeskForm(formdata=None))


@staff.post("/c/<slug>/desks")
def change_desk(slug: str) -> Answer:
    """Say whose a chapter is, and until when."""
    form = DeskForm()
    if not form.validate():
        abort(400)
    try:
        set_desk(
            desk().office, slug=slug, chapter=form.chapter.data or "", handler=form.to.data or "",
            due=day_of(form.due.data, "due"), actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        if error.field == "chapter":  # it stands in no line of the page
            raise
        form.refuse(error)
        return _desks(slug, form), 422
    return redirect(url_for("staff.desks", slug=slug), 303)


def day_of(text: str | None, field: str) -> date | None:
    """Return a date that was typed, None for nothing; raises ``InputRefused("assign.day")``."""
    text = (text or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputRefused("assign.day", field=field) from error


def _today(slug: str) -> date:
    zone = opened(slug).consultation.window.timezone
    return desk().today().astimezone(ZoneInfo(zone)).date()


def _to_comment(slug: str, number: int) -> Response:
    return redirect(url_for("staff.comment", slug=slug, number=number), 303)


def _assign_page(slug: str, number: int, form: AssignForm, *, taking: bool = False) -> str:
    found, now = opened(slug), handling_of(slug, number)
    return render_template(
        "staff/handler.html", found=found, number=number, form=form.offer(slug, now), now=now,
        taking=taking,
    )  # fmt: skip


def _desks(slug: str, form: DeskForm) -> str:
    found = opened(slug)
    return render_template(
        "staff/desks.html", found=found, form=form, names=handlers(desk().office, slug=slug),
        lines=chapter_desks(desk().office, slug=slug, today=_today(slug)),
        sent=request.form.get("chapter") if request.method == "POST" else None,
    )  # fmt: skip
