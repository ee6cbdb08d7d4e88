"""The original of a letter that came by mail, handed out for a reason."""

from __future__ import annotations

from io import BytesIO

from flask import g, render_template, send_file
from werkzeug.wrappers import Response
from wtforms import StringField

from consult.domain.errors import InputRefused
from consult.services.open_letter import open_letter as open_original
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.headers import SANDBOX
from consult.web.staff.blueprint import staff

_PLACE = "/c/<slug>/intake/letters/<receipt>"


class OpenForm(TokenForm):
    """Why a letter is opened."""

    why = StringField()


@staff.get(_PLACE)
def received_letter(slug: str, receipt: str) -> str:
    """Ask for the reason."""
    return _page(slug, receipt, OpenForm(formdata=None))


@staff.post(_PLACE)
def open_letter(slug: str, receipt: str) -> Response | tuple[str, int]:
    """Hand the letter out as a download that no browser runs anything of."""
    opened(slug)
    form = OpenForm()
    if not form.validate():
        return _page(slug, receipt, form), form.status
    try:
        data = open_original(
            desk().office, slug=slug, number=receipt, why=form.why.data or "",
            actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, receipt, form), 422
    answer = send_file(
        BytesIO(data), mimetype="application/octet-stream", as_attachment=True,
        download_name=f"{receipt}.eml",
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _page(slug: str, receipt: str, form: OpenForm) -> str:
    found = opened(slug)
    return render_template("staff/letter_open.html", found=found, receipt=receipt, form=form)
