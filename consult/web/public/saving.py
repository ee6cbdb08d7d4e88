"""Saving a form for later under a code, and taking it up again."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from wtforms import StringField, ValidationError

from consult.domain.errors import ConsultError, NotFound, TooMany
from consult.domain.text import single_line
from consult.services.drafts import DraftRules, open_draft, save_draft
from consult.web.desk import client, desk, opened
from consult.web.errors import headers_of, status_of
from consult.web.forms import TokenForm
from consult.web.public import form_files
from consult.web.public.blueprint import public
from consult.web.public.commenting import Answer, closed, fill_in, form_page, new_form

_LONGEST = 40  # characters; a code has 15
_DAY = 86_400  # seconds


class ResumeForm(TokenForm):
    """The code as it stands on the page that saved the draft."""

    code = StringField()

    def validate_code(self, field: StringField) -> None:
        """Ask for the code."""
        field.data = single_line(field.data or "", strict=False)[:_LONGEST]
        if not field.data:
            raise ValidationError(_("请填写草稿码。"))


@public.post("/c/<slug>/comment/save")
def save(slug: str) -> Answer:
    """Keep the form as it is and show the code that opens it again."""
    form_files.allow(desk().settings)
    found = opened(slug)
    form = new_form(found)
    form_files.take_files(form, asked=form.asked.asks("files"))
    form.validate()
    if form.stale or form.refused:
        return fill_in(found, form)
    settings = desk().settings
    try:
        saved = save_draft(
            desk().office,
            slug=slug,
            token=form.token,
            fields=dict(form.carried()),
            client=client(),
            rules=DraftRules(settings.draft_days * _DAY, settings.drafts_per_hour),
        )
    except ConsultError as error:
        form.forgive()
        form.refuse(error)
        return form_page(found, form), status_of(error), headers_of(error)
    return render_template("public/saved.html", found=found, saved=saved)


@public.route("/c/<slug>/comment/resume", methods=["GET", "POST"])
def resume(slug: str) -> Answer:
    """Ask for the code of a draft, and give the form back as it was."""
    found = opened(slug)
    form = ResumeForm()
    if not form.validate_on_submit():
        return render_template("public/resume.html", found=found, form=form), form.status
    limit = desk().settings.lookups_per_hour
    try:
        saved = open_draft(
            desk().office, slug=slug, code=form.code.data, client=client(), per_hour=limit
        )
    except (NotFound, TooMany) as error:
        form.refuse(error)
        page = render_template("public/resume.html", found=found, form=form)
        return page, status_of(error), headers_of(error)
    filled = new_form(found, saved)
    form_files.show_files(filled)
    if found.consultation.window.state(desk().today()) != "open":
        return closed(found, filled.composed().text)
    return form_page(found, filled, resumed=True)
