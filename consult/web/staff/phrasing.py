"""Reusable reasons: kept, offered, and where each one is used."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField

from consult.domain.desk import Phrase
from consult.domain.errors import InputRefused
from consult.domain.triage import Disposition
from consult.services.deeds import PLACES
from consult.services.keep import add_phrase, phrases, retire_phrase
from consult.web.desk import desk, opened
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

Answer = Response | tuple[str, int]


class PhraseForm(TokenForm):
    """Title, disposition (blank: any) and text."""

    name = StringField()
    disposition = SelectField()
    text = TextAreaField()

    def offer(self) -> PhraseForm:
        """Fill in what can be chosen."""
        named = [(item.value, term(item)) for item in Disposition]
        self.disposition.choices = [("", str(_("都可以用"))), *named]
        return self


@staff.get("/c/<slug>/phrases")
def list_phrases(slug: str) -> str:
    """Show the reusable reasons and where they are used."""
    return _page(slug, PhraseForm(formdata=None).offer())


@staff.post("/c/<slug>/phrases")
def new_phrase(slug: str) -> Answer:
    """Keep one more."""
    opened(slug)
    form = PhraseForm().offer()
    if not form.validate():
        return _page(slug, form), form.status
    kind = Disposition(form.disposition.data) if form.disposition.data else None
    phrase = Phrase(0, form.name.data or "", kind, form.text.data or "", g.member.username)
    try:
        add_phrase(desk().office, slug=slug, phrase=phrase)
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    flash(_("已加入常用理由。"), "done")
    return redirect(url_for("staff.list_phrases", slug=slug), 303)


@staff.post("/c/<slug>/phrases/<int(max=999999999):number>")
def change_phrase(slug: str, number: int) -> Response:
    """Offer one no more, or again."""
    if not TokenForm().validate():
        abort(400)
    retire_phrase(
        desk().office, slug=slug, number=number, retired=request.form.get("retired") == "1",
        actor=g.member.username,
    )  # fmt: skip
    return redirect(url_for("staff.list_phrases", slug=slug), 303)


@staff.app_template_global()
def template_places() -> str:
    """Return what a template may name, in the language of the page."""
    chinese = _("zh-Hans") == "zh-Hans"
    names = PLACES.keys() if chinese else PLACES.values()
    return ("、" if chinese else ", ").join(f"{{{name}}}" for name in names)


def _page(slug: str, form: PhraseForm) -> str:
    found = opened(slug)
    uses = phrases(desk().office, slug=slug)
    return render_template("staff/phrases.html", found=found, uses=uses, form=form)
