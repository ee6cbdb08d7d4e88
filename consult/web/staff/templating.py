"""An office's own Word templates: listed, added, taken away."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from flask import g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from consult.domain.errors import ConsultError
from consult.domain.office_template import LETTER_NAMES, NAMES
from consult.intake.office_template import MOST_BYTES
from consult.services import office_templates
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.language import mark
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]
PURPOSES: Final[dict[str, str]] = {
    "digest": mark("分章节摘要"),
    "register": mark("意见汇总表"),
    "publication": mark("意见采纳情况"),
    "results": mark("意见采纳情况"),
    "letter": mark("答复信"),
}
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPARE: Final = 200_000  # bytes for what stands around the file in a request


class TemplateForm(TokenForm):
    """For which document, with which 文号; the file comes beside it."""

    purpose = SelectField()
    reference = StringField()
    file = StringField()


@staff.get("/c/<slug>/templates")
def templates(slug: str) -> str:
    """Show what is used."""
    return _page(slug, _form(fresh=True))


@staff.post("/c/<slug>/templates")
def add_template(slug: str) -> Answer:
    """Check a template and use it."""
    request.max_content_length = MOST_BYTES + _SPARE
    form = _form()
    if not form.validate():
        return _page(slug, form), form.status
    sent = request.files.get("file")
    try:
        office_templates.add_template(
            desk().office, slug=slug, purpose=form.purpose.data,
            reference=form.reference.data or "", name=(sent.filename if sent else "") or "",
            data=sent.read() if sent else b"", actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form), status_of(error)
    return redirect(url_for("staff.templates", slug=slug), 303)


@staff.post("/c/<slug>/templates/<purpose>/remove")
def remove_template(slug: str, purpose: str) -> Answer:
    """Use our own look again."""
    form = TokenForm()
    if not form.validate():
        return _page(slug, _form(fresh=True), stale=True), form.status
    office_templates.remove_template(
        desk().office, slug=slug, purpose=purpose, actor=g.member.username
    )
    return redirect(url_for("staff.templates", slug=slug), 303)


@staff.get("/c/<slug>/templates/<purpose>")
def template_file(slug: str, purpose: str) -> Response:
    """Hand a template out as it was uploaded."""
    opened(slug)
    data = office_templates.template_file(desk().office, slug=slug, purpose=purpose)
    return send_file(
        BytesIO(data), mimetype=_DOCX, as_attachment=True, download_name=f"{purpose}.docx"
    )


def _form(*, fresh: bool = False) -> TemplateForm:
    form = TemplateForm(formdata=None) if fresh else TemplateForm()
    form.purpose.choices = [
        (name, str(_(PURPOSES[name])) if name in PURPOSES else name)
        for name in office_templates.purposes()
    ]
    return form


def _page(slug: str, form: TemplateForm, *, stale: bool = False) -> str:
    found = opened(slug)
    return render_template(
        "staff/templates.html", found=found, form=form, stale=stale, names=NAMES,
        letter_names=LETTER_NAMES, listed=office_templates.templates(desk().office, slug=slug),
        purposes=dict(form.purpose.choices),
    )  # fmt: skip
