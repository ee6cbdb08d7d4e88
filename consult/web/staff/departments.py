"""The departments that are asked: the list, their forms, who has answered, reminders."""

from __future__ import annotations

from typing import Final

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import FileField, TextAreaField

from consult.domain.errors import ConsultError, InputRefused
from consult.services import departments as service
from consult.services.admit import Rules
from consult.services.mail_departments import due_counts
from consult.services.take_forms import note_no_objection, take_forms
from consult.services.vault import masked
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]
_PLACE: Final = "/c/<slug>/departments/<int(max=999999999):number>"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: Final = 50  # files that are sent at once


class DepartmentForm(TokenForm):
    """Names of departments, one a line; filled forms."""

    lines = TextAreaField()
    forms = FileField()


@staff.get("/c/<slug>/departments")
def departments(slug: str) -> str:
    """Show the list."""
    return _page(slug, DepartmentForm(formdata=None))


@staff.post("/c/<slug>/departments")
def add_department(slug: str) -> Answer:
    """Put departments on the list."""
    form = DepartmentForm()
    if not form.validate():
        return _page(slug, form), form.status
    try:
        service.add_departments(
            desk().office, slug=slug, lines=form.lines.data or "", actor=g.member.username
        )
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    return redirect(url_for("staff.departments", slug=slug), 303)


@staff.post("/c/<slug>/departments/forms")
def take_form(slug: str) -> Answer:
    """Take in filled forms and show what became of each."""
    settings = desk().settings
    request.max_content_length = settings.import_bytes
    form = DepartmentForm()
    if not form.validate():
        return _page(slug, form), form.status
    sent = [file for file in request.files.getlist("forms") if file.filename][:_FORMS]
    if not sent:
        form.forms.errors = [_("请选择部门交回的反馈表。")]
        return _page(slug, form), 422
    try:
        report = take_forms(
            desk().office, slug=slug, files=[(f.filename or "", f.read()) for f in sent],
            now=desk().today(), actor=g.member.username,
            rules=Rules(max_text=settings.max_text),
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form), status_of(error)
    return redirect(url_for("staff.one_import", slug=slug, number=report.number), 303)


@staff.post(_PLACE)
def act_on_department(slug: str, number: int) -> Response:
    """Do what the button says: no objection by telephone, reminded, off the list."""
    opened(slug)
    if not TokenForm().validate():
        abort(400)
    act, office, actor = request.form.get("act", ""), desk().office, g.member.username
    if act == "agreed":
        note_no_objection(office, slug=slug, identifier=number, now=desk().today(), actor=actor)
    elif act == "remove":
        service.remove_department(office, slug=slug, identifier=number, actor=actor)
    else:
        service.note_reminded(office, slug=slug, identifier=number, actor=actor)
    return redirect(url_for("staff.departments", slug=slug, _anchor=f"d{number}"), 303)


@staff.get(f"{_PLACE}/form.docx")
def department_form(slug: str, number: int) -> Response:
    """Hand a department's form out."""
    opened(slug)
    name, data = service.department_form(
        desk().office, slug=slug, identifier=number, actor=g.member.username
    )
    response = make_response(data)
    response.content_type = _DOCX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(slug: str, form: DepartmentForm) -> str:
    found, office, now = opened(slug), desk().office, desk().today()
    listed = service.department_list(office, slug=slug)
    texts = {
        item.id: service.reminder(office, slug=slug, identifier=item.id, now=now)
        for item in listed
        if item.answered is None and item.sent is not None
    }
    return render_template(
        "staff/departments.html", found=found, form=form, listed=listed, reminders=texts,
        masked=masked, due=due_counts(office, slug=slug, now=now),
        answered=sum(1 for item in listed if item.answered),
    )  # fmt: skip
