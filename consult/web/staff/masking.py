"""The doubtful maskings: what may tell who somebody is, hidden or left readable by staff."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.errors import InputRefused
from consult.services.confirm_masking import confirm_maskings as confirm
from consult.services.doubtful import doubtful
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.paging import page_asked
from consult.web.staff.blueprint import staff

_FIELD, _OPEN = "find-", "open"


@staff.get("/c/<slug>/maskings")
def list_maskings(slug: str) -> str:
    """Show the doubtful places, those that nobody has looked at first."""
    return _page(slug, TokenForm(formdata=None))


@staff.post("/c/<slug>/maskings")
def confirm_maskings(slug: str) -> Response | tuple[str, int]:
    """Keep what was said of the places of a page; ``rest`` hides all that are still open."""
    opened(slug)
    form = TokenForm()
    if not form.validate():
        return _page(slug, form), form.status
    said = {
        name.removeprefix(_FIELD): word
        for name, word in request.form.items()
        if name.startswith(_FIELD) and word != _OPEN
    }
    try:
        changed = confirm(
            desk().office, slug=slug, said=said, rest="rest" in request.form,
            actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        flash(say(error), "warning")
        return _page(slug, form), 422
    flash(_("已记下 %(count)s 处。", count=changed), "done")
    return redirect(url_for("staff.list_maskings", slug=slug), 303)


def _page(slug: str, form: TokenForm) -> str:
    found = opened(slug)
    page = doubtful(desk().office, slug=slug, page=page_asked())
    return render_template("staff/maskings.html", found=found, page=page, form=form)
